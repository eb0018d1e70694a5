-- What has become of papers: on which day each was decided, or which meeting put it off on which day. That a paper is
-- decided binds whoever may read it, also where the decision is kept by another force whose record of it they may not
-- read: nobody decides it again. Nothing else of a decision is told, and of one in a compartment where its paper does
-- not stand nothing.
CREATE OR REPLACE FUNCTION boards_taken(papers uuid[])
RETURNS TABLE (paper uuid, is_decided boolean, meeting uuid, on_day date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  scopes int[] := public.access_scopes('boards.paper', 'read');
  single uuid[] := public.access_rows('boards.paper', 'read');
BEGIN
  RETURN QUERY
  SELECT p.id, d.is_decided, d.meeting, (d.decided_at AT TIME ZONE 'Europe/London')::date
    FROM public.boards_paper p JOIN public.boards_decision d ON d.paper = p.id
    JOIN public.access_scope mine ON mine.id = p.scope_id JOIN public.access_scope its ON its.id = d.scope_id
   WHERE p.id = ANY (papers) AND (p.scope_id = ANY (scopes) OR p.id = ANY (single))
     AND its.compartment IN ('', mine.compartment) AND (d.is_decided OR d.how = 'put-off')
   ORDER BY d.decided_at, d.id;
END $$;
