-- Which boards are kept here and since when, the first first, also where their records are not open to whoever asks: that
-- a board decides binds everybody who acts, and of two that would be the same it is the first. Nothing else of a board is
-- told, of one in a compartment nothing, and to nobody who does not act. A function that told less makes room.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure('public.boards_kept()') AND 'board' = ANY (proargnames)) THEN
    DROP FUNCTION IF EXISTS public.boards_kept();
  END IF;
END $$;
CREATE OR REPLACE FUNCTION boards_kept() RETURNS TABLE (code text, agreement text, since timestamptz, board uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT b.code::text, b.agreement::text, b.created_at, b.id
    FROM public.boards_board b JOIN public.access_scope s ON s.id = b.scope_id
   WHERE s.compartment = '' AND ((SELECT public.access_acting())).organisation IS NOT NULL
   ORDER BY b.created_at, b.id
$$;
