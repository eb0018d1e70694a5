-- Before anything is signed: what grants that do not stand yet would cover, who is let into it already,
-- and how many rows that is. Asked under seal (acting/sql/2_sealed.sql): SQL that slipped into a request learns
-- nothing here. Of a compartment only those who read or find there are told.

-- The actor, where standing access lets them count for a preview; NULL otherwise.
CREATE OR REPLACE FUNCTION access_previewer() RETURNS access_actor
LANGUAGE plpgsql STABLE AS $$
DECLARE me public.access_actor := public.access_acting();
BEGIN
  IF me.organisation IS NULL
     OR NOT EXISTS (SELECT FROM public.access_grants_of(me, '', 'preview', statement_timestamp())) THEN
    RETURN NULL;
  END IF;
  RETURN me;
END $$;

-- The scopes that a grant described in JSON would cover for somebody of the organisation.
CREATE OR REPLACE FUNCTION access_would_cover(reach jsonb, organisation text, instant timestamptz) RETURNS int[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
  g public.access_grant := jsonb_populate_record(NULL::public.access_grant, reach);
  who public.access_actor; answer int[];
BEGIN
  who.organisation := organisation;
  answer := coalesce(public.access_covered(g, who, instant), '{}');
  IF g.compartment = '' THEN RETURN answer; END IF;
  RETURN coalesce((SELECT array_agg(x) FROM unnest(answer) x
                    WHERE x = ANY ((SELECT public.access_told(g.kind))::int[])), '{}');
END $$;

-- `viewers`: who acts for each recipient, itself and its heirs. `reaches`: the scopes of each described
-- reach, in their order. `beside`: every grant of others that gives the viewers such kinds at the instant.
CREATE OR REPLACE FUNCTION access_foreseen(message text, mac text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'foresee');
  instant timestamptz := sent->>'at'; answer jsonb;
BEGIN
  IF (public.access_previewer()).organisation IS NULL THEN RETURN NULL; END IF;
  WITH recipient AS MATERIALIZED (SELECT jsonb_array_elements_text(sent->'recipients') AS code),
  viewer AS MATERIALIZED (
    SELECT r.code, r.code AS recipient FROM recipient r
    UNION
    SELECT s.successor, r.code FROM recipient r, public.organisations_succession s
     WHERE r.code = ANY (public.access_estate(s.successor, instant))),
  beside AS MATERIALIZED (
    SELECT v.code, g.units, g.roles, g.actions, g.purposes,
           CASE WHEN g.holder IN ('', '+') THEN v.code ELSE '' END AS seen_by,
           jsonb_build_object('holder', g.holder, 'kind', g.kind, 'collection', g.collection,
                              'compartment', g.compartment, 'rank', g.rank) AS reach
      FROM (SELECT DISTINCT code FROM viewer) v
      JOIN public.access_grant g ON g.recipient = ANY (public.access_estate(v.code, instant) || ''::text)
     WHERE g.kind IN (SELECT jsonb_array_elements_text(sent->'kinds')) AND g.holds @> instant
       AND g.actions && ARRAY(SELECT jsonb_array_elements_text(sent->'actions'))::varchar[]
       AND g.agreement <> sent->>'agreement'),
  reached AS MATERIALIZED (
    SELECT b.seen_by, b.reach, to_jsonb(public.access_would_cover(b.reach, b.seen_by, instant)) AS scopes
      FROM (SELECT DISTINCT seen_by, reach FROM beside) b)
  SELECT jsonb_build_object(
    'viewers', (SELECT coalesce(jsonb_agg(jsonb_build_array(code, recipient)), '[]') FROM viewer),
    'reaches', (SELECT coalesce(jsonb_agg(to_jsonb(public.access_would_cover(
                       e.reach || jsonb_build_object('rank', public.access_rank(e.reach->>'marking')), '', instant))
                       ORDER BY e.place), '[]')
                  FROM jsonb_array_elements(sent->'reaches') WITH ORDINALITY e (reach, place)),
    'beside', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                      'viewer', b.code, 'kind', b.reach->>'kind', 'units', b.units, 'roles', b.roles,
                      'actions', b.actions, 'purposes', b.purposes, 'scopes', r.scopes)), '[]')
                 FROM beside b JOIN reached r USING (seen_by, reach)))
    INTO answer;
  RETURN answer;
END $$;

-- How many rows there are in each of the scopes.
CREATE OR REPLACE FUNCTION access_counted(message text, mac text)
RETURNS TABLE (scope int, kind text, holder text, amount bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'count'); each record;
  wanted int[] := ARRAY(SELECT x::int FROM jsonb_array_elements_text(sent->'scopes') x);
BEGIN
  IF (public.access_previewer()).organisation IS NULL THEN RETURN; END IF;
  FOR each IN
    SELECT k.kind, k.relation, array_agg(s.id) AS scopes
      FROM public.access_scope s JOIN public.access_kind k ON k.kind = s.kind
     WHERE s.id = ANY (wanted) AND (s.compartment = '' OR s.id = ANY ((SELECT public.access_told(''))::int[]))
     GROUP BY k.kind, k.relation
  LOOP
    RETURN QUERY EXECUTE format(
      'SELECT s.id, s.kind::text, s.holder::text, c.n
         FROM (SELECT scope_id, count(*) AS n FROM public.%I WHERE scope_id = ANY ($1) GROUP BY scope_id) c
         JOIN public.access_scope s ON s.id = c.scope_id', each.relation) USING each.scopes;
  END LOOP;
END $$;

-- Single rows opened under the agreement that would close: a pair of holder and recipient carries them
-- before and none after.
CREATE OR REPLACE FUNCTION access_falling(message text, mac text)
RETURNS TABLE (organisation text, kind text, holder text, amount bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'falling'); instant timestamptz := sent->>'at';
BEGIN
  IF (public.access_previewer()).organisation IS NULL THEN RETURN; END IF;
  RETURN QUERY
  SELECT p.organisation::text, h.kind::text, h.holder::text, count(*)
    FROM public.access_share h
    JOIN public.people_posting p ON p.id = h.posting AND p.state = 'held' AND p.starts_at <= instant
                                AND (p.ends_at IS NULL OR p.ends_at > instant)
    JOIN public.access_scope s ON s.id = h.scope
   WHERE h.agreement = sent->>'agreement' AND h.holds @> instant
     AND (s.compartment = '' OR s.id = ANY ((SELECT public.access_told(''))::int[]))
     AND EXISTS (SELECT FROM jsonb_to_recordset(sent->'before') AS b (holder text, recipient text)
                  WHERE h.holder = ANY (public.access_estate(b.holder, instant))
                    AND b.recipient = ANY (public.access_estate(p.organisation, instant)))
     AND NOT EXISTS (SELECT FROM jsonb_to_recordset(sent->'after') AS a (holder text, recipient text)
                  WHERE h.holder = ANY (public.access_estate(a.holder, instant))
                    AND a.recipient = ANY (public.access_estate(p.organisation, instant)))
   GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
END $$;
