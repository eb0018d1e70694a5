-- Whether a case still needs an exhibit, whoever may know of that: one that says so, of whatever force, or the case that
-- the exhibit names, of its own holder; until the case is due, or while it is held. Asked each time, so that what changes
-- in a case counts from then on. Video that is no evidence is kept by no case merely because it names it.
CREATE OR REPLACE FUNCTION evidence_needed(exhibit uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE named uuid;
BEGIN
  IF public.records_needed(exhibit) THEN RETURN true; END IF;
  FOR named IN SELECT c.id FROM public.evidence_exhibit e JOIN public.evidence_case c ON c.case_reference = e.case_reference
                WHERE e.id = exhibit AND e.kept_as <> 'body-worn-no-evidence' AND public.records_ends_same(e.scope_id, c.scope_id) ORDER BY c.id LOOP
    IF public.records_stays('evidence_case', named) THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;

-- Whether whoever acts was the last to say by which case an exhibit is kept, and as what, after it was written down.
CREATE OR REPLACE FUNCTION evidence_put_by_oneself(exhibit uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT coalesce((
    SELECT s.changed_by = ANY (public.records_me())
      FROM (SELECT e.pgh_id, e.changed_by, (e.case_reference, e.kept_as) AS said,
                   lag((e.case_reference, e.kept_as)) OVER states AS was, row_number() OVER states AS place
              FROM public.evidence_exhibitevent e WHERE e.pgh_obj_id = exhibit WINDOW states AS (ORDER BY e.pgh_id)) s
     WHERE s.place > 1 AND s.said IS DISTINCT FROM s.was ORDER BY s.pgh_id DESC LIMIT 1), false)
$$;

-- Before an exhibit goes, or what is of it: no case needs it, and whoever took it from one leaves it to somebody else.
-- Whoever disposes learns no more. Argument: the column of the exhibit. The lock on the pointer keeps what is being tied
-- to it (records_ends) and a disposal apart.
CREATE OR REPLACE FUNCTION evidence_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE exhibit uuid := (to_jsonb(OLD)->>TG_ARGV[0])::uuid;
BEGIN
  PERFORM FROM public.records_pointer p WHERE p.id = exhibit FOR UPDATE;
  IF session_user = current_user THEN RETURN OLD; END IF;
  IF public.evidence_needed(exhibit) THEN
    RAISE EXCEPTION 'a case needs it' USING ERRCODE = 'object_in_use', CONSTRAINT = 'record_needed';
  END IF;
  IF public.evidence_put_by_oneself(exhibit) OR public.records_cut_by_oneself(exhibit) THEN
    RAISE EXCEPTION 'somebody else disposes of it'
      USING ERRCODE = 'object_not_in_prerequisite_state', CONSTRAINT = 'record_of_two';
  END IF;
  RETURN OLD;
END $$;

-- A case keeps its reference while exhibits of its holder name it: another one would let them go without it.
CREATE OR REPLACE FUNCTION evidence_reference_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user <> current_user AND EXISTS (
       SELECT FROM public.evidence_exhibit e
        WHERE e.case_reference = OLD.case_reference AND public.records_ends_same(e.scope_id, OLD.scope_id)) THEN
    RAISE EXCEPTION 'exhibits name it' USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_is_named';
  END IF;
  RETURN NEW;
END $$;
