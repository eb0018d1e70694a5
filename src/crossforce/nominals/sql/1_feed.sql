-- What is kept outside the tables follows the feed. A row for each follower is written in the transaction of the
-- record, and stays until that follower has taken it in: whatever is killed, and whichever transaction ends first,
-- nothing is passed over. What a follower reads, and that it has read, is asked under seal
-- (acting/sql/2_sealed.sql): SQL that slipped into a request reads nothing here.

-- After a statement that wrote records. Argument: their kind. For a deletion these are the rows that went.
CREATE OR REPLACE FUNCTION nominals_feeds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.nominals_feed (follower, kind, record, at)
  SELECT f.name, TG_ARGV[0], w.id, clock_timestamp()
    FROM written w CROSS JOIN public.nominals_follower f
   WHERE TG_ARGV[0] = ANY (f.kinds)
     AND (f.name <> 'alerts' OR EXISTS (SELECT FROM public.nominals_alert a WHERE a.is_on));
  RETURN NULL;
END $$;

-- What of a record is followed; NULL for one that is gone.
CREATE OR REPLACE FUNCTION nominals_said(kind text, record uuid) RETURNS TABLE (scope int, said jsonb)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  CASE $1
    WHEN 'nominals.person' THEN
      RETURN QUERY SELECT p.scope_id, jsonb_build_object('family_name', p.family_name, 'given_names', p.given_names,
          'sex', p.sex, 'born', p.born, 'statements', p.statements, 'source_system', p.source_system)
        FROM public.nominals_person p WHERE p.id = $2;
    WHEN 'nominals.object' THEN
      RETURN QUERY SELECT o.scope_id, jsonb_build_object('what', o.what, 'identifier', o.identifier,
          'statements', o.statements) FROM public.nominals_object o WHERE o.id = $2;
    WHEN 'nominals.location' THEN
      RETURN QUERY SELECT l.scope_id, jsonb_build_object('address', l.address, 'postcode', l.postcode,
          'statements', l.statements) FROM public.nominals_location l WHERE l.id = $2;
    ELSE RETURN;
  END CASE;
END $$;

-- Scopes under small numbers, made on first use.
CREATE OR REPLACE FUNCTION nominals_number(scopes int[]) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO public.nominals_searchedscope (scope)
  SELECT DISTINCT s FROM unnest(scopes) s
   WHERE s IS NOT NULL AND NOT EXISTS (SELECT FROM public.nominals_searchedscope n WHERE n.scope = s)
  ON CONFLICT DO NOTHING
$$;

-- What a follower has not taken in yet, the oldest first, each record once and as it is now; from `after` on. Where it
-- is `bare`, the positions alone.
CREATE OR REPLACE FUNCTION nominals_fed(message text, mac text)
RETURNS TABLE (positions bigint[], kind text, record uuid, number int, scope int, said jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'feed'); waiting bigint[];
  bare boolean := coalesce((sent->>'bare')::boolean, false);
BEGIN
  waiting := ARRAY(SELECT f.position FROM public.nominals_feed f WHERE f.follower = sent->>'follower'
                      AND f.position > coalesce((sent->>'after')::bigint, 0)
                    ORDER BY f.position LIMIT (sent->>'most')::int);
  IF NOT bare THEN
    PERFORM public.nominals_number(ARRAY(
      SELECT s.scope FROM public.nominals_feed f CROSS JOIN LATERAL public.nominals_said(f.kind, f.record) s
       WHERE f.position = ANY (waiting)));
  END IF;
  RETURN QUERY
  SELECT each.positions, each.kind, each.record, n.number, s.scope, s.said
    FROM (SELECT array_agg(f.position ORDER BY f.position) AS positions, f.kind::text AS kind, f.record
            FROM public.nominals_feed f WHERE f.position = ANY (waiting) GROUP BY f.kind, f.record) each
    LEFT JOIN LATERAL public.nominals_said(CASE WHEN bare THEN '' ELSE each.kind END, each.record) s ON true
    LEFT JOIN public.nominals_searchedscope n ON n.scope = s.scope
   ORDER BY each.positions[1];
END $$;

-- A follower has taken these in, and will never ask for them again.
CREATE OR REPLACE FUNCTION nominals_fed_in(message text, mac text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'fed');
BEGIN
  DELETE FROM public.nominals_feed f
   WHERE f.follower = sent->>'follower'
     AND f.position IN (SELECT p::bigint FROM jsonb_array_elements_text(sent->'positions') p);
END $$;

-- Which machine leads, of several that could do what is done for a follower: the one whose identity it has. It says so
-- while it works (`stay`); another begins once it was silent for a minute, or when somebody asks. Whoever begins `anew`
-- gives it another identity, and all that was done under the last is done; so does `depose`, and nobody leads until one
-- begins. `look` asks whether nobody else leads.
CREATE OR REPLACE FUNCTION nominals_leads(message text, mac text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'leads'); how text := sent->>'how';
  me uuid := (sent->>'identity')::uuid; silent interval := interval '1 minute';
BEGIN
  IF how = 'look' THEN
    RETURN NOT EXISTS (SELECT FROM public.nominals_follower f
                        WHERE f.name = sent->>'follower' AND f.led_at >= statement_timestamp() - silent
                          AND f.identity IS DISTINCT FROM me);
  END IF;
  IF how = 'stay' AND EXISTS (SELECT FROM public.nominals_follower f
                               WHERE f.name = sent->>'follower' AND f.identity = me AND f.led_at >= statement_timestamp() - silent / 6) THEN
    RETURN true;  -- it said so just now
  END IF;
  IF how = 'stay' AND NOT pg_try_advisory_xact_lock(hashtextextended(sent->>'follower', 0)) THEN
    RETURN false;  -- it was silent, and another has begun
  END IF;
  UPDATE public.nominals_follower f
     SET led_at = CASE how WHEN 'depose' THEN f.led_at ELSE clock_timestamp() END, identity = me
   WHERE f.name = sent->>'follower' AND (how IN ('anew', 'depose') OR f.identity = me);
  RETURN FOUND;
END $$;

-- Records of a kind by their key, after one: for a follower that begins anew.
CREATE OR REPLACE FUNCTION nominals_whole(message text, mac text)
RETURNS TABLE (record uuid, number int, scope int, said jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'whole'); told text := sent->>'kind';
  relation text := (SELECT k.relation FROM public.access_kind k WHERE k.kind = told); keys uuid[];
BEGIN
  EXECUTE format('SELECT ARRAY(SELECT id FROM public.%I WHERE id > $1 ORDER BY id LIMIT $2)', relation)
     INTO keys USING (sent->>'after')::uuid, (sent->>'most')::int;
  PERFORM public.nominals_number(ARRAY(
    SELECT s.scope FROM unnest(keys) k CROSS JOIN LATERAL public.nominals_said(told, k) s));
  RETURN QUERY
  SELECT k, n.number, s.scope, s.said
    FROM unnest(keys) k CROSS JOIN LATERAL public.nominals_said(told, k) s
    JOIN public.nominals_searchedscope n ON n.scope = s.scope
   ORDER BY k;
END $$;

-- How far a follower is behind: which installation it is, how much waits, since when; and how many records there are,
-- as far as the planner knows.
CREATE OR REPLACE FUNCTION nominals_following(message text, mac text)
RETURNS TABLE (identity uuid, waiting bigint, since timestamptz, records bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE sent jsonb := public.access_unsealed(message, mac, 'following');
BEGIN
  RETURN QUERY
  SELECT f.identity, (SELECT count(*) FROM public.nominals_feed c WHERE c.follower = f.name),
         (SELECT min(c.at) FROM public.nominals_feed c WHERE c.follower = f.name),
         (SELECT sum(greatest(c.reltuples, 0))::bigint FROM pg_class c JOIN public.access_kind k
             ON c.oid = to_regclass('public.' || k.relation) WHERE k.kind = ANY (f.kinds))
    FROM public.nominals_follower f WHERE f.name = sent->>'follower';
END $$;

-- How far whoever acts reaches in these kinds: small numbers of scopes, and single rows that were opened to them.
DROP FUNCTION IF EXISTS nominals_numbers(text, text);
CREATE OR REPLACE FUNCTION nominals_reach(kinds text[])
RETURNS TABLE (action text, numbers int[], rows uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE kind text; scopes int[];
BEGIN
  FOREACH action IN ARRAY ARRAY['read', 'find'] LOOP
    scopes := '{}'; rows := '{}';
    FOREACH kind IN ARRAY kinds LOOP
      scopes := scopes || public.access_scopes(kind, action);
      rows := rows || public.access_rows(kind, action);
    END LOOP;
    numbers := ARRAY(SELECT n.number FROM public.nominals_searchedscope n WHERE n.scope = ANY (scopes));
    RETURN NEXT;
  END LOOP;
END $$;
