-- A schedule goes with its case and never alone: nobody would miss what was left out. An item that goes to the other schedule
-- stands there, of the same case, by the time that it is gone here.
CREATE OR REPLACE FUNCTION evidence_schedule_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE said jsonb := to_jsonb(OLD); new_id uuid := (said->>'moved_to')::uuid;
BEGIN
  IF EXISTS (SELECT FROM public.evidence_unused u WHERE u.id = new_id AND u."case" = OLD."case" UNION ALL
             SELECT FROM public.evidence_sensitive s WHERE s.id = new_id AND s."case" = OLD."case") THEN
    RETURN NULL;
  END IF;
  IF EXISTS (SELECT FROM public.evidence_case c WHERE c.id = OLD."case") THEN
    RAISE EXCEPTION 'unused material goes with its case' USING ERRCODE = 'object_in_use', CONSTRAINT = 'schedule_stays';
  END IF;
  RETURN NULL;
END $$;

-- An item goes to the other schedule: it stands there already, in the same place, and takes along who holds it and what it is
-- tied to. Here nothing is left of it, its states included. Argument: the table of the other schedule.
CREATE OR REPLACE FUNCTION evidence_schedule_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone record; place int; its text;
BEGIN
  FOR gone IN SELECT w.id, w."case" AS of_case, w.scope_id, w.moved_to FROM written w WHERE w.moved_to IS NOT NULL ORDER BY w.id LOOP
    EXECUTE format('SELECT o.scope_id, t.kind FROM public.%I o
                      JOIN public.access_scope t ON t.id = o.scope_id JOIN public.access_scope f ON f.id = $3
                     WHERE o.id = $1 AND o."case" = $2 AND (t.holder, t.collection, t.compartment, t.marking)
                           = (f.holder, f.collection, f.compartment, f.marking)', TG_ARGV[0])
      INTO place, its USING gone.moved_to, gone.of_case, gone.scope_id;
    IF place IS NULL THEN
      RAISE EXCEPTION 'it stands on no other schedule' USING ERRCODE = 'object_in_use', CONSTRAINT = 'schedule_stays';
    END IF;
    PERFORM FROM public.records_pointer p WHERE p.id = ANY (ARRAY[gone.id, gone.moved_to]) ORDER BY p.id FOR UPDATE;
    UPDATE public.records_hold SET record = gone.moved_to, kind = its, scope_id = place WHERE record = gone.id;
    UPDATE public.records_link SET one = gone.moved_to, one_kind = its, one_scope = place WHERE one = gone.id;
    UPDATE public.records_link SET other = gone.moved_to, other_kind = its, other_scope = place WHERE other = gone.id;
    EXECUTE format('DELETE FROM public.%I WHERE id = $1', TG_TABLE_NAME) USING gone.id;
  END LOOP;
  RETURN NULL;
END $$;

-- Which of these exhibits of a case stand on MG6D, for a bundle of the defence, whoever may know of that. Under seal.
CREATE OR REPLACE FUNCTION evidence_withheld(message text, mac text) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'withheld');
BEGIN
  RETURN QUERY SELECT DISTINCT s.exhibit FROM public.evidence_sensitive s
                WHERE s."case" = (sent->>'case')::uuid AND sent->'exhibits' ? s.exhibit::text;
END $$;
