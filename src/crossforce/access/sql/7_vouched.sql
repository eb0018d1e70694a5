-- What only the application's own process may add, although the application's role inserts it: entries
-- of the ledger. Before it writes, the process vouches, under its key and for this transaction, for the
-- digest of exactly these rows; a statement that adds anything else is refused.

CREATE OR REPLACE FUNCTION access_vouched_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE token text := coalesce(current_setting('crossforce.vouched', true), ''); digest text;
BEGIN
  SELECT encode(sha256(coalesce(string_agg(w.leaf_hash, '' ORDER BY w.id), '')), 'hex') INTO digest FROM written w;
  IF split_part(token, '~', 1) !~ '^[0-9]{1,9}[|]'
     OR NOT public.access_is_sealed(split_part(token, '~', 1), split_part(token, '~', 2))
     OR split_part(split_part(token, '~', 1), '|', 4) <> 'ledger'
     OR split_part(split_part(token, '~', 1), '|', 5) <> digest THEN
    RAISE EXCEPTION 'no entry is added but by the platform itself' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER ledger_entry_vouched AFTER INSERT ON public.ledger_entry
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION access_vouched_entries();
ALTER TABLE public.ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_vouched;
