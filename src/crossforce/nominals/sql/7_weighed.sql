-- What two records weighed when somebody decided about them: kept beside the match as the engine had filed it, whatever it
-- files later. It goes with the match, which goes with either record.
CREATE OR REPLACE FUNCTION nominals_weighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.nominals_weighed
         (id, match, version, state, acted_at, acted_by, weight, lean, model, proposed_above, reviewed_above, evidence)
  SELECT gen_random_uuid(), NEW.id, NEW.version, NEW.state, NEW.changed_at, NEW.changed_by, l.weight, coalesce(l.lean, ''),
         coalesce(l.model, ''), l.proposed_above, l.reviewed_above, coalesce(l.evidence, '[]')
    FROM (VALUES (true)) one LEFT JOIN public.nominals_likeness l ON l.one = NEW.one AND l.other = NEW.other;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION nominals_unweighed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.nominals_weighed k USING written w WHERE k.match = w.id;
  RETURN NULL;
END $$;
