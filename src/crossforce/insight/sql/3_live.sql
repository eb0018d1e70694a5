-- Pages that stay current: told that what may be seen has changed, and asking when it next will.

-- Told in the transaction itself, since it is rare and must not be missed: nothing but that it changed.
CREATE OR REPLACE FUNCTION access_tell() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('crossforce_live', '{"kind": "access"}');
  RETURN NULL;
END $$;

DO $$
DECLARE relation text;
BEGIN
  FOREACH relation IN ARRAY ARRAY['access_grant', 'access_share', 'people_posting', 'organisations_succession'] LOOP
    EXECUTE format('CREATE OR REPLACE TRIGGER live_tell AFTER INSERT OR UPDATE OR DELETE ON public.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION public.access_tell()', relation);
  END LOOP;
END $$;

-- Whether the actor acts, and the next instant at which the clock alone changes what they may see of some
-- kinds: a grant or share of their own begins or ends, or their posting does, or that of somebody in a
-- collection that a grant of theirs opens, or a body has an heir. Asked under seal (acting/sql/2_sealed.sql), for it
-- tells of grants and postings that do not stand yet.
CREATE OR REPLACE FUNCTION access_standing(message text, mac text, OUT is_acting boolean, OUT changes_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'standing');
  kinds text[] := ARRAY(SELECT jsonb_array_elements_text(sent->'kinds'));
  me public.access_actor := public.access_acting(); at timestamptz := statement_timestamp();
  estate text[]; mine public.access_grant[]; units text[];
BEGIN
  is_acting := me.organisation IS NOT NULL;
  IF NOT is_acting THEN RETURN; END IF;
  estate := public.access_estate(me.organisation, at);
  mine := ARRAY(
    SELECT g FROM public.access_grant g
     WHERE g.recipient = ANY (estate || ''::text)
       AND (upper(g.holds) IS NULL OR upper(g.holds) > at)
       AND (g.kind = ANY (kinds) AND (g.units = '{}' OR me.unit = ANY (g.units))
                                 AND (g.roles = '{}' OR me.role = ANY (g.roles))
                                 AND (g.purposes = '{}' OR me.purpose = ANY (g.purposes))
            OR g.agreement <> '' AND g.agreement IN (
                 SELECT s.agreement FROM public.access_share s WHERE s.posting = me.posting AND s.kind = ANY (kinds))));
  units := ARRAY(SELECT DISTINCT substr(m.collection, 6) FROM unnest(mine) m WHERE m.collection LIKE 'unit:%');
  SELECT min(b.instant) INTO changes_at FROM (
    SELECT unnest(ARRAY[lower(m.holds), upper(m.holds)]) FROM unnest(mine) m
    UNION ALL
    SELECT unnest(ARRAY[lower(s.holds), upper(s.holds)]) FROM public.access_share s
     WHERE s.posting = me.posting AND s.kind = ANY (kinds)
    UNION ALL
    SELECT p.ends_at FROM public.people_posting p WHERE p.id = me.posting
    UNION ALL
    SELECT unnest(ARRAY[p.starts_at, p.ends_at])
      FROM public.organisations_unit u JOIN public.people_posting p ON p.unit_id = u.id
     WHERE u.code = ANY (units) AND u.organisation IS NULL AND p.state = 'held'
       AND (p.starts_at > at OR p.ends_at > at)
    UNION ALL
    SELECT p.ends_at FROM public.people_posting p
     WHERE p.organisation = me.organisation AND p.ends_at > at AND p.state IN ('held', 'offered')
       AND EXISTS (SELECT FROM unnest(mine) m WHERE m.holder = '+')
    UNION ALL
    SELECT greatest(s."on", o.until)::timestamp AT TIME ZONE 'Europe/London'
      FROM public.organisations_succession s JOIN public.organisations_organisation o ON o.code = s.predecessor
  ) b (instant) WHERE b.instant > at;
END $$;

-- What the actor may read of some kinds, as a print: the parts that their grants open, before anything is
-- looked up, and the single rows. Whoever has the same print may read the same rows, for all else that
-- decides is the state of the database (access_covering). Nothing for nobody, and of another instant.
CREATE OR REPLACE FUNCTION access_sight(message text, mac text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'sight');
  kinds text[] := ARRAY(SELECT jsonb_array_elements_text(sent->'kinds'));
  me public.access_actor := public.access_acting(); at timestamptz := statement_timestamp();
  parts text; single text;
BEGIN
  IF me.organisation IS NULL OR me.instant IS NOT NULL THEN RETURN ''; END IF;
  SELECT string_agg(DISTINCT concat_ws('|', g.kind, h.holder, g.collection, g.compartment, g.rank,
                                       CASE h.holder WHEN '+' THEN me.organisation END), ';') INTO parts
    FROM unnest(kinds) k (kind)
   CROSS JOIN LATERAL public.access_grants_of(me, k.kind, 'read', at) g
   CROSS JOIN LATERAL unnest(CASE WHEN g.holder IN ('*', '+') THEN ARRAY[g.holder::text]
                                  ELSE public.access_estate(coalesce(nullif(g.holder, ''), me.organisation), at)
                             END) h (holder);
  SELECT string_agg(DISTINCT concat_ws('|', k.kind, r.id), ';') INTO single
    FROM unnest(kinds) k (kind) CROSS JOIN LATERAL unnest(public.access_rows(k.kind, 'read')) r (id);
  RETURN encode(sha256(convert_to(concat(parts, '/', single), 'UTF8')), 'hex');
END $$;

-- The instants, after one and before another, at which what the actor may read of some kinds grows less by the clock:
-- a grant ends that holds at the first. Asked under seal, for it tells of what is to come.
CREATE OR REPLACE FUNCTION access_endings(message text, mac text) RETURNS timestamptz[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'endings');
  since timestamptz := sent->>'since'; until timestamptz := sent->>'until';
  me public.access_actor := public.access_acting();
BEGIN
  IF me.organisation IS NULL THEN RETURN '{}'; END IF;
  RETURN ARRAY(
    SELECT DISTINCT upper(g.holds)
      FROM jsonb_array_elements_text(sent->'kinds') k (kind)
     CROSS JOIN LATERAL public.access_grants_of(me, k.kind, 'read', since) g
     WHERE upper(g.holds) < until ORDER BY 1);
END $$;
