"""What is append-only may not even be tried by the role that the web connects as."""

from django.db import migrations

from crossforce.kernel.migrations_sql import revoke

TABLES = ("signature", "noticeconsent", "residualduty", "novation")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_the_lifecycle")]

    operations = [
        revoke(f"agreements_{table}", "UPDATE, DELETE, TRUNCATE") for table in TABLES
    ]
