-- How many people the duties in scopes are about: for a preview, which counts before anything is signed.
-- Asked under seal (acting/sql/2_sealed.sql), by those whom standing access lets count; of a compartment
-- only those who read or find there are told. Who is absent, or booked off, is not on duty.
CREATE OR REPLACE FUNCTION duty_foreseen(message text, mac text)
RETURNS TABLE (scope int, holder text, rota bigint, on_duty bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'duties');
  instant timestamptz := sent->>'at'; since timestamptz := sent->>'since'; until timestamptz := sent->>'until';
  off text[] := ARRAY(SELECT jsonb_array_elements_text(sent->'off'));
  told int[] := public.access_told('duty.entry');
  wanted int[] := ARRAY(SELECT x::int FROM jsonb_array_elements_text(sent->'scopes') x);
BEGIN
  IF (public.access_previewer()).organisation IS NULL THEN RETURN; END IF;
  RETURN QUERY
  WITH open AS MATERIALIZED (
    SELECT s.id, s.holder FROM public.access_scope s
     WHERE s.id = ANY (wanted) AND s.kind = 'duty.entry' AND (s.compartment = '' OR s.id = ANY (told))),
  running AS MATERIALIZED (
    SELECT e.scope_id, e.staff, e.what, e.status FROM public.duty_entry e
     WHERE e.scope_id = ANY (wanted) AND e.cancelled_at IS NULL AND e.starts_at <= instant
       AND e.ends_at > instant AND (e.is_long OR e.starts_at > instant - interval '24 hours'))
  SELECT o.id, o.holder::text,
         (SELECT count(DISTINCT e.staff) FROM public.duty_entry e
           WHERE e.scope_id = o.id AND e.cancelled_at IS NULL AND e.what <> 'absence'
             AND e.starts_at >= since AND e.starts_at < until),
         (SELECT count(DISTINCT r.staff) FROM running r
           WHERE r.scope_id = o.id AND r.what <> 'absence' AND NOT r.status = ANY (off)
             AND NOT EXISTS (SELECT FROM running a WHERE a.staff = r.staff AND a.what = 'absence'))
    FROM open o;
END $$;
