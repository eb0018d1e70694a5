"""Django's own way to PostgreSQL, with connections that keep nothing from one request to the next."""
