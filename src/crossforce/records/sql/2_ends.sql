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

-- After records between two others were added: where their ends are, as they are once their pointers are locked: an end
-- that moves meanwhile is waited for, or waits (records_moved). Whoever adds one reads both. Arguments: their kind, and
-- those of which the ends are.
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

-- Whether what is of one of two holders is a matter of the other's: they are one, or one is heir of the other.
CREATE OR REPLACE FUNCTION records_ends_same(one int, other int) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT a.holder = ANY (public.access_estate(b.holder::text, statement_timestamp()))
         OR b.holder = ANY (public.access_estate(a.holder::text, statement_timestamp()))
    FROM public.access_scope a, public.access_scope b WHERE a.id = one AND b.id = other
$$;

-- What goes with a record that is disposed of now, whoever may know of it: each is entered with its own holder. The
-- record is locked as its disposal locks it, and what goes with it alike, so that nothing is tied to it after this was
-- answered, and no two disposals answer the same. Under seal: a reader of one end is not told that there is another.
CREATE OR REPLACE FUNCTION records_ends_going(message text, mac text)
RETURNS TABLE (kind text, record uuid, scope int, holder text, is_held boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'ends-going'); gone uuid := (sent->>'record')::uuid;
  tied record; place int;
BEGIN
  EXECUTE format('SELECT FROM public.%I WHERE id = $1 FOR UPDATE', (
    SELECT k.relation FROM public.access_kind k WHERE k.kind = sent->>'kind')) USING gone;
  PERFORM FROM public.records_pointer p WHERE p.id = gone FOR UPDATE;
  FOR tied IN SELECT e.record, e.kind::text, k.relation FROM public.records_ends e JOIN public.access_kind k ON k.kind = e.kind
               WHERE e.one = gone OR e.other = gone ORDER BY e.record LOOP
    EXECUTE format('SELECT scope_id FROM public.%I WHERE id = $1 FOR UPDATE', tied.relation) INTO place USING tied.record;
    RETURN QUERY SELECT tied.kind, tied.record, s.id, s.holder::text,
                        EXISTS (SELECT FROM public.records_hold h WHERE h.record = tied.record AND h.lifted_at IS NULL)
                   FROM public.access_scope s WHERE s.id = place;
  END LOOP;
END $$;

-- A record goes: what stands between it and another goes too, with what the ledger kept of that in private. A hold on
-- that keeps a record of the same holder, and goes along where the record is another's: nobody keeps what is not theirs.
CREATE OR REPLACE FUNCTION records_ends_go(gone uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE tied record; place int;
BEGIN
  FOR tied IN SELECT e.record, e.kind, k.relation, CASE e.one WHEN gone THEN e.one_scope ELSE e.other_scope END AS scope
                FROM public.records_ends e JOIN public.access_kind k ON k.kind = e.kind
               WHERE e.one = gone OR e.other = gone ORDER BY e.record LOOP
    EXECUTE format('SELECT scope_id FROM public.%I WHERE id = $1 FOR UPDATE', tied.relation) INTO place USING tied.record;
    IF NOT public.records_ends_same(tied.scope, place) THEN
      PERFORM FROM public.records_pointer p WHERE p.id = tied.record FOR UPDATE;  -- a hold that is being placed comes first
      DELETE FROM public.records_hold WHERE record = tied.record;
    END IF;
    EXECUTE format('DELETE FROM public.%I WHERE id = $1', tied.relation) USING tied.record;
    DELETE FROM public.ledger_privatepart p USING public.ledger_entry l
     WHERE l.id = p.entry_id AND p.part = 'private' AND l.subject = concat(tied.kind, ':', tied.record)
       AND l.rows @> ARRAY[tied.record] AND l.rows <> '{}';
  END LOOP;
  DELETE FROM public.records_ends WHERE record = gone;
END $$;
