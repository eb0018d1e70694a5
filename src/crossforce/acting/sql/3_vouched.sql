-- What only the application's own process may write, although the application's role sends it: entries of
-- the ledger, and the rows from which grants are computed. Before each statement the process vouches, under
-- its key and for this transaction, for exactly these rows: the digest of the entries' leaves, or of the rows'
-- keys, with table and operation as the verb. A statement that writes anything else is refused.
--
-- A voucher serves one statement, which spends it. So SQL that slipped in never finds one to read: it runs
-- neither between voucher and statement nor, there being no savepoint between them, can it go back to there.

CREATE OR REPLACE FUNCTION access_spend(verb text, digest text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE token text := coalesce(current_setting('crossforce.vouched', true), '');
        message text := split_part(token, '~', 1);
        spent text := set_config('crossforce.vouched', '', true);
BEGIN
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

-- Places in the tree: the process vouches for the first of them, and they go on from there without a gap.
CREATE OR REPLACE FUNCTION access_vouched_places() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE first bigint; last bigint; amount bigint;
BEGIN
  SELECT min(w.index), max(w.index), count(*) INTO first, last, amount FROM written w;
  IF first IS NULL THEN
    PERFORM set_config('crossforce.vouched', '', true);
  ELSIF last - first + 1 <> amount THEN
    RAISE EXCEPTION 'places in the tree have no gap' USING ERRCODE = 'insufficient_privilege';
  ELSE
    PERFORM public.access_spend(TG_TABLE_NAME, first::text);
  END IF;
  RETURN NULL;
END $$;

-- What is signed, one row at a time: the process vouches for the column that the trigger names.
CREATE OR REPLACE FUNCTION access_vouched_said() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE said text := (SELECT string_agg(to_jsonb(w) ->> TG_ARGV[0], ',') FROM written w);
BEGIN
  IF said IS NULL THEN
    PERFORM set_config('crossforce.vouched', '', true);
  ELSE
    PERFORM public.access_spend(TG_TABLE_NAME, encode(sha256(convert_to(said, 'UTF8')), 'hex'));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER ledger_leaf_vouched AFTER INSERT ON public.ledger_leaf
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION access_vouched_places();
ALTER TABLE public.ledger_leaf ENABLE ALWAYS TRIGGER ledger_leaf_vouched;
CREATE OR REPLACE TRIGGER ledger_checkpoint_vouched AFTER INSERT ON public.ledger_checkpoint
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION access_vouched_said('note');
ALTER TABLE public.ledger_checkpoint ENABLE ALWAYS TRIGGER ledger_checkpoint_vouched;
CREATE OR REPLACE TRIGGER ledger_cosignature_vouched AFTER INSERT ON public.ledger_cosignature
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION access_vouched_said('line');
ALTER TABLE public.ledger_cosignature ENABLE ALWAYS TRIGGER ledger_cosignature_vouched;
CREATE OR REPLACE TRIGGER ledger_witnesskey_vouched AFTER INSERT ON public.ledger_witnesskey
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION access_vouched_said('key');
ALTER TABLE public.ledger_witnesskey ENABLE ALWAYS TRIGGER ledger_witnesskey_vouched;

-- django-pgtrigger asks this before each of its triggers, and by default any client may answer for itself
-- by a setting. Here no trigger is ever ignored.
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT false $$;
