-- Which boards are kept here and since when first, also where their records are not open to whoever asks: that a board
-- decides binds everybody who acts. Nothing else of a board is told, of one in a compartment nothing, and to nobody
-- who does not act.
CREATE OR REPLACE FUNCTION boards_kept() RETURNS TABLE (code text, agreement text, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT b.code::text, b.agreement::text, min(b.created_at)
    FROM public.boards_board b JOIN public.access_scope s ON s.id = b.scope_id
   WHERE s.compartment = '' AND ((SELECT public.access_acting())).organisation IS NOT NULL
   GROUP BY 1, 2
   ORDER BY 3, 1, 2
$$;
