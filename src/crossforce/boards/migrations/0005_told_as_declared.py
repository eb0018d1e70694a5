"""What is told beyond who reads is told by the functions that the owner makes of the declarations (ADR 0030)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("boards", "0004_answers_of_seats")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS boards_kept(), boards_taken(uuid[]), boards_answered(uuid, uuid)",
            migrations.RunSQL.noop,
        )
    ]
