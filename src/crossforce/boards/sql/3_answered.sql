-- What seats have answered to a paper before a board, to who may change the board and read the paper: whoever closes must
-- know of every answer, since it counts, also where it is held by an organisation whose answers they do not read. Nothing of
-- other papers is told, and of an answer in a compartment where its paper does not stand nothing.
CREATE OR REPLACE FUNCTION boards_answered(board uuid, paper uuid)
RETURNS TABLE (answer uuid, seat text, vote text, said_by text, said_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  edited int[] := public.access_scopes('boards.board', 'edit');
  edited_rows uuid[] := public.access_rows('boards.board', 'edit');
  known int[] := public.access_scopes('boards.paper', 'read');
  known_rows uuid[] := public.access_rows('boards.paper', 'read');
BEGIN
  RETURN QUERY
  SELECT a.id, a.seat::text, a.vote::text, a.said_by::text, a.said_at
    FROM public.boards_seatanswer a
    JOIN public.boards_board b ON b.id = a.board JOIN public.boards_paper p ON p.id = a.paper
    JOIN public.access_scope mine ON mine.id = p.scope_id JOIN public.access_scope its ON its.id = a.scope_id
   WHERE a.board = $1 AND a.paper = $2
     AND (b.scope_id = ANY (edited) OR b.id = ANY (edited_rows))
     AND (p.scope_id = ANY (known) OR p.id = ANY (known_rows))
     AND its.compartment IN ('', mine.compartment)
   ORDER BY a.said_at, a.id;
END $$;
