"""What acts left in private of records that went before disposal erased it is erased when the structure is up to date.

An erasure is an entry, which only the platform itself writes: here it is noted that this is still to be done.
"""

from django.db import migrations

from crossforce.records.choices import REMAINS_DUE


class Migration(migrations.Migration):
    dependencies = [("records", "0004_scope_by_newest_in_scope")]

    operations = [
        migrations.RunSQL(
            f"COMMENT ON TABLE records_pointer IS '{REMAINS_DUE}'",
            "COMMENT ON TABLE records_pointer IS NULL",
        )
    ]
