-- Bearer tokens: once one stands, nothing of it is written but its revocation, once, and its seal.

-- Otherwise a copy of a seal would bring back what was revoked. The seal itself opens nothing in another row.
CREATE OR REPLACE FUNCTION people_token_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE may_change CONSTANT text[] := CASE WHEN OLD.revoked_at IS NULL
                                           THEN '{revoked_at,revoked_by,seal}'::text[] ELSE '{seal}' END;
BEGIN
  IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
    RAISE EXCEPTION 'a token is revoked, and not changed otherwise' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

-- A seal under a new master key, which is put on while nobody acts. A seal that this platform did not make opens nothing.
CREATE OR REPLACE FUNCTION people_seal_token(token uuid, fresh bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE public.people_token SET seal = fresh WHERE id = token
$$;
