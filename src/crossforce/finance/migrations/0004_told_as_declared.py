"""What is told beyond who reads is told by the functions that the owner makes of the declarations (ADR 0030)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("finance", "0003_bounds_and_numbering")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS finance_opened(uuid)",
            migrations.RunSQL.noop,
        )
    ]
