"""Random worlds: what the database answers, against a model written from the words alone."""
