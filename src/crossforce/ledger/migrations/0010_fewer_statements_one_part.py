"""`ledger_append` runs two statements where it ran four; an erasure takes the part that its record names."""

from django.db import migrations

from crossforce.kernel.migrations_sql import execute_rights

SIGNATURE = (
    "ledger_append(text, uuid, text, timestamptz, text, text, text, text, bytea, bytea, "
    "bytea, bytea, bytea, bytea)"
)
APPEND = """
CREATE OR REPLACE FUNCTION ledger_append(
  voucher text, id uuid, operation text, at timestamptz, organisation text, concerns text, subject text,
  rows text, body bytea, leaf_hash bytea, salt bytea, actor bytea, private_salt bytea, private bytea
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE vouched text := set_config('crossforce.vouched', $1, true);
BEGIN
  INSERT INTO public.ledger_entry
    (id, operation, at, organisation, concerns, subject, rows, body, leaf_hash)
  VALUES ($2, $3, $4, $5, string_to_array($6, ' '), $7, string_to_array($8, ' ')::uuid[], $9, $10);
  IF private IS NULL THEN
    INSERT INTO public.ledger_privatepart (entry_id, part, salt, body) VALUES ($2, 'actor', $11, $12);
  ELSE
    INSERT INTO public.ledger_privatepart (entry_id, part, salt, body)
    VALUES ($2, 'actor', $11, $12), ($2, 'private', $13, $14);
  END IF;
END $$
"""
ERASURE = "ledger_erase_private(uuid, text, uuid)"
ERASE = """
CREATE OR REPLACE FUNCTION ledger_erase_private(erased uuid, which text, record uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM public.ledger_entry
   WHERE id = record
     AND operation = 'ledger.private-part-erased'
     AND subject = 'ledger.entry:' || erased
     AND position(convert_to('"part":"' || which || '"', 'UTF8') IN body) > 0
     AND transaction = pg_current_xact_id();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an erasure is recorded in the transaction that makes it'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM public.ledger_privatepart WHERE entry_id = erased AND part = which;
  RETURN FOUND;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_large_parts_as_they_are")]

    operations = [
        migrations.RunSQL(
            [APPEND, f"REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC"],
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            [ERASE, f"REVOKE ALL ON FUNCTION {ERASURE} FROM PUBLIC"], migrations.RunSQL.noop
        ),
        execute_rights(SIGNATURE),
        execute_rights(ERASURE),
    ]
