-- Changes to what is enforced come sealed by the application's own process (acting/sql/2_sealed.sql).

-- All grants of one agreement, in place of those that stood. The lock keeps two such acts apart.
CREATE OR REPLACE FUNCTION access_put_grants(message text, mac text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'grants'); written int;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('access_put_grants'), hashtext(sent->>'agreement'));
  DELETE FROM public.access_grant WHERE agreement = sent->>'agreement';
  INSERT INTO public.access_grant
         (agreement, version, clause, term, holder, recipient, kind, collection, units, roles, actions,
          purposes, rank, compartment, holds, onward, glass_minutes, glass_roles)
  SELECT sent->>'agreement', version, clause, term, holder, recipient, kind, collection, units, roles, actions,
         purposes, public.access_rank(marking), compartment, tstzrange(starts_at, ends_at), onward,
         glass_minutes, glass_roles
    FROM jsonb_to_recordset(sent->'grants') AS g (
         version int, clause text, term text, holder text, recipient text, kind text, collection text,
         units text[], roles text[], actions text[], purposes text[], marking text, compartment text,
         starts_at timestamptz, ends_at timestamptz, onward boolean, glass_minutes int, glass_roles text[]);
  GET DIAGNOSTICS written = ROW_COUNT;
  RETURN written;
END $$;

-- The number of the scope that is described, made on first use.
CREATE OR REPLACE FUNCTION access_scope_of(message text, mac text) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE sent jsonb := public.access_unsealed(message, mac, 'scope');
BEGIN
  RETURN public.access_number_of(sent->>'holder', sent->>'kind', sent->>'collection', sent->>'compartment',
                                 sent->>'marking', (sent->>'person')::uuid);
END $$;

-- A row moves only to where its mover may edit by scope: a share opens the row, not the place where it might go.
-- It stays with whoever holds it, and takes its shares and requests along.
CREATE OR REPLACE FUNCTION access_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- The owner moves rows while it upgrades an installation; it is nobody's login but the installation's own.
  IF session_user <> current_user
     AND NOT coalesce(NEW.scope_id = ANY (public.access_scopes(TG_ARGV[0], 'edit')), false) THEN
    RAISE EXCEPTION 'not moved to where its mover may not edit' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF session_user <> current_user
     AND (SELECT s.holder FROM public.access_scope s WHERE s.id = OLD.scope_id)
         IS DISTINCT FROM (SELECT s.holder FROM public.access_scope s WHERE s.id = NEW.scope_id) THEN
    RAISE EXCEPTION 'moving does not change who holds it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE public.access_share SET scope = NEW.scope_id,
         holder = (SELECT s.holder FROM public.access_scope s WHERE s.id = NEW.scope_id)
   WHERE record = NEW.id AND kind = TG_ARGV[0];
  UPDATE public.access_request SET scope = NEW.scope_id,
         holder = (SELECT s.holder FROM public.access_scope s WHERE s.id = NEW.scope_id)
   WHERE record = NEW.id AND kind = TG_ARGV[0];
  RETURN NULL;
END $$;

-- The scopes about whose shares and requests the actor may decide: of what the own organisation holds,
-- by standing power; within a compartment only for those who read there.
CREATE OR REPLACE FUNCTION access_decided() RETURNS int[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE me public.access_actor := public.access_acting(); open int[];
BEGIN
  IF me.organisation IS NULL THEN RETURN '{}'; END IF;
  open := public.access_scopes('', 'decide');
  IF open = '{}' THEN RETURN open; END IF;
  RETURN open || coalesce((SELECT array_agg(s.id) FROM public.access_scope s
    WHERE s.compartment <> '' AND s.id = ANY ((SELECT public.access_scopes('', 'read'))::int[])
      AND s.holder = ANY (public.access_estate(me.organisation, statement_timestamp()))), '{}');
END $$;
