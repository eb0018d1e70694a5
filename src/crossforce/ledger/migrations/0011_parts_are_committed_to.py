"""A private part stands only behind an entry that commits to it: salt and part hash to what the entry's bytes say."""

from django.db import migrations

COMMITTED = """
CREATE OR REPLACE FUNCTION ledger_parts_committed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- The actor's commitment stands at the beginning of every entry (docs/formats/ledger-entry.md), the other anywhere.
  IF EXISTS (
    SELECT FROM (SELECT w.entry_id, w.part, convert_to(encode(sha256(w.salt || w.body), 'hex'), 'UTF8') AS hash
                   FROM written w) w
     WHERE NOT coalesce((
       SELECT CASE w.part WHEN 'actor' THEN substr(e.body, 51, 64) = w.hash
                          ELSE position('"private":"' || w.hash || '"' IN e.body) > 0 END
         FROM public.ledger_entry e WHERE e.id = w.entry_id), false))
  THEN
    RAISE EXCEPTION 'no entry commits to this private part' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_privatepart_committed AFTER INSERT ON ledger_privatepart
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger_parts_committed();
ALTER TABLE ledger_privatepart ENABLE ALWAYS TRIGGER ledger_privatepart_committed;
REVOKE ALL ON FUNCTION ledger_parts_committed() FROM PUBLIC
"""
UNDO = """
DROP TRIGGER ledger_privatepart_committed ON ledger_privatepart;
DROP FUNCTION ledger_parts_committed()
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0010_fewer_statements_one_part")]

    operations = [migrations.RunSQL(COMMITTED, UNDO)]
