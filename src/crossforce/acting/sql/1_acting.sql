-- Who acts. The application puts a token into `crossforce.acting` for one transaction; everything
-- below believes it only when its MAC is right for this backend and this transaction.
--
-- token   := message '~' hex(HMAC-SHA256(key, message))
-- message := key number | backend pid | transaction start, microseconds | posting | staff
--            | organisation | unit | role | purpose | instant, microseconds ('' is now)
--
-- Only functions that the application may call set their search path: what they call inherits it, and is
-- inlined where it can be. Every name is written with its schema all the same.

-- HMAC-SHA256 from the key's two pads, since the core of PostgreSQL has sha256() and no hmac().
CREATE OR REPLACE FUNCTION access_mac(number int, message text) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE key public.access_key;
BEGIN
  SELECT k.* INTO key FROM public.access_key k WHERE k.number = access_mac.number;
  RETURN encode(sha256(key.outer_pad || sha256(key.inner_pad || convert_to(message, 'UTF8'))), 'hex');
END $$;

-- The instant that the policies read at: the start of the statement, whatever the clock said before.
CREATE OR REPLACE FUNCTION access_micros(instant timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT (extract(epoch FROM instant) * 1000000)::bigint::text $$;

-- Whether something that the application asks for was sealed by its process in this very transaction.
CREATE OR REPLACE FUNCTION access_is_sealed(message text, mac text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE parts text[] := string_to_array(message, '|');
BEGIN
  RETURN coalesce(parts[2] = pg_backend_pid()::text AND parts[3] = public.access_micros(now())
                  AND mac = public.access_mac(parts[1]::int, message), false);
END $$;

DO $$ BEGIN
  CREATE TYPE access_actor AS (
    posting uuid, staff uuid, organisation text, unit text, role text, purpose text, instant timestamptz
  );
EXCEPTION WHEN duplicate_object THEN NULL; END $$;

-- The authenticated actor, or NULL: no token, a forged, copied or old one, a posting that is another's or over (or
-- had not begun then). Only the platform's own named work has no posting. A unit counts when an
-- agreement made it; a team of one's own may bear any name.
CREATE OR REPLACE FUNCTION access_acting() RETURNS access_actor
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  token text := current_setting('crossforce.acting', true);
  message text; parts text[]; me public.access_actor;
BEGIN
  IF token IS NULL OR token = '' THEN RETURN NULL; END IF;
  message := split_part(token, '~', 1);
  IF message !~ '^[0-9]{1,9}[|]' OR NOT public.access_is_sealed(message, split_part(token, '~', 2)) THEN
    RETURN NULL;
  END IF;
  parts := string_to_array(message, '|');
  me := (nullif(parts[4], '')::uuid, nullif(parts[5], '')::uuid, parts[6], parts[7], parts[8], parts[9],
         to_timestamp(nullif(parts[10], '')::numeric / 1000000));
  IF me.posting IS NULL THEN
    IF me.organisation = 'crossforce-platform' AND me.role LIKE 'system:%' THEN RETURN me; END IF;
    RETURN NULL;
  END IF;
  SELECT coalesce(u.code, '') INTO me.unit
    FROM public.people_posting p
    LEFT JOIN public.organisations_unit u ON u.id = p.unit_id AND u.organisation IS NULL
   WHERE p.id = me.posting AND p.staff_id = me.staff AND p.organisation = me.organisation AND p.role = me.role
     AND p.state = 'held'
     AND p.starts_at <= least(statement_timestamp(), me.instant)
     AND (p.ends_at IS NULL OR p.ends_at > greatest(statement_timestamp(), me.instant));
  IF NOT FOUND THEN RETURN NULL; END IF;
  RETURN me;
END $$;
