-- Blind deconfliction. Interests lie in the compartments of their owners, and nobody reads another's. What is compared is
-- compared here, and what is told is this: that somebody else is interested too; whom to contact, of those who let
-- themselves be contacted; whether one of them asks for it. Not how many they are, whose, since when, or what else they know.

-- Interests that count now, each with its owner as that acts: a posting that is over, a day that is past or a
-- withdrawal ends it by itself.
CREATE OR REPLACE FUNCTION nominals_interested()
RETURNS TABLE (id uuid, scope int, marks varchar[], decision text, contact text, holder text, who access_actor)
LANGUAGE sql STABLE AS $$
  SELECT i.id, i.scope_id, i.marks, i.decision::text, i.contact::text, s.holder::text,
         public.access_holding(public.access_owner(s), i.purpose)
    FROM public.nominals_interest i JOIN public.access_scope s ON s.id = i.scope_id
   WHERE i.is_on AND i.until >= (statement_timestamp() AT TIME ZONE 'Europe/London')::date
$$;

-- What marks are compared with: themselves, and the records that somebody linked as the same, or matched where nobody
-- decided against it.
CREATE OR REPLACE FUNCTION nominals_marks(marks varchar[]) RETURNS varchar[]
LANGUAGE sql STABLE AS $$
  SELECT marks || ARRAY(
    SELECT ('record:' || CASE l.one WHEN r.key THEN l.other ELSE l.one END)::varchar
      FROM (SELECT substr(m, 8)::uuid AS key FROM unnest(marks) m WHERE starts_with(m, 'record:') OFFSET 0) r
     CROSS JOIN LATERAL (
       SELECT k.one, k.other FROM public.records_link k
        WHERE k.relation = 'duplicates' AND (k.one = r.key OR k.other = r.key)
       UNION
       SELECT k.one, k.other FROM public.nominals_match k
        WHERE k.state = 'confirmed' AND (k.one = r.key OR k.other = r.key)
          AND NOT EXISTS (SELECT FROM public.nominals_match n
                           WHERE n.one = k.one AND n.other = k.other AND n.state = 'refused')) l)
$$;

-- The interests that one meets, where clauses let each side's be compared for the other.
CREATE OR REPLACE FUNCTION nominals_meets(scope int, marks varchar[], who access_actor)
RETURNS TABLE (id uuid, scope int, holder text, decision text, contact text)
LANGUAGE sql STABLE AS $$
  SELECT o.id, o.scope, o.holder, o.decision, o.contact FROM public.nominals_interested() o
   WHERE o.scope = ANY (public.access_compared($3, 'nominals.interest'))
     AND o.marks && public.nominals_marks($2)
     AND $1 = ANY (public.access_compared(o.who, 'nominals.interest'))
$$;

-- Of one's own interests those in which somebody else is interested too.
CREATE OR REPLACE FUNCTION nominals_met(wanted uuid[]) RETURNS TABLE (interest uuid, contacts text[], is_asked boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me public.access_actor := public.access_acting(); own int[];
BEGIN
  IF me.posting IS NULL OR me.instant IS NOT NULL THEN RETURN; END IF;
  own := public.access_scopes('nominals.interest', 'read');
  RETURN QUERY
  SELECT i.id, array_agg(DISTINCT o.contact) FILTER (WHERE o.decision = 'be-contacted'), bool_or(o.decision = 'contact')
    FROM public.nominals_interested() i CROSS JOIN LATERAL public.nominals_meets(i.scope, i.marks, i.who) o
   WHERE i.id = ANY (wanted) AND i.scope = ANY (own) AND (i.who).posting = me.posting
   GROUP BY i.id;
END $$;

-- Both sides of what interests meet, for the entries of each side's holder: but for those in whose entry of that day it
-- stands already. Asked under seal, shown to nobody.
CREATE OR REPLACE FUNCTION nominals_sides(message text, mac text) RETURNS TABLE (interest uuid, place int, body text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'sides');
BEGIN
  RETURN QUERY
  SELECT m.* FROM (
    SELECT DISTINCT e.id, e.scope, e.holder
      FROM public.nominals_interested() i CROSS JOIN LATERAL public.nominals_meets(i.scope, i.marks, i.who) o
     CROSS JOIN LATERAL (VALUES (i.id, i.scope, i.holder), (o.id, o.scope, o.holder)) e (id, scope, holder)
     WHERE i.id IN (SELECT k::uuid FROM jsonb_array_elements_text(sent->'interests') k)) m
   WHERE NOT EXISTS (SELECT FROM public.ledger_entry l
                      WHERE l.rows @> ARRAY[m.id] AND l.rows <> '{}' AND l.operation = 'record.combined'
                        AND l.at >= (sent->>'since')::timestamptz);
END $$;

-- After interests were registered: whatever writes them, no posting finds out by trying. The rule pack allows fewer, and says why.
CREATE OR REPLACE FUNCTION nominals_few() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.nominals_interestevent e
              WHERE e.pgh_label = 'insert' AND e.pgh_created_at > now() - interval '24 hours'
                AND e.scope_id IN (SELECT w.scope_id FROM written w)
              GROUP BY e.scope_id HAVING count(*) > 50) THEN
    RAISE EXCEPTION 'so many interests are not registered within a day' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;

-- An interest taken from a record begins while that is there: one that goes meanwhile is waited for, or waits.
CREATE OR REPLACE FUNCTION nominals_interest_begun() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.records_pointer p WHERE p.id = substr(NEW.marks[1], 8)::uuid FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such record' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'interest_of_record';
  END IF;
  RETURN NULL;
END $$;

-- A record goes: interests that were taken from it say nothing of it any more, and are compared with nobody's. Their states
-- shed it by trigger, and what the ledger kept of their words goes here. The record is locked as its disposal locks it.
-- Asked under seal, and answered for their entries: whoever disposes of a record learns of no interest in it.
CREATE OR REPLACE FUNCTION nominals_emptied(message text, mac text)
RETURNS TABLE (interest uuid, place int, body text, state int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'emptied'); gone uuid := (sent->>'record')::uuid;
BEGIN
  EXECUTE format('SELECT FROM public.%I WHERE id = $1 FOR UPDATE', (
    SELECT k.relation FROM public.access_kind k WHERE k.kind = sent->>'kind')) USING gone;
  PERFORM FROM public.records_pointer p WHERE p.id = gone FOR UPDATE;
  RETURN QUERY
  WITH emptied AS (
    UPDATE public.nominals_interest i
       SET identifier = '', marks = '{}', version = i.version + 1,
           changed_at = (sent->>'at')::timestamptz, changed_by = sent->>'by'
      FROM public.access_scope s
     WHERE s.id = i.scope_id AND i.scheme = 'record' AND i.marks @> ARRAY[concat('record:', gone)]::varchar[]
    RETURNING i.id, i.scope_id, s.holder::text, i.version),
  said AS (
    DELETE FROM public.ledger_privatepart p USING emptied e CROSS JOIN LATERAL (
      SELECT l.id FROM public.ledger_entry l
       WHERE l.rows @> ARRAY[e.id] AND l.rows <> '{}' AND l.subject = concat('nominals.interest:', e.id) OFFSET 0) l
     WHERE l.id = p.entry_id AND p.part = 'private')
  SELECT e.* FROM emptied e;
END $$;
