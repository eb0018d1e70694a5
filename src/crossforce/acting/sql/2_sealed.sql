-- Changes to what is enforced come sealed by the application's own process (access.acting), bound to the
-- verb and to this transaction: SQL that slipped into a request can neither grant nor share.
--
-- message := key number | backend pid | transaction start, microseconds | verb | JSON

CREATE OR REPLACE FUNCTION access_unsealed(message text, mac text, verb text) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF message ~ '^[0-9]{1,9}[|]' AND public.access_is_sealed(message, mac)
     AND split_part(message, '|', 4) = verb THEN
    RETURN substr(message, length(concat_ws('|', split_part(message, '|', 1), split_part(message, '|', 2),
                                            split_part(message, '|', 3), verb)) + 2)::jsonb;
  END IF;
  RAISE EXCEPTION 'not sealed by this platform' USING ERRCODE = 'insufficient_privilege';
END $$;
