"""An account repeats its owner's employer, so that signing in reads no guarded row."""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
UPDATE people_account a SET organisation = s.organisation FROM people_staff s WHERE s.id = a.staff_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_tokens")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                db_column="organisation",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("staff__isnull", True), ("organisation__isnull", False), _connector="OR"
                ),
                name="account_of_staff_names_the_employer",
            ),
        ),
    ]
