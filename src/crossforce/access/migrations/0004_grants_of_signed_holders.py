"""Grants go that stood from before the rule that a policing body's signature alone opens no force's records.

`access.jobs.derive_grants` writes all anew when the structure is up to date; until then agreements open nothing.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0003_scopes_by_kind_and_person")]

    operations = [
        migrations.RunSQL(
            "DELETE FROM access_grant WHERE agreement <> ''", migrations.RunSQL.noop
        )
    ]
