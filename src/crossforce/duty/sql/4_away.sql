-- Whether a duty counts that may have been cancelled: not since `as_at`, for who looks back, and not before it came
-- here. Nothing but words for a condition, which is put in its place.
CREATE OR REPLACE FUNCTION duty_stands(cancelled_at timestamptz, created_at timestamptz, as_at timestamptz)
RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT cancelled_at IS NULL OR cancelled_at > as_at AND cancelled_at > created_at
$$;

-- Absences of people whose duties are read, from wherever else their force notes them, as far as they lie within
-- these duties: who may see a duty learns when it does not run, and nothing else. What stands in a compartment
-- is not told, nor is what another force than the duty's own notes. Few people's absences are looked up by person,
-- those of many by where they are noted. For who looks back to `as_at`, what was cancelled since counts.
DROP FUNCTION IF EXISTS duty_away(timestamptz, timestamptz);
DROP FUNCTION IF EXISTS duty_away_of(int[], uuid[], timestamptz, timestamptz);
CREATE OR REPLACE FUNCTION duty_away_of(
  scopes int[], single uuid[], since timestamptz, until timestamptz, as_at timestamptz DEFAULT NULL)
RETURNS TABLE (staff uuid, starts_at timestamptz, ends_at timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  few CONSTANT int := 2000;
  elsewhere int[] := ARRAY(
    SELECT s.id FROM public.access_scope s
     WHERE s.kind = 'duty.entry' AND s.compartment = '' AND s.id <> ALL (scopes)
       AND s.holder IN (SELECT m.holder FROM public.access_scope m WHERE m.id = ANY (scopes)
                         UNION
                        SELECT m.holder FROM public.duty_entry e JOIN public.access_scope m ON m.id = e.scope_id
                         WHERE e.id = ANY (single)));
  who uuid[]; begins timestamptz[]; ends timestamptz[]; places int[];
BEGIN
  IF elsewhere = '{}' THEN RETURN; END IF;
  SELECT array_agg(t.staff), array_agg(t.starts_at), array_agg(t.ends_at), array_agg(t.scope_id)
    INTO who, begins, ends, places FROM (
    SELECT d.staff, d.starts_at, d.ends_at, d.scope_id FROM public.duty_entry d
     WHERE d.scope_id = ANY (scopes) AND NOT d.is_long AND d.starts_at > since - interval '24 hours'
       AND d.starts_at < until AND d.ends_at > since AND d.what <> 'absence'
       AND public.duty_stands(d.cancelled_at, d.created_at, as_at)
     UNION ALL
    SELECT d.staff, d.starts_at, d.ends_at, d.scope_id FROM public.duty_entry d
     WHERE d.scope_id = ANY (scopes) AND d.is_long
       AND d.starts_at < until AND d.ends_at > since AND d.what <> 'absence'
       AND public.duty_stands(d.cancelled_at, d.created_at, as_at)
     UNION ALL
    SELECT d.staff, d.starts_at, d.ends_at, d.scope_id FROM public.duty_entry d
     WHERE d.id = ANY (single)
       AND d.starts_at < until AND d.ends_at > since AND d.what <> 'absence'
       AND public.duty_stands(d.cancelled_at, d.created_at, as_at)) t;
  IF who IS NULL THEN RETURN; END IF;
  IF cardinality(who) <= few AND as_at IS NULL THEN
    RETURN QUERY
    SELECT p.staff, lower(r), upper(r)
      FROM (SELECT t.staff, range_agg(tstzrange(greatest(a.starts_at, t.starts_at), least(a.ends_at, t.ends_at))) AS away
              FROM unnest(who, begins, ends, places) AS t (staff, starts_at, ends_at, scope_id)
             CROSS JOIN LATERAL (
               SELECT a.id, a.scope_id, a.starts_at, a.ends_at FROM public.duty_entry a
                WHERE a.staff = t.staff AND a.what = 'absence' AND a.cancelled_at IS NULL
                  AND a.starts_at < least(t.ends_at, until) AND a.ends_at > greatest(t.starts_at, since) OFFSET 0) a
             WHERE a.scope_id = ANY (elsewhere) AND a.id <> ALL (single)
               AND (SELECT x.holder FROM public.access_scope x WHERE x.id = t.scope_id)
                 = (SELECT y.holder FROM public.access_scope y WHERE y.id = a.scope_id)
             GROUP BY t.staff) p, unnest(p.away) r;
    RETURN;
  END IF;
  RETURN QUERY
  SELECT p.staff, lower(r), upper(r)
    FROM (SELECT t.staff, range_agg(tstzrange(greatest(a.starts_at, t.starts_at), least(a.ends_at, t.ends_at))) AS away
            FROM (SELECT a.staff, a.starts_at, a.ends_at, a.scope_id FROM public.duty_entry a
                   WHERE a.scope_id = ANY (elsewhere) AND a.what = 'absence'
                     AND (a.is_long OR NOT a.is_long AND a.starts_at > since - interval '24 hours')
                     AND a.starts_at < until AND a.ends_at > since AND a.id <> ALL (single)
                     AND public.duty_stands(a.cancelled_at, a.created_at, as_at) OFFSET 0) a
            JOIN unnest(who, begins, ends, places) AS t (staff, starts_at, ends_at, scope_id)
              ON t.staff = a.staff AND t.starts_at < a.ends_at AND t.ends_at > a.starts_at
           WHERE (SELECT x.holder FROM public.access_scope x WHERE x.id = t.scope_id)
               = (SELECT y.holder FROM public.access_scope y WHERE y.id = a.scope_id)
           GROUP BY t.staff) p, unnest(p.away) r;
END $$;

-- The same for whoever acts, of those duties that they may read.
CREATE OR REPLACE FUNCTION duty_away(since timestamptz, until timestamptz, as_at timestamptz DEFAULT NULL)
RETURNS TABLE (staff uuid, starts_at timestamptz, ends_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 10 AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT a.staff, a.starts_at, a.ends_at FROM public.duty_away_of(
    public.access_scopes('duty.entry', 'read'), public.access_rows('duty.entry', 'read'), since, until, as_at) a;
END $$;
