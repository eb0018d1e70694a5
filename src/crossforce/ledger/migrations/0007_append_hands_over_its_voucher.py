"""`ledger_append` hands over what vouches for its entry: one round trip instead of two."""

from django.db import migrations

from crossforce.kernel.migrations_sql import execute_rights

SIGNATURE = (
    "ledger_append(text, uuid, text, timestamptz, text, text, text, text, bytea, bytea, "
    "bytea, bytea, bytea, bytea)"
)
BEFORE = SIGNATURE.replace("text, uuid", "uuid")
APPEND = """
CREATE FUNCTION ledger_append(
  voucher text, id uuid, operation text, at timestamptz, organisation text, concerns text, subject text,
  rows text, body bytea, leaf_hash bytea, salt bytea, actor bytea, private_salt bytea, private bytea
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('crossforce.vouched', $1, true);
  INSERT INTO public.ledger_entry
    (id, operation, at, organisation, concerns, subject, rows, body, leaf_hash)
  VALUES ($2, $3, $4, $5, string_to_array($6, ' '), $7, string_to_array($8, ' ')::uuid[], $9, $10);
  INSERT INTO public.ledger_privatepart (entry_id, part, salt, body) VALUES ($2, 'actor', $11, $12);
  IF private IS NOT NULL THEN
    INSERT INTO public.ledger_privatepart (entry_id, part, salt, body)
    VALUES ($2, 'private', $13, $14);
  END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_appending_costs_less")]

    operations = [
        migrations.RunSQL(
            [
                APPEND,
                f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC",
                f"DROP FUNCTION {BEFORE}",
            ]
        ),
        execute_rights(SIGNATURE),
    ]
