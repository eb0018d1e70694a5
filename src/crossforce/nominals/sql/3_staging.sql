-- Where a load puts its rows: temporary tables of one connection, made by the owner because the application may make
-- none. Always the same tables, empty at first and gone when the load ends; the application reads and fills them.
CREATE OR REPLACE FUNCTION nominals_staging_dropped() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
BEGIN
  DROP TABLE IF EXISTS pg_temp.nominals_incoming, pg_temp.nominals_tied, pg_temp.nominals_judged;
END $$;

-- The rights go to the role of the session that calls, which is the only one that can reach its temporary tables.
CREATE OR REPLACE FUNCTION nominals_staging_made() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE made text;
BEGIN
  PERFORM public.nominals_staging_dropped();
  CREATE TEMPORARY TABLE nominals_incoming (
    row int, source_reference text, is_deleted boolean, number text, team text, recorded_on date, family_name text,
    given_names text, sex text, born text, categories varchar[], warnings varchar[], what text, identifier text,
    description text, address text, postcode text, latitude float8, longitude float8, happened_from timestamptz,
    happened_to timestamptz, summary text, place text, one_number text, one_kind text, other_number text,
    other_kind text, role text, since text, until text, statements jsonb, id uuid, one uuid, other uuid);
  CREATE TEMPORARY TABLE nominals_tied (LIKE pg_temp.nominals_incoming);
  CREATE TEMPORARY TABLE nominals_judged (
    row int, source_reference text, id uuid, existing uuid, version int, act text);
  FOREACH made IN ARRAY ARRAY['incoming', 'tied', 'judged'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pg_temp.%I TO %I', 'nominals_' || made, session_user);
  END LOOP;
END $$;

-- Figures for the planner, and indexes by which a batch finds its rows: without them each would read the whole load.
CREATE OR REPLACE FUNCTION nominals_staging_measured() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET client_min_messages = warning AS $$
BEGIN
  CREATE INDEX IF NOT EXISTS nominals_incoming_row ON pg_temp.nominals_incoming (row);
  CREATE INDEX IF NOT EXISTS nominals_judged_row ON pg_temp.nominals_judged (row);
  ANALYZE pg_temp.nominals_incoming (row, source_reference, one_number, other_number);
  ANALYZE pg_temp.nominals_judged (row, existing, act);
END $$;
