-- How much a decision of a board has opened in all, also by budgets whose record is not open to whoever asks: nobody
-- opens more by it than its sum. Nothing else of a budget is told, of one in a compartment nothing but to who reads
-- it, and to nobody who does not act.
CREATE OR REPLACE FUNCTION finance_opened(decision uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(sum(b.pence), 0)::bigint
    FROM public.finance_budget b JOIN public.access_scope s ON s.id = b.scope_id
   WHERE b.decision = finance_opened.decision::text
     AND ((SELECT public.access_acting())).organisation IS NOT NULL
     AND (s.compartment = '' OR s.id = ANY ((SELECT public.access_scopes('finance.budget', 'read'))::int[]))
$$;
