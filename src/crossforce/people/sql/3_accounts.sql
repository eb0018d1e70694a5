-- Accounts: what is set is numbered. The number only grows, so that nothing which was sealed before is put back; and one by
-- one, so that it does not end.

CREATE OR REPLACE FUNCTION people_account_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.times_set NOT IN (OLD.times_set, OLD.times_set + 1) THEN
    RAISE EXCEPTION 'an account is not put back to what it was' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
