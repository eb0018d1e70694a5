-- What was worked in scopes and units, added up: read by whoever calls, under their own row security, and by
-- duty_hours below. Duties count, on-call and absence do not; who is absent during a duty is not on it. Absences
-- from elsewhere (4_away.sql) are given: who is gone, since when, and when they are back.
DROP FUNCTION IF EXISTS duty_worked(int[], text[], int[], timestamptz[], timestamptz[]);
CREATE OR REPLACE FUNCTION duty_worked(
  scopes int[], units text[], numbers int[], starts timestamptz[], ends timestamptz[],
  gone uuid[], since_when timestamptz[], back timestamptz[])
RETURNS TABLE (number int, scope int, unit text, function text, latitude float8, longitude float8, seconds bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  since timestamptz := (SELECT min(x) FROM unnest(duty_worked.starts) x);
  until timestamptz := (SELECT max(x) FROM unnest(duty_worked.ends) x);
BEGIN
  RETURN QUERY
  WITH seen AS MATERIALIZED (
    SELECT e.staff, e.what, e.scope_id, e.unit, e.function, e.starts_at, e.ends_at,
           round(e.latitude::numeric, 2)::float8 AS latitude, round(e.longitude::numeric, 2)::float8 AS longitude
      FROM public.duty_entry e
     WHERE e.scope_id = ANY (duty_worked.scopes) AND e.cancelled_at IS NULL AND e.what <> 'on-call'
       AND e.starts_at < until AND e.ends_at > since
       AND (e.is_long OR e.starts_at > since - interval '24 hours')),
  worked AS MATERIALIZED (
    SELECT * FROM seen WHERE what = 'duty' AND unit = ANY (duty_worked.units)),
  absent AS MATERIALIZED (
    SELECT staff, starts_at, ends_at FROM seen WHERE what = 'absence'
    UNION ALL
    SELECT * FROM unnest(duty_worked.gone, duty_worked.since_when, duty_worked.back) AS g (staff, starts_at, ends_at)),
  spans AS (
    SELECT scope_id, unit, function, latitude, longitude, starts_at, ends_at, 1 AS sign FROM worked
    UNION ALL
    SELECT w.scope_id, w.unit, w.function, w.latitude, w.longitude,
           greatest(w.starts_at, a.starts_at), least(w.ends_at, a.ends_at), -1
      FROM worked w JOIN absent a ON a.staff = w.staff
       AND a.starts_at < w.ends_at AND a.ends_at > w.starts_at)
  SELECT m.number, s.scope_id, s.unit::text, s.function::text, s.latitude, s.longitude,
         sum(s.sign * extract(epoch FROM least(s.ends_at, m.ends_at) - greatest(s.starts_at, m.starts_at)))::bigint
    FROM spans s
    JOIN unnest(duty_worked.numbers, duty_worked.starts, duty_worked.ends) AS m (number, starts_at, ends_at)
      ON s.starts_at < m.ends_at AND s.ends_at > m.starts_at
   GROUP BY 1, 2, 3, 4, 5, 6;
END $$;

-- Hours by which a cost is shared, for a preview: by holder, function and place, with how many duties they were
-- added up from and the digest of these (a line for each, its key and version, in order of keys). Asked under
-- seal (acting/sql/2_sealed.sql), by those whom standing access lets count; of a compartment only those who read
-- or find there are told.
CREATE OR REPLACE FUNCTION duty_hours(message text, mac text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'hours');
  since timestamptz := sent->>'since'; until timestamptz := sent->>'until';
  units text[] := ARRAY(SELECT jsonb_array_elements_text(sent->'units'));
  whole text[] := ARRAY(SELECT jsonb_array_elements_text(sent->'whole'));
  functions text[] := ARRAY(SELECT jsonb_array_elements_text(sent->'functions'));
  told int[] := public.access_told('duty.entry');
  scopes int[]; answer jsonb; gone uuid[]; since_when timestamptz[]; back timestamptz[];
BEGIN
  IF (public.access_previewer()).organisation IS NULL THEN RETURN NULL; END IF;
  scopes := ARRAY(SELECT s.id FROM public.access_scope s
                   WHERE s.kind = 'duty.entry' AND s.collection IN (SELECT 'unit:' || u FROM unnest(units) u)
                     AND (s.compartment = '' OR s.id = ANY (told)));
  SELECT array_agg(a.staff), array_agg(a.starts_at), array_agg(a.ends_at) INTO gone, since_when, back
    FROM public.duty_away_of(scopes, '{}', since, until) a;
  WITH worked AS (
    SELECT s.holder, w.latitude, w.longitude, sum(w.seconds) AS seconds
      FROM public.duty_worked(scopes, units, ARRAY[0], ARRAY[since], ARRAY[until], gone, since_when, back) w
      JOIN public.access_scope s ON s.id = w.scope
     WHERE w.function = ANY (functions) OR w.unit = ANY (whole)
     GROUP BY 1, 2, 3),
  counted AS (
    SELECT e.id, e.version FROM public.duty_entry e
     WHERE e.scope_id = ANY (scopes) AND e.cancelled_at IS NULL AND e.what = 'duty' AND e.unit = ANY (units)
       AND (e.function = ANY (functions) OR e.unit = ANY (whole))
       AND e.starts_at < until AND e.ends_at > since AND (e.is_long OR e.starts_at > since - interval '24 hours'))
  SELECT jsonb_build_object(
    'worked', (SELECT coalesce(jsonb_agg(jsonb_build_array(holder, latitude, longitude, seconds)), '[]') FROM worked),
    'duties', (SELECT count(*) FROM counted),
    'digest', (SELECT encode(sha256(convert_to(coalesce(string_agg(id || ' ' || version || E'\n', '' ORDER BY id), ''),
                                              'UTF8')), 'hex') FROM counted)) INTO answer;
  RETURN answer;
END $$;
