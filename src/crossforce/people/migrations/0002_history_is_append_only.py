"""Nobody but the triggers writes history, and nobody rewrites it."""

from django.db import migrations

from crossforce.kernel.migrations_sql import revoke

TABLES = ("staff", "posting", "skill", "authority", "vetting", "sameperson")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_staff_and_accounts")]

    operations = [revoke(f"people_{name}event", "UPDATE, DELETE, TRUNCATE") for name in TABLES]
