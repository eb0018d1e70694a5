-- Saved searches are asked anew while nobody looks, as far as their owners reach at that instant. What answers is worked out
-- beside the database and kept nowhere: here stands that there is something new, for its owner alone.

-- Every search that is on and whose owner holds the posting still. Asked under seal.
CREATE OR REPLACE FUNCTION nominals_asked(message text, mac text)
RETURNS TABLE (alert uuid, question text, known text[], posting uuid, purpose text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'asked');
BEGIN
  RETURN QUERY
  SELECT a.id, a.question::text, a.known::text[], h.posting, h.purpose
    FROM public.nominals_alert a JOIN public.access_scope s ON s.id = a.scope_id
   CROSS JOIN LATERAL public.access_holding(public.access_owner(s), a.purpose) h
   WHERE a.is_on AND h.posting IS NOT NULL ORDER BY a.id;
END $$;

-- How far the owner of a search reaches now, as nominals_reach says it of whoever acts. Asked under seal.
CREATE OR REPLACE FUNCTION nominals_reach_of(message text, mac text)
RETURNS TABLE (action text, numbers int[], rows uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'reach-of'); scopes int[]; kind text; at timestamptz := statement_timestamp();
  me public.access_actor := public.access_holding((sent->>'posting')::uuid, sent->>'purpose');
BEGIN
  FOREACH action IN ARRAY ARRAY['read', 'find'] LOOP
    scopes := '{}'; rows := '{}';
    FOR kind IN SELECT jsonb_array_elements_text(sent->'kinds') WHERE me.posting IS NOT NULL LOOP
      scopes := scopes || public.access_scopes_at(me, kind, action, at);
      rows := rows || ARRAY(SELECT s.record FROM public.access_shares_at(me, kind, action, at) s);
    END LOOP;
    numbers := ARRAY(SELECT n.number FROM public.nominals_searchedscope n WHERE n.scope = ANY (scopes));
    RETURN NEXT;
  END LOOP;
END $$;

-- Something new answers these. What is off any longer has no news.
CREATE OR REPLACE FUNCTION nominals_noticed(message text, mac text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'noticed');
BEGIN
  INSERT INTO public.nominals_news (alert, at)
  SELECT a.id, statement_timestamp() FROM public.nominals_alert a
   WHERE a.is_on AND a.id IN (SELECT k::uuid FROM jsonb_array_elements_text(sent->'alerts') k)
  ON CONFLICT DO NOTHING;
  DELETE FROM public.nominals_news n WHERE NOT EXISTS (SELECT FROM public.nominals_alert a WHERE a.id = n.alert AND a.is_on);
END $$;

-- One's own searches that have news.
CREATE OR REPLACE FUNCTION nominals_news_of() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT ARRAY(SELECT n.alert FROM public.nominals_news n JOIN public.nominals_alert a ON a.id = n.alert
                WHERE a.is_on AND a.scope_id = ANY ((SELECT public.access_scopes('nominals.alert', 'read'))::int[]))
$$;

-- The owner of a search has seen what is new.
CREATE OR REPLACE FUNCTION nominals_news_seen(alert uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM public.nominals_news n USING public.nominals_alert a
   WHERE n.alert = $1 AND a.id = $1
     AND a.scope_id = ANY ((SELECT public.access_scopes('nominals.alert', 'edit'))::int[])
$$;
