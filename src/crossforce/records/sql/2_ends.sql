-- Records that stand between two others (RecordKind.ends). They are there for whoever may know of both ends, whatever
-- clause opens them besides, and they go with either. Where the ends are follows the ends, by trigger.

-- Whether both ends may be known of; true of a record that has none. Asked wherever the owner looks for whoever acts.
CREATE OR REPLACE FUNCTION records_ends_known(record uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE e public.records_ends; scopes int[]; single uuid[];
BEGIN
  SELECT x.* INTO e FROM public.records_ends x WHERE x.record = $1;
  IF NOT FOUND THEN RETURN true; END IF;
  scopes := public.records_known_scopes(); single := public.records_known_rows();
  RETURN (e.one_scope = ANY (scopes) OR e.one = ANY (single)) AND (e.other_scope = ANY (scopes) OR e.other = ANY (single));
END $$;

-- The same as a condition on the rows of a kind, for whoever counts many of them; empty for a kind without ends.
CREATE OR REPLACE FUNCTION records_ends_counted(kind text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF kind <> ALL (public.records_ended()) THEN RETURN ''; END IF;
  RETURN format('AND EXISTS (SELECT FROM public.records_ends e WHERE e.record = id
                   AND (e.one_scope = ANY (%1$L::int[]) OR e.one = ANY (%2$L::uuid[]))
                   AND (e.other_scope = ANY (%1$L::int[]) OR e.other = ANY (%2$L::uuid[])))',
                public.records_known_scopes(), public.records_known_rows());
END $$;

-- After records between two others were added: where their ends are. Whoever adds one reads both. Arguments: their kind,
-- and those of which the ends are.
CREATE OR REPLACE FUNCTION records_ends_begun() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE begun bigint; scopes int[]; single uuid[];
BEGIN
  PERFORM FROM public.records_pointer p WHERE p.id IN (SELECT unnest(ARRAY[w.one, w.other]) FROM written w)
    ORDER BY p.id FOR KEY SHARE;
  INSERT INTO public.records_ends (record, kind, one, one_scope, other, other_scope)
  SELECT w.id, TG_ARGV[0], w.one, p.scope_id, w.other, q.scope_id
    FROM written w JOIN public.records_pointer p ON p.id = w.one AND p.kind = ANY (TG_ARGV[1:])
                   JOIN public.records_pointer q ON q.id = w.other AND q.kind = ANY (TG_ARGV[1:])
   WHERE w.one <> w.other;
  GET DIAGNOSTICS begun = ROW_COUNT;
  IF begun < (SELECT count(*) FROM written) THEN
    RAISE EXCEPTION 'it stands between two records' USING ERRCODE = 'foreign_key_violation';
  END IF;
  IF session_user = current_user THEN RETURN NULL; END IF;
  scopes := public.records_scopes('read'); single := public.records_rows('read');
  IF EXISTS (SELECT FROM public.records_ends e JOIN written w ON w.id = e.record
              WHERE NOT ((e.one_scope = ANY (scopes) OR e.one = ANY (single))
                         AND (e.other_scope = ANY (scopes) OR e.other = ANY (single)))) THEN
    RAISE EXCEPTION 'both its ends are read by whoever adds it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

-- What it stands between is said once.
CREATE OR REPLACE FUNCTION records_ends_stay() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'its ends stay' USING ERRCODE = 'check_violation';
END $$;

-- A record goes: what stands between it and another goes too, with what the ledger kept of that in private.
CREATE OR REPLACE FUNCTION records_ends_go(gone uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE tied record;
BEGIN
  FOR tied IN SELECT e.record, e.kind, k.relation FROM public.records_ends e JOIN public.access_kind k ON k.kind = e.kind
               WHERE e.one = gone OR e.other = gone ORDER BY e.record LOOP
    EXECUTE format('DELETE FROM public.%I WHERE id = $1', tied.relation) USING tied.record;
    DELETE FROM public.ledger_privatepart p USING public.ledger_entry l
     WHERE l.id = p.entry_id AND p.part = 'private' AND l.subject = concat(tied.kind, ':', tied.record);
  END LOOP;
  DELETE FROM public.records_ends WHERE record = gone;
END $$;
