-- Single records opened to one posting: asked for under seal (acting/sql/2_sealed.sql), and the clauses by which
-- the glass may be broken.

-- Whether it is the actor who is posted there, in this posting or another, or as whom another force knows them.
CREATE OR REPLACE FUNCTION access_is_oneself(posting uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM public.people_posting p, public.access_acting() me
     WHERE p.id = access_is_oneself.posting AND p.staff_id = ANY (public.people_one_human(me.staff)))
$$;

-- Whether the actor may open the record that lies there, as it is sent. Who decides about the place does, but not to
-- themself, by the own decision or on a request that waits for one (its row stays locked, so that it is decided
-- once); who breaks the glass does for itself, no longer than the clause allows; and system work, which no request is.
CREATE OR REPLACE FUNCTION access_may_open(sent jsonb, place access_scope) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  me public.access_actor := public.access_acting(); subject uuid := sent->>'record'; receiver uuid := sent->>'posting';
  starts timestamptz := sent->>'starts_at'; ends timestamptz := sent->>'ends_at';
BEGIN
  IF sent->>'origin' = 'break-glass' THEN
    RETURN receiver = me.posting AND EXISTS (
      SELECT FROM public.access_glass(place.kind, subject) g
       WHERE g.agreement = sent->>'agreement' AND g.clause = sent->>'clause'
         AND ends - starts <= make_interval(mins => g.minutes));
  ELSIF public.access_is_oneself(receiver) THEN
    RETURN false;
  ELSIF sent->>'origin' = 'request' THEN
    PERFORM FROM public.access_request q
     WHERE q.id = (sent->>'request')::uuid AND q.decided_at IS NULL AND q.record = subject AND q.kind = place.kind
       AND q.posting = receiver AND q.until >= ends
       AND q.actions @> ARRAY(SELECT jsonb_array_elements_text(sent->'actions'))::varchar[] FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
  ELSIF me.posting IS NULL THEN
    RETURN me.organisation IS NOT NULL;
  END IF;
  RETURN place.id = ANY (public.access_decided());
END $$;

-- One row opened to one posting. The holder and scope are those of the row itself, not what is sent.
CREATE OR REPLACE FUNCTION access_put_share(message text, mac text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'share'); relation text; place public.access_scope;
BEGIN
  SELECT k.relation INTO relation FROM public.access_kind k WHERE k.kind = sent->>'kind';
  IF relation IS NULL THEN RETURN false; END IF;
  EXECUTE format('SELECT s.* FROM public.%I r JOIN public.access_scope s ON s.id = r.scope_id WHERE r.id = $1',
                 relation) INTO place USING (sent->>'record')::uuid;
  IF place.id IS NULL OR public.access_may_open(sent, place) IS NOT TRUE THEN RETURN false; END IF;
  INSERT INTO public.access_share
         (id, record, kind, scope, holder, posting, actions, purposes, holds, origin, agreement, clause,
          reason, given_at, given_by)
  SELECT id, record, kind, place.id, place.holder, posting, actions, purposes, tstzrange(starts_at, ends_at),
         origin, agreement, clause, reason, given_at, given_by
    FROM jsonb_to_record(sent) AS s (
         id uuid, record uuid, kind text, posting uuid, actions text[], purposes text[], starts_at timestamptz,
         ends_at timestamptz, origin text, agreement text, clause text, reason text, given_at timestamptz,
         given_by text)
  ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;

-- Ends a share at an instant; one that has not begun holds never.
CREATE OR REPLACE FUNCTION access_end_share(message text, mac text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'end-share'); at timestamptz := sent->>'at';
BEGIN
  UPDATE public.access_share
     SET holds = CASE WHEN lower(holds) < at THEN tstzrange(lower(holds), least(upper(holds), at)) ELSE 'empty' END
   WHERE id = (sent->>'id')::uuid;
  RETURN FOUND;
END $$;

-- The clauses by which the actor may break the glass for a record now, the longest first, each with the
-- holder of the record. Nothing where no clause does, or for a record that the actor may neither find nor read.
CREATE OR REPLACE FUNCTION access_glass(kind text, record uuid)
RETURNS TABLE (holder text, agreement text, version int, clause text, minutes int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE me public.access_actor := public.access_acting(); s public.access_scope;
BEGIN
  IF me.posting IS NULL THEN RETURN; END IF;
  SELECT x.* INTO s FROM public.access_scope x WHERE x.id = public.access_scope_in($1, $2);
  IF NOT coalesce(s.id = ANY (public.access_scopes($1, 'find') || public.access_scopes($1, 'read'))
                  OR $2 = ANY (public.access_rows($1, 'find') || public.access_rows($1, 'read')), false) THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT s.holder::text, g.agreement::text, g.version, g.clause::text, g.glass_minutes
    FROM public.access_grant g
   WHERE g.kind = $1 AND g.glass_minutes IS NOT NULL AND g.holds @> statement_timestamp()
     AND g.recipient = ANY (public.access_estate(me.organisation, statement_timestamp()))
     AND (g.units = '{}' OR me.unit = ANY (g.units))
     AND (g.glass_roles = '{}' OR me.role = ANY (g.glass_roles))
     AND (g.purposes = '{}' OR me.purpose = ANY (g.purposes))
     AND public.access_covers(g, s, me.organisation, statement_timestamp())
   ORDER BY g.glass_minutes DESC, g.agreement, g.clause;
END $$;
