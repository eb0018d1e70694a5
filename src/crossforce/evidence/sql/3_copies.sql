-- Whether a clause of an agreement, by which copies of exhibits go from a giver to a receiver, holds or will hold again, and
-- whether it now says that they may be given on (`onward`). Told to these two alone: what binds them they may know.
CREATE OR REPLACE FUNCTION evidence_bound(agreement text, giver text, receiver text)
RETURNS TABLE (is_bound boolean, is_onward boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*) > 0, coalesce(bool_or(g.onward AND g.holds @> statement_timestamp()), false)
    FROM public.access_grant g
   WHERE g.kind = 'evidence.received' AND g.agreement = $1 AND g.recipient = $2 AND g.holder = $3 AND 'add' = ANY (g.actions)
     AND coalesce(upper(g.holds) > statement_timestamp(), true)
     AND ((SELECT public.access_acting())).organisation IN ($2, $3)
$$;

-- The agreements of which a clause on access still binds an organisation, or will again, told to who acts for it.
CREATE OR REPLACE FUNCTION evidence_agreements(organisation text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT DISTINCT g.agreement::text FROM public.access_grant g
   WHERE g.agreement <> '' AND $1 IN (g.holder, g.recipient) AND coalesce(upper(g.holds) > statement_timestamp(), true)
     AND ((SELECT public.access_acting())).organisation = $1
$$;
