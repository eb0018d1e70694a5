-- What the actor's grants reach. Two sets answer every policy, worked out once a statement: numbers of
-- scopes (`access_scopes`) and identifiers of single rows (`access_rows`).

CREATE OR REPLACE FUNCTION access_rank(marking text) RETURNS smallint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE marking WHEN 'OFFICIAL' THEN 0 WHEN 'OFFICIAL-SENSITIVE' THEN 1
                      WHEN 'SECRET' THEN 2 WHEN 'TOP SECRET' THEN 3 END::smallint
$$;

-- An organisation and all those whose heir it is at the instant: what they held, it holds. A body that
-- goes on existing keeps what is its own, whatever of its functions went elsewhere.
CREATE OR REPLACE FUNCTION access_estate(organisation text, instant timestamptz) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE estate(code) AS (
    VALUES (organisation)
    UNION
    SELECT s.predecessor::text FROM estate e
      JOIN public.organisations_succession s ON s.successor = e.code
      JOIN public.organisations_organisation o ON o.code = s.predecessor
     WHERE o.until IS NOT NULL
       AND greatest(s."on", o.until) <= (instant AT TIME ZONE 'Europe/London')::date
  ) SELECT array_agg(code) FROM estate
$$;

-- The grants that speak to the actor about a kind at an instant; '' asks about any kind or action.
-- An empty holder is the actor's own organisation, '*' every one, '+' whoever is posted to it.
CREATE OR REPLACE FUNCTION access_grants_of(me access_actor, kind text, action text, instant timestamptz)
RETURNS SETOF access_grant
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT g.* FROM public.access_grant g
   WHERE g.recipient = ANY (public.access_estate(me.organisation, instant) || ''::text)
     AND (access_grants_of.kind = '' OR g.kind = access_grants_of.kind)
     AND g.holds @> instant
     AND (access_grants_of.action = '' OR access_grants_of.action = ANY (g.actions))
     AND (g.units = '{}' OR me.unit = ANY (g.units))
     AND (g.roles = '{}' OR me.role = ANY (g.roles))
     AND (g.purposes = '{}' OR me.purpose = ANY (g.purposes))
$$;

DO $$ BEGIN
  CREATE AGGREGATE access_joined(int[]) (sfunc = array_cat, stype = int[], initcond = '{}');
EXCEPTION WHEN duplicate_function THEN NULL; END $$;

-- The scopes of a kind that one grant covers. Whole estates come from blocks, which name all scopes
-- of a holder; a collection is looked up, and is also that of everybody posted to its unit.
CREATE OR REPLACE FUNCTION access_covered(g access_grant, me access_actor, instant timestamptz)
RETURNS int[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE holders text[]; answer int[];
BEGIN
  IF g.holder = '*' THEN
    RETURN (SELECT public.access_joined(b.scopes) FROM public.access_block b
             WHERE b.kind = g.kind AND b.compartment = g.compartment AND b.rank <= g.rank);
  ELSIF g.holder = '+' THEN
    RETURN (SELECT array_agg(s.id) FROM public.access_scope s JOIN public.people_posting p ON p.staff_id = s.person
             WHERE s.kind = g.kind AND s.compartment = g.compartment AND s.rank <= g.rank
               AND p.organisation = me.organisation AND p.state IN ('held', 'offered')
               AND (p.ends_at IS NULL OR p.ends_at > instant));
  END IF;
  holders := public.access_estate(coalesce(nullif(g.holder, ''), me.organisation), instant);
  IF g.collection = '' THEN
    RETURN (SELECT public.access_joined(b.scopes) FROM public.access_block b
             WHERE b.kind = g.kind AND b.holder = ANY (holders)
               AND b.compartment = g.compartment AND b.rank <= g.rank);
  END IF;
  SELECT array_agg(s.id) INTO answer FROM public.access_scope s
   WHERE s.kind = g.kind AND s.holder = ANY (holders) AND s.collection = g.collection
     AND s.compartment = g.compartment AND s.rank <= g.rank;
  IF g.collection LIKE 'unit:%' THEN
    answer := answer || (
      SELECT array_agg(DISTINCT s.id) FROM public.organisations_unit u
        JOIN public.people_posting p ON p.unit_id = u.id
        JOIN public.access_scope s ON s.person = p.staff_id
       WHERE u.code = substr(g.collection, 6) AND u.organisation IS NULL AND s.kind = g.kind AND s.holder = ANY (holders)
         AND s.compartment = g.compartment AND s.rank <= g.rank
         AND p.state = 'held' AND p.starts_at <= instant AND (p.ends_at IS NULL OR p.ends_at > instant));
  END IF;
  RETURN answer;
END $$;

CREATE OR REPLACE FUNCTION access_scopes_at(me access_actor, kind text, action text, instant timestamptz)
RETURNS int[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.access_joined(public.access_covered(g, me, instant))
    FROM public.access_grants_of(me, kind, action, instant) g
$$;

-- Which actions an instant other than now is open to: it looks back, it never changes anything.
CREATE OR REPLACE FUNCTION access_looks_back(action text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT action IN ('find', 'read') $$;

-- THE FIRST ARM: numbers of the scopes in which the actor may do this now (and then, when asked as of).
CREATE OR REPLACE FUNCTION access_scopes(kind text, action text) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE me public.access_actor := public.access_acting(); answer int[];
BEGIN
  IF me.organisation IS NULL THEN RETURN '{}'; END IF;
  answer := public.access_scopes_at(me, kind, action, statement_timestamp());
  IF me.instant IS NULL THEN RETURN answer; END IF;
  IF NOT public.access_looks_back(action) THEN RETURN '{}'; END IF;
  RETURN coalesce((SELECT array_agg(x) FROM unnest(answer) x
                    WHERE x = ANY (public.access_scopes_at(me, kind, action, me.instant))), '{}');
END $$;

-- Shares that stand at an instant. One that rests on an agreement falls with it.
CREATE OR REPLACE FUNCTION access_rows_at(me access_actor, kind text, action text, instant timestamptz)
RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(answer.record), '{}') FROM (
    SELECT s.record FROM public.access_share s
     WHERE s.posting = me.posting AND s.kind = access_rows_at.kind AND s.holds @> instant
       AND access_rows_at.action = ANY (s.actions)
       AND (s.purposes = '{}' OR me.purpose = ANY (s.purposes))
       AND (s.agreement = '' OR EXISTS (
             SELECT FROM public.access_grant g
              WHERE g.agreement = s.agreement AND g.holds @> instant
                AND g.recipient = ANY (public.access_estate(me.organisation, instant))
                AND s.holder = ANY (public.access_estate(g.holder, instant))))
     ORDER BY lower(s.holds) DESC, s.id LIMIT 1000) answer
$$;

-- THE SECOND ARM: single rows that somebody opened to the actor's posting.
CREATE OR REPLACE FUNCTION access_rows(kind text, action text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE me public.access_actor := public.access_acting(); answer uuid[];
BEGIN
  IF me.posting IS NULL THEN RETURN '{}'; END IF;
  answer := public.access_rows_at(me, kind, action, statement_timestamp());
  IF me.instant IS NULL THEN RETURN answer; END IF;
  IF NOT public.access_looks_back(action) THEN RETURN '{}'; END IF;
  RETURN coalesce((SELECT array_agg(x) FROM unnest(answer) x
                    WHERE x = ANY (public.access_rows_at(me, kind, action, me.instant))), '{}');
END $$;

-- The number of a scope, made on first use. Numbers are drawn at random: gaps tell nothing. It is asked
-- for under seal (4_changes.sql), because the answer tells whether the scope was there.
CREATE OR REPLACE FUNCTION access_number_of(
  holder text, kind text, collection text, compartment text, marking text, person uuid) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE answer int; fresh int;
BEGIN
  IF public.access_rank($5) IS NULL THEN
    RAISE EXCEPTION 'no such marking: %', $5 USING ERRCODE = 'check_violation';
  END IF;
  LOOP
    SELECT s.id INTO answer FROM public.access_scope s
     WHERE s.holder = $1 AND s.kind = $2 AND s.collection = $3 AND s.compartment = $4 AND s.marking = $5
       AND s.person IS NOT DISTINCT FROM $6;
    IF FOUND THEN RETURN answer; END IF;
    fresh := ('x' || encode(substr(uuid_send(gen_random_uuid()), 1, 4), 'hex'))::bit(32)::int & 2147483647;
    CONTINUE WHEN fresh = 0;
    INSERT INTO public.access_scope (id, holder, kind, collection, compartment, marking, rank, person)
    VALUES (fresh, $1, $2, $3, $4, $5, public.access_rank($5), $6) ON CONFLICT DO NOTHING;
    IF FOUND THEN
      INSERT INTO public.access_block (id, holder, kind, compartment, rank, scopes)
      VALUES (gen_random_uuid(), $1, $2, $4, public.access_rank($5), ARRAY[fresh]);
      PERFORM public.access_tidy($1, $2, $4, public.access_rank($5), 64);
      RETURN fresh;
    END IF;
  END LOOP;
END $$;

-- Joins the blocks of one holder and kind once there are more than so many; whoever is being joined by
-- another transaction is left alone.
CREATE OR REPLACE FUNCTION access_tidy(holder text, kind text, compartment text, rank smallint, above int)
RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  IF (SELECT count(*) FROM public.access_block b
       WHERE b.holder = $1 AND b.kind = $2 AND b.compartment = $3 AND b.rank = $4) <= above THEN
    RETURN;
  END IF;
  WITH taken AS (
    DELETE FROM public.access_block WHERE id IN (
      SELECT b.id FROM public.access_block b
       WHERE b.holder = $1 AND b.kind = $2 AND b.compartment = $3 AND b.rank = $4
         FOR UPDATE SKIP LOCKED)
    RETURNING scopes)
  INSERT INTO public.access_block (id, holder, kind, compartment, rank, scopes)
  SELECT gen_random_uuid(), $1, $2, $3, $4, array_agg(x) FROM taken, unnest(taken.scopes) x HAVING count(*) > 0;
END $$;
