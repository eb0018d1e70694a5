-- What the actor's grants reach. Two sets answer every policy, worked out once a statement: numbers of
-- scopes (`access_scopes`) and identifiers of single rows (`access_rows`).

CREATE OR REPLACE FUNCTION access_rank(marking text) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE marking WHEN 'OFFICIAL' THEN 0 WHEN 'OFFICIAL-SENSITIVE' THEN 1
                      WHEN 'SECRET' THEN 2 WHEN 'TOP SECRET' THEN 3 END::smallint
$$;

-- An organisation and all those whose heir it is at the instant: what they held, it holds. A body that
-- goes on existing keeps what is its own, whatever of its functions went elsewhere.
CREATE OR REPLACE FUNCTION access_estate(organisation text, instant timestamptz) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.organisations_succession s WHERE s.successor = organisation) THEN
    RETURN ARRAY[organisation];
  END IF;
  RETURN (
    WITH RECURSIVE estate(code) AS (
      VALUES (organisation)
      UNION
      SELECT s.predecessor::text FROM estate e
        JOIN public.organisations_succession s ON s.successor = e.code
        JOIN public.organisations_organisation o ON o.code = s.predecessor
       WHERE o.until IS NOT NULL
         AND greatest(s."on", o.until) <= (instant AT TIME ZONE 'Europe/London')::date
    ) SELECT array_agg(code) FROM estate);
END $$;

-- The grants that speak to the actor about a kind at an instant; '' asks about any kind or action.
-- An empty holder is the actor's own organisation, '*' every one, '+' whoever is posted to it. It is taken
-- into the statement that asks, whose plan is kept. What a posting has of its own lies in a compartment that no document
-- can name: a clause calls it 'own', and speaks to each posting of that posting's.
CREATE OR REPLACE FUNCTION access_grants_of(me access_actor, kind text, action text, instant timestamptz)
RETURNS SETOF access_grant
LANGUAGE sql STABLE AS $$
  SELECT g.id, g.agreement, g.version, g.clause, g.term, g.holder, g.recipient, g.kind, g.collection, g.units, g.roles,
         g.actions, g.purposes, g.rank, CASE g.compartment WHEN 'own' THEN 'own:' || me.posting ELSE g.compartment END::varchar,
         g.holds, g.onward, g.glass_minutes, g.glass_roles FROM public.access_grant g
   WHERE g.recipient = ANY (public.access_estate(me.organisation, instant) || ''::text)
     AND g.kind BETWEEN access_grants_of.kind AND coalesce(nullif(access_grants_of.kind, ''), chr(1114111))
     AND g.holds @> instant
     AND (access_grants_of.action = '' OR access_grants_of.action = ANY (g.actions))
     AND (g.units = '{}' OR me.unit = ANY (g.units))
     AND (g.roles = '{}' OR me.role = ANY (g.roles))
     AND (g.purposes = '{}' OR me.purpose = ANY (g.purposes)) OFFSET 0
$$;

DO $$ BEGIN
  CREATE AGGREGATE access_joined(int[]) (sfunc = array_cat, stype = int[], initcond = '{}');
EXCEPTION WHEN duplicate_function THEN NULL; END $$;

-- A type of an earlier shape makes room, with the functions that take it; one that is right stays, so that
-- statements that run during a `migrate` go on.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute
                  WHERE attrelid = to_regclass('public.access_piece') AND attname = 'collections') THEN
    DROP FUNCTION IF EXISTS access_covering(access_piece[], text, timestamptz, int[]), access_wholes(access_piece[]);
    DROP TYPE IF EXISTS access_piece;
    CREATE TYPE access_piece AS (kind text, holders text[], collections text[], compartment text, rank smallint);
  END IF;
END $$;

-- The scopes of the whole holders among pieces. Where nothing else is asked for, this array is handed on as it
-- comes: a variable would take thousands of numbers apart and put them together again.
CREATE OR REPLACE FUNCTION access_wholes(pieces access_piece[]) RETURNS int[] LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT public.access_joined(b.scopes ORDER BY pg_column_size(b.scopes))
      FROM unnest(pieces) p CROSS JOIN LATERAL (
        SELECT b.scopes FROM public.access_block b
         WHERE b.kind = p.kind AND b.holder = ANY (p.holders)
           AND b.compartment = p.compartment AND b.rank <= p.rank OFFSET 0) b
     WHERE p.collections = '{}');
END $$;

-- The scopes that pieces of what is held cover: each of the holders, each of the collections (none: all of
-- them), a compartment, up to a marking. Those of all collections come first. Whole holders come from blocks, which name
-- all their scopes, the smallest first; collections are looked up, and are also those of everybody posted to
-- their unit. Each statement is passed by when no piece can ask for it; OFFSET 0 has each piece looked up by
-- the index, however many scopes there are. Where only some scopes are asked about (`among`), those of them
-- that lie in whole holders are looked up instead.
CREATE OR REPLACE FUNCTION access_covering(
  pieces access_piece[], organisation text, instant timestamptz, among int[] DEFAULT NULL) RETURNS int[]
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  amount int := cardinality(pieces); told text;
  has_wholes boolean; has_parts boolean; has_units boolean; has_all boolean; has_posted boolean;
  answer int[] := '{}';
BEGIN
  IF amount = 0 THEN RETURN answer; END IF;
  told := pieces::text;
  has_wholes := (pieces[1]).collections = '{}';
  has_parts := (pieces[amount]).collections <> '{}';
  IF has_parts AND strpos(told, 'unit:') > 0 THEN  -- in index order: one look tells whether a kind is about persons
    has_units := EXISTS (SELECT FROM unnest(pieces) p WHERE (
      SELECT true FROM public.access_scope s WHERE s.kind = p.kind AND s.person IS NOT NULL ORDER BY s.person LIMIT 1));
  END IF;
  has_all := strpos(told, '*') > 0; has_posted := strpos(told, '+') > 0;
  IF has_wholes AND among IS NOT NULL THEN
    answer := ARRAY(
      SELECT s.id FROM (SELECT * FROM public.access_scope WHERE id = ANY (among) OFFSET 0) s JOIN unnest(pieces) p
          ON p.kind = s.kind AND s.holder = ANY (p.holders) AND p.compartment = s.compartment AND s.rank <= p.rank
       WHERE p.collections = '{}');
  ELSIF has_wholes AND NOT (has_parts OR has_all OR has_posted) THEN
    RETURN public.access_wholes(pieces);
  ELSIF has_wholes THEN
    answer := public.access_wholes(pieces);
  END IF;
  IF has_parts THEN
    answer := answer || ARRAY(
      SELECT s.id FROM unnest(pieces) p CROSS JOIN LATERAL (
        SELECT s.id FROM public.access_scope s
         WHERE s.kind = p.kind AND s.holder = ANY (p.holders) AND s.collection = ANY (p.collections)
           AND s.compartment = p.compartment AND s.rank <= p.rank OFFSET 0) s
       WHERE p.collections <> '{}');
  END IF;
  IF has_units THEN
    answer := answer || ARRAY(
      SELECT DISTINCT s.id FROM (
        SELECT m.staff_id, p.kind, p.holders, p.compartment, p.rank
          FROM unnest(pieces) p CROSS JOIN unnest(p.collections) c
          JOIN public.organisations_unit u ON u.code = substr(c, 6) AND u.organisation IS NULL
          JOIN public.people_posting m ON m.unit_id = u.id
         WHERE c LIKE 'unit:%' AND m.state = 'held' AND m.starts_at <= $3
           AND (m.ends_at IS NULL OR m.ends_at > $3) OFFSET 0) p
       CROSS JOIN LATERAL (
        SELECT s.id FROM public.access_scope s
         WHERE s.person = p.staff_id AND s.kind = p.kind AND s.holder = ANY (p.holders)
           AND s.compartment = p.compartment AND s.rank <= p.rank OFFSET 0) s);
  END IF;
  IF has_all THEN
    answer := answer || (
      SELECT public.access_joined(b.scopes) FROM unnest(pieces) p JOIN public.access_block b
        ON b.kind = p.kind AND b.compartment = p.compartment AND b.rank <= p.rank
       WHERE '*' = ANY (p.holders));
  END IF;
  IF has_posted THEN
    answer := answer || ARRAY(
      SELECT DISTINCT s.id FROM (
        SELECT DISTINCT m.staff_id, p.kind, p.compartment, p.rank
          FROM unnest(pieces) p JOIN public.people_posting m ON m.organisation = $2
         WHERE '+' = ANY (p.holders) AND m.state IN ('held', 'offered')
           AND (m.ends_at IS NULL OR m.ends_at > $3) OFFSET 0) p
       CROSS JOIN LATERAL (
        SELECT s.id FROM public.access_scope s
         WHERE s.person = p.staff_id AND s.kind = p.kind AND s.compartment = p.compartment
           AND s.rank <= p.rank OFFSET 0) s);
  END IF;
  RETURN answer;
END $$;

-- The holders that grants speak of: an estate each, or everybody's, or that of whoever is posted.
CREATE OR REPLACE FUNCTION access_holders(holders text[], organisation text, instant timestamptz) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF '' <> ALL (holders)
     AND NOT EXISTS (SELECT FROM public.organisations_succession s WHERE s.successor = ANY (holders)) THEN
    RETURN holders;
  END IF;
  RETURN ARRAY(SELECT DISTINCT e FROM unnest(holders) h CROSS JOIN LATERAL unnest(
    CASE WHEN h IN ('*', '+') THEN ARRAY[h]
         ELSE public.access_estate(CASE h WHEN '' THEN organisation ELSE h END, instant) END) e);
END $$;

-- The scopes that one grant covers.
CREATE OR REPLACE FUNCTION access_covered(g access_grant, me access_actor, instant timestamptz) RETURNS int[]
LANGUAGE sql STABLE AS $$
  SELECT public.access_covering(
    ARRAY[(g.kind, public.access_holders(ARRAY[g.holder::text], me.organisation, instant),
           array_remove(ARRAY[g.collection::text], ''), g.compartment, g.rank)::public.access_piece],
    me.organisation, instant)
$$;

-- The scopes that all of an actor's grants cover together. In one piece: all holders whose whole is open, and
-- all collections of one holder.
CREATE OR REPLACE FUNCTION access_scopes_at(
  me access_actor, kind text, action text, instant timestamptz, among int[] DEFAULT NULL) RETURNS int[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN public.access_covering(
    ARRAY(SELECT (g.kind,
                  CASE WHEN '' <> ALL (g.holders) AND NOT EXISTS (
                              SELECT FROM public.organisations_succession s WHERE s.successor = ANY (g.holders))
                       THEN g.holders ELSE public.access_holders(g.holders, me.organisation, $4) END,
                  g.collections, g.compartment, g.rank)::public.access_piece
            FROM (SELECT g.kind, g.rank, g.compartment,
                         CASE g.part WHEN '' THEN array_agg(g.holder::text) ELSE ARRAY[g.part] END AS holders,
                         CASE g.part WHEN '' THEN '{}' ELSE array_agg(g.collection::text) END AS collections
                    FROM (SELECT *, CASE g.collection WHEN '' THEN '' ELSE g.holder::text END AS part
                            FROM public.access_grants_of(me, $2, $3, $4) g) g
                   GROUP BY g.part, g.kind, g.rank, g.compartment) g
           ORDER BY g.collections),
    me.organisation, $4, among);
END $$;

-- The scopes of the rows of a kind made within a window of time, where the process has told that the statement
-- asks about no other rows; else NULL. So a page costs the same for who may see ten thousands of scopes. It is told
-- under seal, and whether it pays is asked under seal, since both look at rows of everybody.
CREATE OR REPLACE FUNCTION access_among(kind text) RETURNS int[] LANGUAGE plpgsql STABLE AS $$
DECLARE told text := current_setting('crossforce.window', true); sent jsonb; answer int[];
BEGIN
  IF told IS NULL OR told = '' THEN RETURN NULL; END IF;
  sent := public.access_unsealed(split_part(told, '~', 1), split_part(told, '~', 2), 'window');
  IF sent->>'kind' <> kind THEN RETURN NULL; END IF;
  EXECUTE format('SELECT ARRAY(SELECT scope_id FROM public.%I WHERE created_at > $1 AND created_at <= $2)',
                 (SELECT k.relation FROM public.access_kind k WHERE k.kind = access_among.kind))
     INTO answer USING (sent->>'low')::timestamptz, (sent->>'top')::timestamptz;
  RETURN answer;
END $$;

-- Whether that pays: the actor may read in many scopes, and few rows of anybody stand in the window.
CREATE OR REPLACE FUNCTION access_narrows(message text, mac text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  many CONSTANT int := 2000; few CONSTANT int := 200; answer boolean;
  sent jsonb := public.access_unsealed(message, mac, 'window');
BEGIN
  IF cardinality(public.access_scopes(sent->>'kind', 'read')) < many THEN RETURN false; END IF;
  EXECUTE format('SELECT count(*) <= $3 FROM (
                    SELECT FROM public.%I WHERE created_at > $1 AND created_at <= $2 LIMIT $3 + 1) w',
                 (SELECT k.relation FROM public.access_kind k WHERE k.kind = sent->>'kind'))
     INTO answer USING (sent->>'low')::timestamptz, (sent->>'top')::timestamptz, few;
  RETURN answer;
END $$;

-- Which actions an instant other than now is open to: it looks back, it never changes anything.
CREATE OR REPLACE FUNCTION access_looks_back(action text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT action IN ('find', 'read') $$;

-- THE FIRST ARM: numbers of the scopes in which the actor may do this now (and then, when asked as of).
CREATE OR REPLACE FUNCTION access_scopes(kind text, action text) RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE me public.access_actor := public.access_acting(); among int[];
BEGIN
  IF me.organisation IS NULL THEN RETURN '{}'; END IF;
  IF action = 'read' THEN among := public.access_among(kind); END IF;
  IF me.instant IS NULL THEN
    RETURN public.access_scopes_at(me, kind, action, statement_timestamp(), among);
  END IF;
  IF NOT public.access_looks_back(action) THEN RETURN '{}'; END IF;
  RETURN ARRAY(SELECT unnest(public.access_scopes_at(me, kind, action, statement_timestamp(), among))
               INTERSECT SELECT unnest(public.access_scopes_at(me, kind, action, me.instant, among)));
END $$;

-- The first arm taken apart: each clause that lets the actor do this now, with the scopes that it opens.
CREATE OR REPLACE FUNCTION access_clauses(kind text, action text)
RETURNS TABLE (agreement text, version int, clause text, term text, scopes int[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE me public.access_actor := public.access_acting(); open int[] := public.access_scopes($1, $2);
BEGIN
  RETURN QUERY
  SELECT g.agreement::text, g.version, g.clause::text, g.term::text,
         CASE WHEN me.instant IS NULL THEN c.scopes
              ELSE ARRAY(SELECT unnest(c.scopes) INTERSECT SELECT unnest(open)) END
    FROM public.access_grants_of(me, $1, $2, statement_timestamp()) g
   CROSS JOIN LATERAL (SELECT public.access_covered(g, me, statement_timestamp())) AS c (scopes)
   WHERE open <> '{}'
   ORDER BY g.agreement, g.version, g.clause, g.id;
END $$;

-- Shares that stand at an instant. One that rests on an agreement falls with it.
CREATE OR REPLACE FUNCTION access_shares_at(me access_actor, kind text, action text, instant timestamptz)
RETURNS SETOF access_share
LANGUAGE sql STABLE AS $$
  SELECT s.* FROM public.access_share s
   WHERE s.posting = me.posting AND s.kind = access_shares_at.kind AND s.holds @> instant
     AND access_shares_at.action = ANY (s.actions)
     AND (s.purposes = '{}' OR me.purpose = ANY (s.purposes))
     AND (s.agreement = '' OR (s.agreement, s.holder) IN (
           SELECT g.agreement, h.holder
             FROM (SELECT DISTINCT a.agreement, a.holder FROM public.access_grant a
                    WHERE a.holds @> instant AND a.agreement <> ''
                      AND a.recipient = ANY (public.access_estate(me.organisation, instant))) g
            CROSS JOIN LATERAL unnest(public.access_estate(g.holder, instant)) AS h (holder)))
   ORDER BY lower(s.holds) DESC, s.id LIMIT 1000
$$;

-- THE SECOND ARM: single rows that somebody opened to the actor's posting. As of another instant, a row
-- may be open by a share at the one and by its scope at the other. Always looked up by the index: a planner that
-- expects many finds the first at once by reading on, and reads all of them for whoever has none.
CREATE OR REPLACE FUNCTION access_rows(kind text, action text) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE me public.access_actor := public.access_acting(); nowadays int[]; back int[];
BEGIN
  IF NOT EXISTS (SELECT FROM public.access_share s WHERE s.posting = me.posting AND s.kind = $1) THEN RETURN '{}'; END IF;
  IF me.instant IS NULL THEN
    RETURN ARRAY(SELECT s.record FROM public.access_shares_at(me, kind, action, statement_timestamp()) s);
  END IF;
  IF NOT public.access_looks_back(action) THEN RETURN '{}'; END IF;
  nowadays := public.access_scopes_at(me, kind, action, statement_timestamp());
  back := public.access_scopes_at(me, kind, action, me.instant);
  RETURN ARRAY(
    SELECT coalesce(n.record, b.record)
      FROM public.access_shares_at(me, $1, $2, statement_timestamp()) n
      FULL JOIN public.access_shares_at(me, $1, $2, me.instant) b USING (record)
     WHERE (n.record IS NOT NULL OR b.scope = ANY (nowadays)) AND (b.record IS NOT NULL OR n.scope = ANY (back)));
END $$;

-- The number of a scope, made on first use. Numbers are drawn at random: gaps tell nothing. It is asked
-- for under seal (acting/sql/2_sealed.sql), because the answer tells whether the scope was there.
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
      PERFORM public.access_tidy($1, $2, $4, public.access_rank($5), 4);
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
