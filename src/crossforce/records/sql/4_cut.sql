-- Who cuts what a record needs is remembered for as long as both are there: whoever ended that somebody else needs it leaves
-- its disposal to somebody else. What is cut because one of them goes needs no memory.
CREATE OR REPLACE FUNCTION records_cut() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user = current_user OR pg_trigger_depth() > 1 THEN RETURN NULL; END IF;
  INSERT INTO public.records_cut (id, one, one_kind, other, cut_at, cut_by)
  VALUES (gen_random_uuid(), OLD.one, OLD.one_kind, OLD.other, statement_timestamp(), coalesce(public.records_by(), 'nobody'));
  RETURN NULL;
END $$;

-- Whether whoever acts ended that a record is needed which would need it still.
CREATE OR REPLACE FUNCTION records_cut_by_oneself(needed uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE cut record;
BEGIN
  FOR cut IN SELECT c.one, k.relation FROM public.records_cut c JOIN public.access_kind k ON k.kind = c.one_kind
              WHERE c.other = needed AND c.cut_by = ANY (public.records_me()) ORDER BY c.one LOOP
    IF public.records_stays(cut.relation::text, cut.one) THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;
