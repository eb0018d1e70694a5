-- Skills or authorities of many people at once, under the rule of their policies (access/guarding.py).
--
-- The policy of a table compares the scope of each row with those that may be read, one after the other: of
-- people there are as many scopes as people. Here they are looked up instead, by a join: as a constant of
-- thousands the planner weighed each of them. What may be read is worked out by the same two functions, and
-- nothing else decides. Of few people, only the scopes of their own rows are asked about.

CREATE OR REPLACE FUNCTION people_qualified(kind text, staff uuid[], code text, instant timestamptz)
RETURNS TABLE (
  id uuid, scope int, person uuid, named varchar, starts_at timestamptz, ends_at timestamptz,
  suspended_at timestamptz
) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE few CONSTANT int := 1000; me record := public.access_acting();
BEGIN
  IF $1 NOT IN ('people.skill', 'people.authority') OR $1 IS NULL THEN
    RAISE EXCEPTION 'not a kind of qualification: %', $1 USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF me.organisation IS NULL THEN RETURN; END IF;
  RETURN QUERY
  WITH asked AS MATERIALIZED (
    SELECT q.id, q.scope_id, q.staff_id, q.code, q.starts_at, q.ends_at, NULL::timestamptz FROM public.people_skill q
     WHERE $1 = 'people.skill' AND q.staff_id = ANY ($2) AND ($3 = '' OR q.code = $3)
       AND ($4 IS NULL OR q.starts_at <= $4 AND (q.ends_at IS NULL OR q.ends_at > $4))
     UNION ALL
    SELECT q.id, q.scope_id, q.staff_id, q.code, q.starts_at, q.ends_at, q.suspended_at FROM public.people_authority q
     WHERE $1 = 'people.authority' AND q.staff_id = ANY ($2) AND ($3 = '' OR q.code = $3)
       AND ($4 IS NULL OR q.starts_at <= $4 AND (q.ends_at IS NULL OR q.ends_at > $4)))
  SELECT a.* FROM asked a
   WHERE a.scope_id IN (SELECT unnest(CASE WHEN me.instant IS NULL AND (SELECT count(*) FROM asked) <= few
           THEN public.access_scopes_at(public.access_acting(), $1, 'read', statement_timestamp(),
                                        ARRAY(SELECT DISTINCT scope_id FROM asked))
           ELSE public.access_scopes($1, 'read') END))
      OR a.id IN (SELECT unnest(public.access_rows($1, 'read')));
END $$;
