"""Append-only, by rights and by trigger; and the one way by which a private part is erased."""

from django.db import migrations

from crossforce.kernel.migrations_sql import append_only, execute_rights, revoke

ERASE = """
CREATE FUNCTION ledger_erase_private(erased uuid, which text, record uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM public.ledger_entry
   WHERE id = record
     AND operation = 'ledger.private-part-erased'
     AND subject = 'ledger.entry:' || erased
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
    dependencies = [("ledger", "0001_entries")]

    operations = [
        append_only("ledger_entry"),
        revoke("ledger_entry", "UPDATE, DELETE, TRUNCATE"),
        append_only("ledger_privatepart", events="UPDATE OR TRUNCATE"),
        revoke("ledger_privatepart", "UPDATE, DELETE, TRUNCATE"),
        migrations.RunSQL(
            [ERASE, "REVOKE ALL ON FUNCTION ledger_erase_private(uuid, text, uuid) FROM PUBLIC"],
            ["DROP FUNCTION ledger_erase_private(uuid, text, uuid)"],
        ),
        execute_rights("ledger_erase_private(uuid, text, uuid)"),
    ]
