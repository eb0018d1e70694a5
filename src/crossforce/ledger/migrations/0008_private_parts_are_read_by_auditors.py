"""The application reads no private part itself: commitments by one view, what is open to somebody by another.

What may be read is decided where it is known who acts: `insight` puts up the second view (sql/5_opened.sql).
"""

import django.db.models.deletion
from django.db import migrations, models

from crossforce.kernel.migrations_sql import grant, revoke

COMMITMENTS = """
CREATE VIEW ledger_commitment AS
SELECT entry_id, part, sha256(salt || body) AS commitment FROM ledger_privatepart
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_append_hands_over_its_voucher")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="privatepart",
                    name="entry",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
                migrations.CreateModel(
                    name="OpenedPart",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "entry_id",
                                "part",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("part", models.CharField(max_length=10)),
                        ("salt", models.BinaryField(null=True)),
                        ("body", models.BinaryField(null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="parts",
                                to="ledger.entry",
                            ),
                        ),
                    ],
                    options={"db_table": "ledger_opened", "managed": False},
                ),
            ]
        ),
        migrations.RunSQL(COMMITMENTS, "DROP VIEW ledger_commitment"),
        revoke("ledger_commitment", "ALL"),
        grant("ledger_commitment", "SELECT"),
        revoke("ledger_privatepart", "SELECT"),
    ]
