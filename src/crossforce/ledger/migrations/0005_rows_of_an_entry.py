"""The records that an entry touched, to ask who looked at one. Entries written before gain theirs."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from crossforce.transparency.entry import UUID_TEXT

# The rows of entries from before are their subject's; nothing wrote `rows` in a detail yet.
FILL = f"""
ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only;
UPDATE ledger_entry SET rows = ARRAY[split_part(subject, ':', 2)::uuid]
 WHERE subject ~ '^[^:]+:{UUID_TEXT}$';
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_tree_is_append_only")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="rows",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("rows", []), _negated=True),
                fields=["rows"],
                name="ledger_entry_rows",
            ),
        ),
    ]
