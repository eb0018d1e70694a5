-- Whether one of these grants covers a scope; most of them speak of another collection, and are passed by.
CREATE OR REPLACE FUNCTION access_is_among(
  grants access_grant[], s access_scope, organisation text, instant timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM unnest(grants) g
                  WHERE g.kind = s.kind AND (g.collection IN ('', s.collection) OR s.person IS NOT NULL)
                    AND public.access_covers(g, s, organisation, instant))
$$;

-- Scopes that are described: the number of each, if it has one, and whether the actor may do something there, now
-- (and then, when asked as of), also where nothing was ever put. None is made. Asked under seal, because a number
-- tells that the scope was there.
CREATE OR REPLACE FUNCTION access_open(message text, mac text) RETURNS TABLE (number int, is_open boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'open'); verb text := sent->>'action';
  me public.access_actor := public.access_acting(); at timestamptz := statement_timestamp();
  kinds text[] := ARRAY(SELECT DISTINCT e->>'kind' FROM jsonb_array_elements(sent->'scopes') e);
  nowadays public.access_grant[]; back public.access_grant[];
BEGIN
  IF me.organisation IS NOT NULL THEN
    nowadays := ARRAY(SELECT g FROM unnest(kinds) k (kind), public.access_grants_of(me, k.kind, verb, at) g);
  END IF;
  IF me.instant IS NOT NULL AND public.access_looks_back(verb) THEN
    back := ARRAY(SELECT g FROM unnest(kinds) k (kind), public.access_grants_of(me, k.kind, verb, me.instant) g);
  END IF;
  RETURN QUERY
  SELECT (SELECT s.id FROM public.access_scope s
           WHERE s.holder = w.holder AND s.kind = w.kind AND s.collection = w.collection
             AND s.compartment = w.compartment AND s.marking = w.marking AND s.person IS NOT DISTINCT FROM w.person),
         public.access_is_among(nowadays, w, me.organisation, at)
           AND (me.instant IS NULL OR public.access_is_among(back, w, me.organisation, me.instant))
    FROM jsonb_array_elements(sent->'scopes') WITH ORDINALITY e (said, place)
   CROSS JOIN LATERAL jsonb_populate_record(NULL::public.access_scope, e.said || jsonb_build_object(
                        'id', 0, 'rank', coalesce(public.access_rank(e.said->>'marking'), 32767))) w
   ORDER BY e.place;
END $$;
