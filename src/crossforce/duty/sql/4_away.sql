-- Absences of people whose duties are read, from wherever else their force notes them: who may see a duty learns
-- that it does not run, and nothing else of why. What stands in a compartment is not told.
CREATE OR REPLACE FUNCTION duty_away_of(
  scopes int[], single uuid[], since timestamptz, until timestamptz)
RETURNS TABLE (staff uuid, starts_at timestamptz, ends_at timestamptz)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  elsewhere int[] := ARRAY(
    SELECT s.id FROM public.access_scope s
     WHERE s.kind = 'duty.entry' AND s.compartment = '' AND s.id <> ALL (scopes)
       AND s.holder IN (SELECT m.holder FROM public.access_scope m
                         WHERE m.id = ANY (scopes)
                            OR m.id IN (SELECT e.scope_id FROM public.duty_entry e WHERE e.id = ANY (single))));
BEGIN
  IF elsewhere = '{}' THEN RETURN; END IF;
  RETURN QUERY
  WITH gone AS MATERIALIZED (
    SELECT a.id, a.staff, a.starts_at, a.ends_at FROM public.duty_entry a
     WHERE a.scope_id = ANY (elsewhere) AND a.cancelled_at IS NULL AND a.starts_at < until AND a.ends_at > since
       AND (a.is_long OR a.what = 'absence' AND NOT a.is_long AND a.starts_at > since - interval '24 hours')
       AND a.what = 'absence'),
  there AS MATERIALIZED (
    SELECT d.staff, d.starts_at, d.ends_at FROM public.duty_entry d
     WHERE d.scope_id = ANY (scopes) AND NOT d.is_long AND d.starts_at > since - interval '24 hours'
       AND d.starts_at < until AND d.ends_at > since AND d.what <> 'absence' AND d.cancelled_at IS NULL
     UNION ALL
    SELECT d.staff, d.starts_at, d.ends_at FROM public.duty_entry d
     WHERE d.scope_id = ANY (scopes) AND d.is_long
       AND d.starts_at < until AND d.ends_at > since AND d.what <> 'absence' AND d.cancelled_at IS NULL
     UNION ALL
    SELECT d.staff, d.starts_at, d.ends_at FROM public.duty_entry d
     WHERE d.id = ANY (single)
       AND d.starts_at < until AND d.ends_at > since AND d.what <> 'absence' AND d.cancelled_at IS NULL)
  SELECT g.staff, g.starts_at, g.ends_at FROM gone g
   WHERE g.id <> ALL (single)
     AND EXISTS (SELECT FROM there t
                  WHERE t.staff = g.staff AND t.starts_at < g.ends_at AND t.ends_at > g.starts_at);
END $$;

-- The same for whoever acts, of those duties that they may read.
CREATE OR REPLACE FUNCTION duty_away(since timestamptz, until timestamptz)
RETURNS TABLE (staff uuid, starts_at timestamptz, ends_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT a.staff, a.starts_at, a.ends_at FROM public.duty_away_of(
    public.access_scopes('duty.entry', 'read'), public.access_rows('duty.entry', 'read'), since, until) a;
END $$;
