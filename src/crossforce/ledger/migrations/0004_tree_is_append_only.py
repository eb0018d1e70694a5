"""The tree, its checkpoints and what witnesses signed are only ever added to."""

from django.db import migrations

from crossforce.kernel.migrations_sql import append_only, revoke

TABLES = ("ledger_leaf", "ledger_checkpoint", "ledger_witnesskey", "ledger_cosignature")
RIGHTS = "UPDATE, DELETE, TRUNCATE"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_tree")]

    operations = [
        step for table in TABLES for step in (append_only(table), revoke(table, RIGHTS))
    ]
