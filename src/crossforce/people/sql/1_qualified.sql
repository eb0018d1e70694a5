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
DECLARE
  relation text := CASE kind WHEN 'people.skill' THEN 'people_skill' WHEN 'people.authority' THEN 'people_authority' END;
  suspended text := CASE kind WHEN 'people.authority' THEN 'q.suspended_at' ELSE 'NULL::timestamptz' END;
  few CONSTANT int := 1000; me record := public.access_acting();
BEGIN
  IF relation IS NULL THEN
    RAISE EXCEPTION 'not a kind of qualification: %', kind USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF me.organisation IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE format(
    'WITH asked AS MATERIALIZED (
       SELECT q.id, q.scope_id, q.staff_id, q.code, q.starts_at, q.ends_at, %s FROM public.%I q
        WHERE q.staff_id = ANY ($1) AND ($2 = '''' OR q.code = $2)
          AND ($3 IS NULL OR q.starts_at <= $3 AND (q.ends_at IS NULL OR q.ends_at > $3)))
     SELECT a.* FROM asked a
      WHERE a.scope_id IN (SELECT unnest(CASE WHEN $5 AND (SELECT count(*) FROM asked) <= $6
              THEN public.access_scopes_at(public.access_acting(), $4, ''read'', statement_timestamp(),
                                           ARRAY(SELECT DISTINCT scope_id FROM asked))
              ELSE public.access_scopes($4, ''read'') END))
         OR a.id IN (SELECT unnest(public.access_rows($4, ''read'')))', suspended, relation)
    USING staff, code, instant, kind, me.instant IS NULL, few;
END $$;
