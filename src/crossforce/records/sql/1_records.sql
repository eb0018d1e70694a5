-- What repeats a record elsewhere, and who may know of it. Generated triggers (following.py) call these.

-- Loads the extension into this session: until then its settings may not be named in a function.
SELECT public.show_limit();

-- Scopes and single rows of any kind in which the actor may do this. '' asks about every kind.
CREATE OR REPLACE FUNCTION records_scopes(action text) RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.access_scopes('', action)
$$;

CREATE OR REPLACE FUNCTION records_rows(action text) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(r), '{}')
    FROM (SELECT DISTINCT s.kind FROM public.access_share s
           WHERE s.posting = (public.access_acting()).posting) held,
         unnest(public.access_rows(held.kind, action)) r
$$;

-- What the actor may at least know of: found or read.
CREATE OR REPLACE FUNCTION records_known_scopes() RETURNS int[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.access_scopes('', 'find') || public.access_scopes('', 'read')
$$;

CREATE OR REPLACE FUNCTION records_known_rows() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.records_rows('find') || public.records_rows('read')
$$;

-- What scopes stand for, of those that the actor may know of.
CREATE OR REPLACE FUNCTION records_described(scopes int[])
RETURNS TABLE (id int, holder text, kind text, collection text, compartment text, marking text, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.id, s.holder::text, s.kind::text, s.collection::text, s.compartment::text, s.marking::text, s.person
    FROM public.access_scope s
   WHERE s.id = ANY (scopes)
     AND (s.id IN (SELECT unnest(public.access_scopes(k.kind::text, a.action))  -- of the kinds asked about alone
                     FROM (SELECT DISTINCT n.kind FROM public.access_scope n WHERE n.id = ANY (scopes)) k
                    CROSS JOIN (VALUES ('find'), ('read'), ('add')) a (action))
          OR EXISTS (SELECT FROM public.access_share h
                      WHERE h.scope = s.id AND h.posting = (public.access_acting()).posting
                        AND h.record = ANY ((SELECT public.records_known_rows())::uuid[]))
          OR EXISTS (SELECT FROM public.records_pointer p
                      WHERE p.scope_id = s.id AND p.id = ANY ((SELECT public.records_known_rows())::uuid[])))
$$;

-- The clauses that let the actor act in these scopes now, each with the scopes that it covers.
CREATE OR REPLACE FUNCTION records_covering(me access_actor, kind text, action text, scopes int[])
RETURNS TABLE (agreement text, version int, clause text, scope int)
LANGUAGE sql STABLE AS $$
  SELECT g.agreement::text, g.version, g.clause::text, s.id
    FROM public.access_scope s
    JOIN public.access_grants_of($1, $2, $3, statement_timestamp()) g
      ON g.kind = s.kind AND g.compartment = s.compartment AND s.rank <= g.rank
   WHERE s.id = ANY ($4) AND g.agreement <> ''
     AND (g.holder = s.holder
          OR EXISTS (SELECT FROM public.organisations_succession h WHERE h.successor = g.holder)
             AND s.holder = ANY (public.access_estate(g.holder, statement_timestamp())))
     AND (g.collection IN ('', s.collection)
          OR s.person IS NOT NULL AND EXISTS (
               SELECT FROM public.people_posting p JOIN public.organisations_unit u ON u.id = p.unit_id
                WHERE p.staff_id = s.person AND g.collection = 'unit:' || u.code AND u.organisation IS NULL
                  AND p.state = 'held' AND p.starts_at <= statement_timestamp()
                  AND (p.ends_at IS NULL OR p.ends_at > statement_timestamp())))
$$;

-- The clauses on which an act in these scopes rests. Who acts by a share rests on the share's own.
CREATE OR REPLACE FUNCTION records_grounds_of(me access_actor, kind text, action text, scopes int[])
RETURNS TABLE (agreement text, version int, clause text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  IF me.instant IS NOT NULL AND NOT public.access_looks_back($3) THEN RETURN; END IF;
  RETURN QUERY SELECT DISTINCT c.agreement, c.version, c.clause FROM public.records_covering(me, $2, $3, $4) c ORDER BY 1, 2, 3;
END $$;

CREATE OR REPLACE FUNCTION records_grounds(kind text, action text, scopes int[])
RETURNS TABLE (agreement text, version int, clause text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN QUERY SELECT * FROM public.records_grounds_of(public.access_acting(), $1, $2, $3);
END $$;

-- How many records the actor may read, counted no further than `most`. Scopes that clauses cover now are counted
-- first: often these are enough, and what the actor reaches besides need not be worked out.
CREATE OR REPLACE FUNCTION records_seen(me access_actor, kind text, most int, covered int[]) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE reach int[]; single uuid[] := '{}';
BEGIN
  IF me.instant IS NOT NULL THEN
    RETURN public.access_tally($2, $3, public.access_scopes($2, 'read'), public.access_rows($2, 'read'));
  END IF;
  IF public.access_tally($2, $3, covered, '{}') >= most THEN RETURN most; END IF;
  reach := public.access_scopes_at(me, $2, 'read', statement_timestamp());
  IF EXISTS (SELECT FROM public.access_share s WHERE s.posting = me.posting AND s.kind = $2) THEN
    single := ARRAY(SELECT s.record FROM public.access_shares_at(me, $2, 'read', statement_timestamp()) s);
  END IF;
  RETURN public.access_tally($2, $3, reach, single);
END $$;

-- What is told of a list beside its rows, in one call: how many the actor may read, counted no further than
-- `most`, and the clauses on which reading in the scopes of its rows rests.
CREATE OR REPLACE FUNCTION records_listed(kind text, most int, scopes int[])
RETURNS TABLE (seen bigint, agreement text, version int, clause text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE me public.access_actor := public.access_acting();
BEGIN
  IF me.organisation IS NULL THEN RETURN; END IF;
  RETURN QUERY
  WITH covering AS MATERIALIZED (SELECT * FROM public.records_covering(me, $1, 'read', $3))
  SELECT t.seen, g.agreement, g.version, g.clause
    FROM (SELECT public.records_seen(me, $1, $2, ARRAY(SELECT DISTINCT c.scope FROM covering c)) OFFSET 0) AS t (seen)
    LEFT JOIN (SELECT DISTINCT c.agreement, c.version, c.clause FROM covering c) g ON true
   ORDER BY 2, 3, 4;
END $$;

-- A record that moves to another scope takes along what stands beside it. Its pointer and its words follow
-- with every row that a statement writes, by a function made for each table (following.py). The lock on the pointer
-- keeps it apart from what is being put beside it (records_beside, records_ends, records_ends_begun): the later of the
-- two sees the other.
CREATE OR REPLACE FUNCTION records_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.records_pointer WHERE id = NEW.id FOR UPDATE;
  UPDATE public.records_link SET one_scope = NEW.scope_id WHERE one = NEW.id;
  UPDATE public.records_link SET other_scope = NEW.scope_id WHERE other = NEW.id;
  UPDATE public.records_ends SET one_scope = NEW.scope_id WHERE one = NEW.id;
  UPDATE public.records_ends SET other_scope = NEW.scope_id WHERE other = NEW.id;
  UPDATE public.records_hold SET scope_id = NEW.scope_id WHERE record = NEW.id;
  UPDATE public.records_proposal SET scope_id = NEW.scope_id WHERE record = NEW.id;
  RETURN NULL;
END $$;

-- Who acts, as the columns say that tell by whom (operations/beats.py).
CREATE OR REPLACE FUNCTION records_by() RETURNS text
LANGUAGE sql STABLE AS $$ SELECT coalesce('staff:' || me.staff, me.role) FROM public.access_acting() me $$;

-- By whom a record was made and changed is who acts, and how it came to be is told once. The owner, which upgrades
-- an installation, tells what it found. EXCEPT, since a join would keep the plan that was made for one row.
CREATE OR REPLACE FUNCTION records_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me text; is_untrue boolean;
BEGIN
  IF session_user = current_user THEN RETURN NULL; END IF;
  me := public.records_by();
  IF TG_OP = 'INSERT' THEN
    is_untrue := EXISTS (SELECT FROM written w WHERE (w.created_by, w.changed_by) IS DISTINCT FROM (me, me)
                            OR w.proposed_by NOT IN ('', me));
  ELSE
    is_untrue := EXISTS (SELECT FROM written w WHERE w.changed_by IS DISTINCT FROM me)
              OR EXISTS (SELECT w.id, w.created_at, w.created_by FROM written w
                         EXCEPT SELECT s.id, s.created_at, s.created_by FROM stood s)
              OR EXISTS (SELECT w.id, w.proposed_by FROM written w WHERE w.proposed_by NOT IN ('', me)
                         EXCEPT SELECT s.id, s.proposed_by FROM stood s);
  END IF;
  IF is_untrue THEN
    RAISE EXCEPTION 'a record says truly by whom it was made and changed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

-- The same of what stands beside records: who placed a hold and who lifted it, who proposed and who answered, who
-- tied records. Arguments: the columns.
CREATE OR REPLACE FUNCTION records_beside_told() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me text; said jsonb := to_jsonb(NEW); stood jsonb := CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) END;
BEGIN
  IF session_user = current_user THEN RETURN NEW; END IF;
  me := public.records_by();
  IF EXISTS (SELECT FROM unnest(TG_ARGV) a
              WHERE said->>a NOT IN ('', coalesce(me, '')) AND said->>a IS DISTINCT FROM stood->>a) THEN
    RAISE EXCEPTION 'it is told truly by whom' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- Whether what goes lies where one posting alone reaches, and nobody acts: then `records_left` has judged it.
CREATE OR REPLACE FUNCTION records_is_left(place int) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT (public.access_acting()).organisation IS NULL
     AND EXISTS (SELECT FROM public.access_scope s WHERE s.id = place AND starts_with(s.compartment, 'own:'))
$$;

-- Every name under which whoever acts is one human.
CREATE OR REPLACE FUNCTION records_me() RETURNS text[]
LANGUAGE sql STABLE AS $$
  SELECT array_remove(ARRAY(SELECT public.records_by() UNION
    SELECT concat('staff:', h) FROM unnest(public.people_one_human((public.access_acting()).staff)) h), NULL)
$$;

-- The group and day with which others than these left a record: those with which it began, where nobody else has.
CREATE OR REPLACE FUNCTION records_as_left(states text, record uuid, me text[], OUT left_group text, OUT left_due date)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  EXECUTE format('SELECT s.review_group, s.review_due
      FROM (SELECT e.pgh_id, e.changed_by, e.review_group, e.review_due, row_number() OVER states AS place,
                   lag(e.review_group) OVER states AS was_group, lag(e.review_due) OVER states AS was_due
              FROM public.%I e WHERE e.pgh_obj_id = $1 WINDOW states AS (ORDER BY e.pgh_id)) s
     WHERE s.place = 1 OR s.changed_by <> ALL ($2)
       AND (s.review_group, s.review_due) IS DISTINCT FROM (s.was_group, s.was_due)
     ORDER BY s.pgh_id DESC LIMIT 1', states) INTO left_group, left_due USING record, me;
END $$;

-- Whether a record may still need others: until it is due, also as others left it, or while it is held. Whoever asks waits
-- for what is being changed in it or held of it just now, and keeps that away until what they do is done: row first, pointer then.
CREATE OR REPLACE FUNCTION records_stays(relation text, record uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE due date;
BEGIN
  EXECUTE format('SELECT (to_jsonb(r)->>''review_due'')::date FROM public.%I r WHERE r.id = $1 FOR SHARE', relation) INTO due USING $2;
  PERFORM FROM public.records_pointer p WHERE p.id = $2 FOR UPDATE;
  IF EXISTS (SELECT FROM public.records_hold h WHERE h.record = $2 AND h.lifted_at IS NULL) THEN RETURN true; END IF;
  RETURN due IS NOT NULL
         AND greatest(due, (SELECT l.left_due FROM public.records_as_left(relation || 'event', $2, public.records_me()) l))
             > (statement_timestamp() AT TIME ZONE 'Europe/London')::date;
END $$;

-- Whether another record still needs it, whoever may know of that.
CREATE OR REPLACE FUNCTION records_needed(needed uuid) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE tied record;
BEGIN
  FOR tied IN SELECT l.one, k.relation FROM public.records_link l JOIN public.access_kind k ON k.kind = l.one_kind
               WHERE l.other = needed AND l.relation = 'needs' ORDER BY l.one LOOP
    IF public.records_stays(tied.relation::text, tied.one) THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;

-- Before a record goes: nothing that is held may, nothing before its review is due, and nothing of groups 1 and 2 by
-- the word of one human. What whoever disposes set themself does not count for it: group and day are also those that
-- others left it with (rules/retention.py says it in words). Nor may what another record still needs. The lock on the
-- pointer keeps a hold that is being placed (records_beside) and a disposal apart: the later of the two sees the other.
-- What stands between two records goes with either, unless the same holder holds it back (sql/2_ends.sql). Argument: the table of its states.
CREATE OR REPLACE FUNCTION records_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE alone text[] := '{1,2}'; left_group text; left_due date; me text[] := public.records_me();
BEGIN
  PERFORM FROM public.records_pointer WHERE id = OLD.id FOR UPDATE;
  IF EXISTS (SELECT FROM public.records_hold WHERE record = OLD.id AND lifted_at IS NULL) THEN
    RAISE EXCEPTION 'the record is held' USING ERRCODE = 'object_in_use', CONSTRAINT = 'record_held';
  END IF;
  IF session_user = current_user OR pg_trigger_depth() > 1 OR public.records_is_left(OLD.scope_id) THEN RETURN OLD; END IF;
  IF public.records_needed(OLD.id) THEN
    RAISE EXCEPTION 'something else needs it' USING ERRCODE = 'object_in_use', CONSTRAINT = 'record_needed';
  END IF;
  SELECT l.left_group, l.left_due INTO left_group, left_due FROM public.records_as_left(TG_ARGV[0], OLD.id, me) l;
  IF greatest(OLD.review_due, left_due) > (statement_timestamp() AT TIME ZONE 'Europe/London')::date THEN
    RAISE EXCEPTION 'the record is not due'
      USING ERRCODE = 'object_not_in_prerequisite_state', CONSTRAINT = 'record_not_due';
  END IF;
  IF (OLD.review_group = ANY (alone) OR left_group = ANY (alone))
     AND (me = '{}' OR OLD.disposal <> 'proposed' OR OLD.proposed_by = ANY (me))
     OR public.records_cut_by_oneself(OLD.id) THEN
    RAISE EXCEPTION 'two people dispose of it'
      USING ERRCODE = 'object_not_in_prerequisite_state', CONSTRAINT = 'record_of_two';
  END IF;
  RETURN OLD;
END $$;

-- After a guarded row went: nothing of it is left but the ledger. Arguments: tables of its states.
CREATE OR REPLACE FUNCTION records_forget() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE states text;
BEGIN
  PERFORM public.records_ends_go(OLD.id);
  DELETE FROM public.records_pointer WHERE id = OLD.id;
  DELETE FROM public.records_searched WHERE id = OLD.id;
  DELETE FROM public.records_link WHERE one = OLD.id OR other = OLD.id;
  DELETE FROM public.records_cut WHERE one = OLD.id OR other = OLD.id;
  DELETE FROM public.records_hold WHERE record = OLD.id;
  DELETE FROM public.records_proposal WHERE record = OLD.id;
  FOREACH states IN ARRAY coalesce(TG_ARGV, '{}') LOOP
    EXECUTE format('DELETE FROM public.%I WHERE pgh_obj_id = $1', states) USING OLD.id;
  END LOOP;
  RETURN NULL;
END $$;

-- What a record says no longer in a field that its kind sheds, its states say no longer either: that it was erased is
-- all that they tell. Arguments: the table of its states, and the fields.
CREATE OR REPLACE FUNCTION records_shed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE said jsonb := to_jsonb(NEW); field text; erased text;
BEGIN
  FOR number IN 1 .. TG_NARGS - 1 LOOP
    field := TG_ARGV[number];
    IF said->field IN ('{}', '[]', '""') THEN
      SELECT CASE t.typcategory WHEN 'S' THEN 'erased' WHEN 'A' THEN '{erased}' ELSE '"erased"' END INTO erased
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = TG_RELID AND a.attname = field;
      EXECUTE format('UPDATE public.%1$I SET %2$I = %3$L WHERE pgh_obj_id = $1'
                     ' AND to_jsonb(%2$I) NOT IN ($2, ''"erased"'', ''["erased"]'')', TG_ARGV[0], field, erased)
        USING NEW.id, said->field;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- The states of a record are never rewritten, but for what it sheds, and go only when it has gone. Arguments: its
-- table, and the fields that it sheds.
CREATE OR REPLACE FUNCTION records_states() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE is_there boolean;
BEGIN
  IF TG_OP = 'DELETE' THEN
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE id = $1)', TG_ARGV[0])
      INTO is_there USING OLD.pgh_obj_id;
    IF NOT is_there THEN RETURN OLD; END IF;
  ELSIF TG_NARGS > 1 AND to_jsonb(NEW) - TG_ARGV[1:] = to_jsonb(OLD) - TG_ARGV[1:] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the states of a record are append-only: % is refused', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$;

-- What stands beside a record takes kind and scope from the record itself, whatever was sent.
CREATE OR REPLACE FUNCTION records_beside() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT p.kind, p.scope_id INTO NEW.kind, NEW.scope_id
    FROM public.records_pointer p WHERE p.id = NEW.record FOR KEY SHARE;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION records_ends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- What is needed before what needs it, as a disposal locks them (records_needed).
  SELECT p.kind, p.scope_id INTO NEW.other_kind, NEW.other_scope
    FROM public.records_pointer p WHERE p.id = NEW.other FOR KEY SHARE;
  SELECT p.kind, p.scope_id INTO NEW.one_kind, NEW.one_scope
    FROM public.records_pointer p WHERE p.id = NEW.one FOR KEY SHARE;
  RETURN NEW;
END $$;

-- What matches, in no order: whole words and their beginnings; near spellings only where these find little.
-- Scopes are tested before anything is compared closely, and no more than so many rows are. So that this is
-- the order in fact, the planner sees the scopes (a set that is planned with is hashed), and takes the
-- comparison for dearer than the test, since `concat` is not worked out beforehand.
CREATE OR REPLACE FUNCTION records_matches(asked text, kinds text[])
RETURNS TABLE (kind text, id uuid, may_read boolean, rank real)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp SET pg_trgm.strict_word_similarity_threshold = 0.5
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  compared CONSTANT int := 5000;
  little CONSTANT int := 5;
  readable int[] := public.access_scopes('', 'read');
  findable int[] := public.access_scopes('', 'find');
  read_rows uuid[] := public.records_rows('read');
  find_rows uuid[] := public.records_rows('find');
  is_any boolean := cardinality(kinds) = 0;
  found int := 0;
  part int;
  q tsquery := (SELECT to_tsquery('simple', string_agg(quote_literal(w) || ':*', ' & '))
                  FROM unnest(regexp_split_to_array(lower(asked), '[^[:alnum:]]+')) w WHERE w <> '');
BEGIN
  IF q IS NULL THEN RETURN; END IF;
  RETURN QUERY SELECT t.kind::text, t.id, true, 1::real + ts_rank(t.words, q) FROM (
    SELECT * FROM records_searched r
     WHERE cardinality(readable) > 0 AND r.scope_id = ANY (readable) AND (is_any OR r.kind = ANY (kinds))
       AND r.words @@ q LIMIT compared) t;
  GET DIAGNOSTICS part = ROW_COUNT; found := found + part;
  RETURN QUERY SELECT t.kind::text, t.id, true, 1::real + ts_rank(t.words, q) FROM records_searched t
     WHERE t.id = ANY (read_rows) AND (is_any OR t.kind = ANY (kinds)) AND t.words @@ q;
  GET DIAGNOSTICS part = ROW_COUNT; found := found + part;
  RETURN QUERY SELECT t.kind::text, t.id, false, 1::real + ts_rank(t.shown_words, q) FROM (
    SELECT * FROM records_searched r
     WHERE cardinality(findable) > 0 AND r.scope_id = ANY (findable) AND (is_any OR r.kind = ANY (kinds))
       AND r.shown_words @@ q LIMIT compared) t;
  GET DIAGNOSTICS part = ROW_COUNT; found := found + part;
  RETURN QUERY SELECT t.kind::text, t.id, false, 1::real + ts_rank(t.shown_words, q) FROM records_searched t
     WHERE t.id = ANY (find_rows) AND (is_any OR t.kind = ANY (kinds)) AND t.shown_words @@ q;
  GET DIAGNOSTICS part = ROW_COUNT; found := found + part;
  IF found >= little THEN RETURN; END IF;
  RETURN QUERY SELECT t.kind::text, t.id, true, strict_word_similarity(asked, t.text) FROM (
    SELECT * FROM records_searched r
     WHERE cardinality(readable) > 0 AND r.scope_id = ANY (readable) AND (is_any OR r.kind = ANY (kinds))
       AND concat(asked) <<% r.text LIMIT compared) t;
  RETURN QUERY SELECT t.kind::text, t.id, true, strict_word_similarity(asked, t.text) FROM records_searched t
     WHERE t.id = ANY (read_rows) AND (is_any OR t.kind = ANY (kinds)) AND asked <<% t.text;
  RETURN QUERY SELECT t.kind::text, t.id, false, strict_word_similarity(asked, t.shown) FROM (
    SELECT * FROM records_searched r
     WHERE cardinality(findable) > 0 AND r.scope_id = ANY (findable) AND (is_any OR r.kind = ANY (kinds))
       AND concat(asked) <<% r.shown LIMIT compared) t;
  RETURN QUERY SELECT t.kind::text, t.id, false, strict_word_similarity(asked, t.shown) FROM records_searched t
     WHERE t.id = ANY (find_rows) AND (is_any OR t.kind = ANY (kinds)) AND asked <<% t.shown;
END $$;

-- Search over every kind, in what may be read and in the shown fields of what may be found, best first.
-- The caller reads the rows anew.
CREATE OR REPLACE FUNCTION records_search(asked text, kinds text[], most int)
RETURNS TABLE (kind text, id uuid, may_read boolean, rank real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.kind, m.id, bool_or(m.may_read), max(m.rank) FROM public.records_matches(asked, kinds) m
   GROUP BY m.kind, m.id ORDER BY 4 DESC, m.id DESC LIMIT most
$$;
