-- How many there are, for whoever acts: for lists, which say so.

-- How many rows of a kind are in these scopes, counted no further than `most` (NULL: all), and how many
-- single rows beside them; of records between two others, those of which both may be known. The two arms are counted apart, so that the first needs the index alone. The planner
-- is not shown the set, which would cost it some milliseconds for thousands; it is told when two processes
-- are worth it.
CREATE OR REPLACE FUNCTION access_tally(kind text, most int, scopes int[], single uuid[]) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
  relation text := (SELECT k.relation FROM public.access_kind k WHERE k.kind = $1);
  besides text := public.records_ends_counted($1); answer bigint := 0; more bigint := 0;
BEGIN
  IF relation IS NULL THEN RETURN 0; END IF;
  IF scopes <> '{}' AND most IS NULL THEN
    PERFORM set_config('parallel_setup_cost', '0', true) WHERE cardinality(scopes) > 1000;
    EXECUTE format('SELECT count(*) FROM public.%I WHERE scope_id = ANY ((SELECT $1)::int[]) %s', relation, besides)
      INTO answer USING scopes;
  ELSIF scopes <> '{}' THEN
    EXECUTE format('SELECT count(*) FROM (SELECT FROM public.%I WHERE scope_id = ANY ($1) %s LIMIT $2) seen',
                   relation, besides)
      INTO answer USING scopes, most;
  END IF;
  IF single <> '{}' THEN
    EXECUTE format('SELECT count(*) FROM public.%I WHERE id = ANY ($1) AND scope_id <> ALL ($2) %s', relation, besides)
      INTO more USING single, scopes;
  END IF;
  RETURN answer + more;
END $$;

-- How many rows of a kind the actor may read.
CREATE OR REPLACE FUNCTION access_seen(kind text, most int) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET min_parallel_index_scan_size = 0
SET parallel_setup_cost = 1000 SET max_parallel_workers_per_gather = 1 AS $$
BEGIN
  RETURN public.access_tally($1, $2, public.access_scopes($1, 'read'), public.access_rows($1, 'read'));
END $$;
