"""What appending pays for: no reference checked row by row, subjects indexed only where rows are not.

An entry and its private parts are written together and entries are never deleted; verification
tells parts that no longer match. One function keeps the plans of an append between transactions.
"""

import django.db.models.deletion
from django.db import migrations, models

from crossforce.kernel.migrations_sql import execute_rights

SIGNATURE = (
    "ledger_append(uuid, text, timestamptz, text, text, text, text, bytea, bytea, "
    "bytea, bytea, bytea, bytea)"
)
APPEND = """
CREATE FUNCTION ledger_append(
  id uuid, operation text, at timestamptz, organisation text, concerns text, subject text, rows text,
  body bytea, leaf_hash bytea, salt bytea, actor bytea, private_salt bytea, private bytea
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO public.ledger_entry
    (id, operation, at, organisation, concerns, subject, rows, body, leaf_hash)
  VALUES ($1, $2, $3, $4, string_to_array($5, ' '), $6, string_to_array($7, ' ')::uuid[], $8, $9);
  INSERT INTO public.ledger_privatepart (entry_id, part, salt, body) VALUES ($1, 'actor', $10, $11);
  IF private IS NOT NULL THEN
    INSERT INTO public.ledger_privatepart (entry_id, part, salt, body)
    VALUES ($1, 'private', $12, $13);
  END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_rows_of_an_entry")]

    operations = [
        migrations.AlterField(
            model_name="privatepart",
            name="entry",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="ledger.entry",
            ),
        ),
        migrations.RemoveIndex(model_name="entry", name="ledger_entry_subject"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("rows", [])),
                fields=["subject", "-at"],
                name="ledger_entry_subject",
            ),
        ),
        migrations.RunSQL(
            [APPEND, f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC"],
            [f"DROP FUNCTION {SIGNATURE}"],
        ),
        execute_rights(SIGNATURE),
    ]
