-- What the engine holds for one person: worked out beside the database, and filed here under seal. It goes with
-- either record, and is where both are. Whoever changes several of its rows takes them by identifier, so that of two who do
-- the one waits for the other.

-- What stood of the records that are named gives way to what was found. Once all were linked by a model, nothing that
-- another found stays. A machine that leads no more files nothing (nominals_leads): its model is another's by now.
CREATE OR REPLACE FUNCTION nominals_likened(message text, mac text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'likened');
  anew uuid[] := ARRAY(SELECT r::uuid FROM jsonb_array_elements_text(sent->'records') r);
  leads uuid;
BEGIN
  SELECT f.identity INTO leads FROM public.nominals_follower f
    WHERE f.name = 'links' AND f.led_at IS NOT NULL FOR SHARE;
  IF leads::text <> sent->>'model' THEN
    RAISE EXCEPTION 'another machine links by now' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  -- People first and then their pointers, as whoever disposes of one takes them: neither waits for the other in a ring.
  -- Whoever moves a record takes the pointer's lock as well: the later of the two sees the other.
  PERFORM FROM public.nominals_person p
    WHERE p.id IN (SELECT (f->>e)::uuid FROM jsonb_array_elements(sent->'found') f, unnest('{one,other}'::text[]) e)
    ORDER BY p.id FOR KEY SHARE;
  PERFORM FROM public.records_pointer r
    WHERE r.id IN (SELECT (f->>e)::uuid FROM jsonb_array_elements(sent->'found') f, unnest('{one,other}'::text[]) e)
    ORDER BY r.id FOR KEY SHARE;
  DELETE FROM public.nominals_likeness l USING (
    SELECT o.id FROM public.nominals_likeness o
     WHERE (o.one = ANY (anew) OR o.other = ANY (anew))
       AND (o.one, o.other) NOT IN (
         SELECT (f->>'one')::uuid, (f->>'other')::uuid FROM jsonb_array_elements(sent->'found') f)
     ORDER BY o.id FOR UPDATE) old
   WHERE l.id = old.id;
  INSERT INTO public.nominals_likeness AS l
         (id, one, one_scope, other, other_scope, weight, lean, model, proposed_above, reviewed_above, evidence,
          found_at)
  SELECT gen_random_uuid(), f.one, p.scope_id, f.other, q.scope_id, f.weight, f.lean, sent->>'model',
         (sent->>'proposed_above')::float8, (sent->>'reviewed_above')::float8, f.evidence, statement_timestamp()
    FROM jsonb_to_recordset(sent->'found') AS f (one uuid, other uuid, weight float8, lean text, evidence jsonb)
    JOIN public.nominals_person p ON p.id = f.one
    JOIN public.nominals_person q ON q.id = f.other
  ON CONFLICT (one, other) DO UPDATE
     SET one_scope = excluded.one_scope, other_scope = excluded.other_scope, weight = excluded.weight,
         lean = excluded.lean, model = excluded.model, proposed_above = excluded.proposed_above,
         reviewed_above = excluded.reviewed_above, evidence = excluded.evidence;
  IF (sent->>'is_all')::boolean THEN
    DELETE FROM public.nominals_likeness l USING (
      SELECT o.id FROM public.nominals_likeness o WHERE o.model <> sent->>'model' ORDER BY o.id FOR UPDATE) old
     WHERE l.id = old.id;
  END IF;
END $$;

-- After people were disposed of: what was held for one person with them.
CREATE OR REPLACE FUNCTION nominals_unlikened() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.nominals_likeness l WHERE l.id IN (
      SELECT o.id FROM written w JOIN public.nominals_likeness o ON o.one = w.id
      UNION SELECT o.id FROM written w JOIN public.nominals_likeness o ON o.other = w.id)
    ORDER BY l.id FOR UPDATE;
  DELETE FROM public.nominals_likeness l USING written w WHERE l.one = w.id;
  DELETE FROM public.nominals_likeness l USING written w WHERE l.other = w.id;
  RETURN NULL;
END $$;

-- After somebody was put elsewhere. The lock keeps it apart from what is being filed (nominals_likened).
CREATE OR REPLACE FUNCTION nominals_likeness_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM public.records_pointer WHERE id = NEW.id FOR UPDATE;
  PERFORM FROM public.nominals_likeness WHERE one = NEW.id OR other = NEW.id ORDER BY id FOR UPDATE;
  UPDATE public.nominals_likeness SET one_scope = NEW.scope_id WHERE one = NEW.id;
  UPDATE public.nominals_likeness SET other_scope = NEW.scope_id WHERE other = NEW.id;
  RETURN NULL;
END $$;
