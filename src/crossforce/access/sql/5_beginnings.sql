-- What decisions begin from: postings, accounts and tokens; bodies, their heirs, their units. Everybody may
-- read them, because nobody acts yet; they are written by who keeps them, by standing power.

-- Whether the actor keeps something of an organisation's, by standing power: its people, its units, the
-- body itself.
CREATE OR REPLACE FUNCTION access_keeps(what text, organisation text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me public.access_actor := public.access_acting(); instant timestamptz := statement_timestamp();
BEGIN
  RETURN me.organisation IS NOT NULL AND me.instant IS NULL AND EXISTS (
    SELECT FROM public.access_grants_of(me, what, 'edit', instant) g
     WHERE g.agreement = '' AND (g.holder = '*'
        OR g.holder = '' AND access_keeps.organisation = ANY (public.access_estate(me.organisation, instant))));
END $$;

-- Whether the actor administers the people of an organisation.
CREATE OR REPLACE FUNCTION access_administers(organisation text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT public.access_keeps('people.staff', organisation)
$$;

-- Whether the actor administers the people of whoever employs somebody.
CREATE OR REPLACE FUNCTION access_employs(staff uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce((SELECT public.access_administers(s.organisation)
                     FROM public.people_staff s WHERE s.id = staff), false)
$$;

-- The roles that are offices; access/beginnings.py puts those of the rule pack in its place, where they stay.
DO $do$ BEGIN
  CREATE FUNCTION access_offices() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ SELECT '{}'::text[] $$;
EXCEPTION WHEN duplicate_function THEN NULL; END $do$;

-- Whether a posting would give the actor an office: nobody appoints themself.
CREATE OR REPLACE FUNCTION access_gives_own_office(staff uuid, role text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT role = ANY (public.access_offices()) AND staff IS NOT DISTINCT FROM (public.access_acting()).staff
$$;

-- Whether an account is the actor's own.
CREATE OR REPLACE FUNCTION access_signs_in(account uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM public.people_account a
                  WHERE a.id = account AND a.staff_id = (public.access_acting()).staff)
$$;

-- A posting keeps its person, place and role, is never made longer, and is held by the word of the
-- organisation that is acted for, whoever else may change it.
CREATE OR REPLACE FUNCTION access_posting_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.staff_id, NEW.organisation, NEW.role, NEW.starts_at)
       IS DISTINCT FROM (OLD.staff_id, OLD.organisation, OLD.role, OLD.starts_at)
     OR NEW.unit_id IS DISTINCT FROM OLD.unit_id
     OR coalesce(NEW.ends_at, 'infinity') > coalesce(OLD.ends_at, 'infinity')
     OR NEW.state = 'held' AND OLD.state <> 'held' AND NOT public.access_administers(NEW.organisation) THEN
    RAISE EXCEPTION 'a posting is not changed so' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- Whose account it is, and whether it is open, is decided by who administers that person.
CREATE OR REPLACE FUNCTION access_account_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.staff_id IS NULL OR public.access_employs(NEW.staff_id) THEN RETURN NEW; END IF;
  ELSIF (NEW.staff_id, NEW.organisation, NEW.username, NEW.is_active)
          IS NOT DISTINCT FROM (OLD.staff_id, OLD.organisation, OLD.username, OLD.is_active)
     OR (OLD.staff_id IS NULL OR public.access_employs(OLD.staff_id))
        AND (NEW.staff_id IS NULL OR public.access_employs(NEW.staff_id)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an account is not changed so' USING ERRCODE = 'insufficient_privilege';
END $$;
