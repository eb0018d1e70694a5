-- All members of staff who are one human, of whom one is given: those with whom any tie that was ever said joins them,
-- by way of others too. A tie that has ended says nothing against it: nobody becomes somebody else.
CREATE OR REPLACE FUNCTION people_one_human(staff uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE human(id) AS (
    SELECT $1 UNION
    SELECT CASE WHEN s.one_id = h.id THEN s.other_id ELSE s.one_id END
      FROM human h JOIN public.people_sameperson s ON h.id IN (s.one_id, s.other_id))
  SELECT coalesce(array_agg(h.id) FILTER (WHERE h.id IS NOT NULL), '{}') FROM human h
$$;
