-- Why: the same conditions, told one by one. Nothing here says more of a compartment than its own
-- readers may know, and nothing is told of a scope that the asker may neither read, find nor have explained.

DO $$ BEGIN
  CREATE TYPE access_reason AS (
    agreement text, version int, clause text, term text, holder text, recipient text, collection text,
    units text[], roles text[], actions text[], purposes text[], rank smallint, compartment text,
    holds tstzrange, glass_minutes int, glass_roles text[],
    is_now boolean, is_unit boolean, is_role boolean, is_purpose boolean, is_action boolean, is_covering boolean);
EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN
  ALTER TYPE access_reason ADD ATTRIBUTE is_posting boolean;
EXCEPTION WHEN duplicate_column THEN NULL; END $$;

-- Whether a posting was held at an instant: for whoever asks as for anybody. The platform's own work has none.
CREATE OR REPLACE FUNCTION access_is_posted(posting uuid, instant timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT $1 IS NULL OR EXISTS (
    SELECT FROM public.people_posting p
     WHERE p.id = $1 AND p.state = 'held' AND p.starts_at <= $2 AND (p.ends_at IS NULL OR p.ends_at > $2))
$$;

-- Whoever a question is about: the asker, or another posting of the asker's organisation; else NULL.
CREATE OR REPLACE FUNCTION access_asked_about(asker access_actor, posting uuid, purpose text)
RETURNS access_actor
LANGUAGE plpgsql STABLE AS $$
DECLARE me public.access_actor := asker;
BEGIN
  IF posting IS NOT NULL AND posting IS DISTINCT FROM asker.posting THEN
    SELECT p.id, p.staff_id, p.organisation, coalesce(u.code, ''), p.role, purpose, asker.instant
      INTO me FROM public.people_posting p
      LEFT JOIN public.organisations_unit u ON u.id = p.unit_id AND u.organisation IS NULL
     WHERE p.id = access_asked_about.posting AND p.organisation = asker.organisation;
    IF NOT FOUND THEN RETURN NULL; END IF;
  ELSIF purpose IS NOT NULL THEN
    me.purpose := purpose;
  END IF;
  RETURN me;
END $$;

-- Every grant of a kind to the organisation of a posting (the actor's own when none is given), and
-- which of its conditions hold. A posting of another organisation has none. Of a record, only grants of
-- whoever holds it: what others hold is of no help.
CREATE OR REPLACE FUNCTION access_reasons(
  kind text, action text, scope int, instant timestamptz, posting uuid, purpose text)
RETURNS SETOF access_reason
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  asker public.access_actor := public.access_acting(); me public.access_actor; s public.access_scope;
BEGIN
  IF asker.organisation IS NULL THEN RETURN; END IF;
  me := public.access_asked_about(asker, posting, purpose);
  IF me.organisation IS NULL THEN RETURN; END IF;
  IF scope IS NOT NULL THEN
    SELECT a.* INTO s FROM public.access_scope a
     WHERE a.id = scope AND a.kind = access_reasons.kind
       AND (public.access_is_told(access_reasons.kind, a.id)
            OR EXISTS (SELECT FROM unnest('{find,read}'::text[]) t, public.access_shares_at(
                         me, access_reasons.kind, t, statement_timestamp()) h WHERE h.scope = a.id));
    IF NOT FOUND THEN RETURN; END IF;
  END IF;
  RETURN QUERY
  SELECT g.agreement::text, g.version, g.clause::text, g.term::text, g.holder::text, g.recipient::text,
         g.collection::text, g.units::text[], g.roles::text[], g.actions::text[], g.purposes::text[], g.rank,
         g.compartment::text, g.holds, g.glass_minutes, g.glass_roles::text[],
         g.holds @> access_reasons.instant,
         g.units = '{}' OR me.unit = ANY (g.units),
         g.roles = '{}' OR me.role = ANY (g.roles),
         g.purposes = '{}' OR me.purpose = ANY (g.purposes),
         access_reasons.action = ANY (g.actions),
         CASE WHEN s.id IS NULL THEN NULL
              ELSE public.access_covers(g, s, me.organisation, access_reasons.instant)
                   AND (g.compartment <> 'own' OR s.compartment = 'own:' || me.posting) END,
         public.access_is_posted(me.posting, access_reasons.instant)
    FROM public.access_grant g
   WHERE g.kind = access_reasons.kind
     AND g.recipient = ANY (public.access_estate(me.organisation, access_reasons.instant) || ''::text)
     AND (g.compartment = '' OR ((g.units = '{}' OR asker.unit = ANY (g.units))
                                 AND (g.roles = '{}' OR asker.role = ANY (g.roles))))
     AND (s.id IS NULL OR g.holder IN ('*', '+', s.holder)
          OR s.holder = ANY (public.access_estate(coalesce(nullif(g.holder, ''), me.organisation),
                                                  access_reasons.instant)))
   ORDER BY g.agreement, g.version, g.clause, g.id;
END $$;

-- Every opening of one record to a posting (the actor's own when none is given), and which conditions of the
-- second arm hold. The last word is that of the arm itself: `is_counted` is false for what it does not count.
CREATE OR REPLACE FUNCTION access_openings(
  kind text, action text, record uuid, instant timestamptz, posting uuid, purpose text)
RETURNS TABLE (id uuid, origin text, agreement text, clause text, holder text, actions text[], purposes text[],
               holds tstzrange, is_now boolean, is_purpose boolean, is_action boolean, is_posting boolean,
               is_agreement boolean, is_counted boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE asker public.access_actor := public.access_acting(); me public.access_actor;
BEGIN
  IF asker.posting IS NULL THEN RETURN; END IF;
  me := public.access_asked_about(asker, $5, $6);
  IF me.posting IS NULL THEN RETURN; END IF;
  RETURN QUERY
  SELECT s.id, s.origin::text, s.agreement::text, s.clause::text, s.holder::text, s.actions::text[],
         s.purposes::text[], s.holds,
         s.holds @> $4, s.purposes = '{}' OR me.purpose = ANY (s.purposes), $2 = ANY (s.actions),
         public.access_is_posted(me.posting, $4),
         s.agreement = '' OR EXISTS (
           SELECT FROM public.access_grant g
            WHERE g.agreement = s.agreement AND g.holds @> $4
              AND g.recipient = ANY (public.access_estate(me.organisation, $4))
              AND s.holder = ANY (public.access_estate(g.holder, $4))),
         EXISTS (SELECT FROM public.access_shares_at(me, $1, $2, $4) n WHERE n.id = s.id)
    FROM public.access_share s
   WHERE s.record = $3 AND s.kind = $1 AND s.posting = me.posting AND NOT isempty(s.holds)
     AND (me.posting = asker.posting OR s.scope = ANY ((SELECT public.access_decided())::int[]))
   ORDER BY s.given_at, s.id;
END $$;

-- Whether a clause that opens to each what is their own speaks to whoever's own a scope is, in a posting held then.
CREATE OR REPLACE FUNCTION access_speaks_to_owner(g access_grant, s access_scope, instant timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM public.people_posting p
      LEFT JOIN public.organisations_unit u ON u.id = p.unit_id AND u.organisation IS NULL
     WHERE p.id = CASE WHEN starts_with(s.compartment, 'own:') THEN substr(s.compartment, 5)::uuid END
       AND public.access_is_posted(p.id, instant)
       AND g.recipient = ANY (public.access_estate(p.organisation, instant) || ''::text)
       AND (g.units = '{}' OR u.code = ANY (g.units)) AND (g.roles = '{}' OR p.role = ANY (g.roles)))
$$;

-- Every grant that covers one scope: who can see this record. Asked of a scope one may be told of. What is one's own
-- opens to its owner alone; it is compared for others.
CREATE OR REPLACE FUNCTION access_audience(kind text, scope int, action text, instant timestamptz)
RETURNS SETOF access_reason
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT g.agreement::text, g.version, g.clause::text, g.term::text, g.holder::text, g.recipient::text,
         g.collection::text, g.units::text[], g.roles::text[], g.actions::text[], g.purposes::text[], g.rank,
         g.compartment::text, g.holds, g.glass_minutes, g.glass_roles::text[],
         true, true, true, true, true, true, true
    FROM public.access_scope s JOIN public.access_grant g ON g.kind = s.kind
   WHERE s.id = scope AND s.kind = access_audience.kind
     AND s.id = ANY ((SELECT public.access_told(access_audience.kind))::int[])
     AND g.holds @> instant AND access_audience.action = ANY (g.actions)
     AND public.access_covers(g, s, CASE g.holder WHEN '' THEN s.holder ELSE g.recipient END, instant)
     AND (g.compartment <> 'own' OR access_audience.action = 'deconflict' OR public.access_speaks_to_owner(g, s, instant))
   ORDER BY g.recipient, g.agreement, g.clause, g.id
$$;
