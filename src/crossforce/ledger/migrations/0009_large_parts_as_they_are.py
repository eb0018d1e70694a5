"""What is large in an entry is stored as it is: hashes and identifiers gain little by being compressed, and it costs."""

from django.db import migrations

STORED = """
ALTER TABLE ledger_entry ALTER COLUMN body SET STORAGE {0}, ALTER COLUMN rows SET STORAGE {0};
ALTER TABLE ledger_privatepart ALTER COLUMN body SET STORAGE {0};
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_private_parts_are_read_by_auditors")]

    operations = [migrations.RunSQL(STORED.format("EXTERNAL"), STORED.format("EXTENDED"))]
