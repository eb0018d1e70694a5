-- How many parts an exhibit has of each kind, whoever may know of them; nothing where there is no such exhibit. Asked under
-- seal, before an exhibit moves and before anything of it goes. It stays locked as whoever holds it locks it, so that of a hold
-- that is being placed and a disposal the later sees the other.
CREATE OR REPLACE FUNCTION evidence_parts(message text, mac text) RETURNS TABLE (kind text, number bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE sent jsonb := public.access_unsealed(message, mac, 'parts'); whole uuid := (sent->>'exhibit')::uuid; part record;
BEGIN
  PERFORM FROM public.evidence_exhibit e WHERE e.id = whole FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM FROM public.records_pointer p WHERE p.id = whole FOR UPDATE;
  FOR part IN SELECT k.kind, k.relation FROM public.access_kind k WHERE sent->'kinds' ? k.kind::text LOOP
    RETURN QUERY EXECUTE format('SELECT $1, count(*) FROM public.%I WHERE exhibit = $2', part.relation)
      USING part.kind::text, whole;
  END LOOP;
END $$;

-- The seal of an exhibit has a number that its holder used for no other, wherever that stands. Of two at once the later is refused.
CREATE OR REPLACE FUNCTION evidence_seal_once() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE whose text := (SELECT s.holder FROM public.access_scope s WHERE s.id = NEW.scope_id);
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('evidence_seal_once'), hashtext(concat(whose, '|', NEW.seal)));
  IF EXISTS (SELECT FROM public.evidence_touch t JOIN public.access_scope s ON s.id = t.scope_id
              WHERE t.act = 'sealed' AND t.seal = NEW.seal AND s.holder = whose) THEN
    RAISE EXCEPTION 'the seal was used before' USING ERRCODE = 'unique_violation', CONSTRAINT = 'touch_seal_once';
  END IF;
  RETURN NEW;
END $$;

-- An entry of continuity goes with its exhibit and never alone: the last one that is cut off nobody would miss.
CREATE OR REPLACE FUNCTION evidence_entry_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.evidence_exhibit e WHERE e.id = OLD.exhibit) THEN
    RAISE EXCEPTION 'an entry of continuity goes with its exhibit' USING ERRCODE = 'object_in_use', CONSTRAINT = 'entry_stays';
  END IF;
  RETURN NULL;
END $$;

-- The same of a case: how many schedules and certificates it has, and how many exhibits of its holder name it.
CREATE OR REPLACE FUNCTION evidence_case_parts(message text, mac text) RETURNS TABLE (kind text, number bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE sent jsonb := public.access_unsealed(message, mac, 'case-parts'); whole uuid := (sent->>'case')::uuid; part record;
BEGIN
  PERFORM FROM public.evidence_case c WHERE c.id = whole FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM FROM public.records_pointer p WHERE p.id = whole FOR UPDATE;
  FOR part IN SELECT k.kind, k.relation FROM public.access_kind k WHERE sent->'kinds' ? k.kind::text LOOP
    RETURN QUERY EXECUTE format('SELECT $1, count(*) FROM public.%I WHERE "case" = $2', part.relation)
      USING part.kind::text, whole;
  END LOOP;
  RETURN QUERY SELECT 'evidence.exhibit', count(*)
    FROM public.evidence_case c JOIN public.access_scope o ON o.id = c.scope_id
    JOIN public.evidence_exhibit e ON e.case_reference = c.case_reference
    JOIN public.access_scope s ON s.id = e.scope_id AND s.holder = o.holder WHERE c.id = whole;
END $$;
