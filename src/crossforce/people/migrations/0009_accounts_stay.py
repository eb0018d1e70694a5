"""An account is closed, never deleted: what it did stays its own."""

from django.db import migrations

from crossforce.kernel.migrations_sql import revoke


class Migration(migrations.Migration):
    dependencies = [("people", "0007_accounts_are_sealed")]

    operations = [revoke("people_account", "DELETE")]
