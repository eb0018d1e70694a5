-- Where an import puts its file: temporary tables of one connection, made by the owner because the application may
-- make none (what it left on a connection would stand in front of our tables for the next person). Always the same
-- tables, always empty at first, and gone when the import ends; the application reads and fills them, nothing else.
CREATE OR REPLACE FUNCTION duty_staging_dropped() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
BEGIN
  DROP TABLE IF EXISTS pg_temp.duty_incoming, pg_temp.duty_person, pg_temp.duty_place, pg_temp.duty_judged,
    pg_temp.duty_wrong, pg_temp.duty_refused;
END $$;

-- The rights go to the role of the session that calls, which is the only one that can reach its temporary tables.
CREATE OR REPLACE FUNCTION duty_staging_made() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made text;
BEGIN
  PERFORM public.duty_staging_dropped();
  CREATE TEMPORARY TABLE duty_incoming (
    row int, reference text, number text, what text, starts_at timestamptz, ends_at timestamptz,
    unit text, function text, call_sign text, role text, location text, latitude float8,
    longitude float8, status text, absence text, is_cancelled boolean, id uuid);
  CREATE TEMPORARY TABLE duty_person (
    number text, staff uuid, name text, starts_at timestamptz, ends_at timestamptz);
  CREATE TEMPORARY TABLE duty_place (unit text, scope_id int);
  CREATE TEMPORARY TABLE duty_judged (LIKE pg_temp.duty_incoming,
    staff uuid, name text, scope_id int, existing uuid, act text, beside timestamptz);
  CREATE TEMPORARY TABLE duty_wrong (row int, reference text, said text);
  CREATE TEMPORARY TABLE duty_refused (reference text);
  FOREACH made IN ARRAY ARRAY['incoming', 'person', 'place', 'judged', 'wrong', 'refused'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pg_temp.%I TO %I', 'duty_' || made, session_user);
  END LOOP;
END $$;

-- Figures for the planner, and indexes once all rows are judged. Raises for any other table.
CREATE OR REPLACE FUNCTION duty_staging_measured(which text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  CASE which
  WHEN 'incoming' THEN
    ANALYZE pg_temp.duty_incoming (reference, number, unit, starts_at);
  WHEN 'person' THEN
    ANALYZE pg_temp.duty_person;
  WHEN 'judged' THEN
    CREATE INDEX ON pg_temp.duty_judged (row);
    CREATE INDEX ON pg_temp.duty_judged (existing) WHERE existing IS NOT NULL;
    ANALYZE pg_temp.duty_judged (row, existing, act, beside);
  END CASE;
END $$;
