-- What only the application's own process may write, although the application's role sends it: entries of
-- the ledger, and the rows from which grants are computed. Before each statement the process vouches, under
-- its key and for this transaction, for exactly these rows: the digest of the entries' leaves, or of the rows'
-- keys, with table and operation as the verb. A statement that writes anything else is refused.
--
-- A voucher serves one statement, which spends it. So SQL that slipped in never finds one to read: it runs
-- neither between voucher and statement nor, there being no savepoint between them, can it go back to there.

CREATE OR REPLACE FUNCTION access_spend(verb text, digest text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE token text := coalesce(current_setting('crossforce.vouched', true), '');
        message text := split_part(token, '~', 1);
BEGIN
  PERFORM set_config('crossforce.vouched', '', true);
  IF message !~ '^[0-9]{1,9}[|]' OR NOT public.access_is_sealed(message, split_part(token, '~', 2))
     OR split_part(message, '|', 4) <> verb OR split_part(message, '|', 5) <> digest THEN
    RAISE EXCEPTION 'nothing is written here but by the platform itself' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION access_vouched_entries() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM public.access_spend('ledger', (
    SELECT encode(sha256(coalesce(string_agg(w.leaf_hash, '' ORDER BY w.id), '')), 'hex') FROM written w));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER ledger_entry_vouched AFTER INSERT ON public.ledger_entry
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION access_vouched_entries();
ALTER TABLE public.ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_vouched;

-- The same for the tables on which access/vouching.py puts it. A statement that writes no row needs no voucher,
-- but spends one.
CREATE OR REPLACE FUNCTION access_vouched_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE keys text := (SELECT string_agg(w.id::text, ',' ORDER BY w.id) FROM written w);
BEGIN
  IF keys IS NULL THEN
    PERFORM set_config('crossforce.vouched', '', true);
  ELSE
    PERFORM public.access_spend(TG_TABLE_NAME || ' ' || TG_OP, encode(sha256(convert_to(keys, 'UTF8')), 'hex'));
  END IF;
  RETURN NULL;
END $$;
