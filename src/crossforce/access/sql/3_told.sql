-- Of which records the actor may be told anything at all, and where they are. A hidden record and one that is
-- not there have the same answer. And one grant held against one scope, for whoever explains or opens a record.

-- Whether a grant covers a scope at an instant, for somebody of the organisation. One that opens to each what is
-- their own covers what any has; whose it is, whoever asks says beside it.
CREATE OR REPLACE FUNCTION access_covers(g access_grant, s access_scope, organisation text, instant timestamptz)
RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE holder text := coalesce(nullif(g.holder, ''), organisation);
BEGIN
  IF g.kind IS DISTINCT FROM s.kind OR s.rank > g.rank OR g.compartment <> s.compartment
     AND NOT (g.compartment = 'own' AND starts_with(s.compartment, 'own:')) THEN RETURN false; END IF;
  IF g.holder = '+' THEN
    IF NOT EXISTS (SELECT FROM public.people_posting p
                    WHERE p.staff_id = s.person AND p.organisation = $3
                      AND p.state IN ('held', 'offered') AND (p.ends_at IS NULL OR p.ends_at > $4)) THEN
      RETURN false;
    END IF;
  ELSIF g.holder <> '*' AND s.holder <> holder AND s.holder <> ALL (public.access_estate(holder, $4)) THEN
    RETURN false;
  END IF;
  IF g.collection IN ('', s.collection) THEN RETURN true; END IF;
  RETURN s.person IS NOT NULL AND EXISTS (
    SELECT FROM public.people_posting p JOIN public.organisations_unit u ON u.id = p.unit_id
     WHERE p.staff_id = s.person AND g.collection = 'unit:' || u.code AND u.organisation IS NULL
       AND p.state = 'held' AND p.starts_at <= $4 AND (p.ends_at IS NULL OR p.ends_at > $4));
END $$;

-- The scopes of which the actor may be told anything at all; '' asks about every kind.
CREATE OR REPLACE FUNCTION access_told(kind text) RETURNS int[]
LANGUAGE sql STABLE AS $$
  SELECT public.access_scopes(kind, 'read') || public.access_scopes(kind, 'find') || public.access_scopes(kind, 'explain')
$$;

-- Whether a scope is one of these; most who ask may read it.
CREATE OR REPLACE FUNCTION access_is_told(kind text, scope int) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN scope = ANY (public.access_scopes(kind, 'read')) OR scope = ANY (public.access_scopes(kind, 'find'))
      OR scope = ANY (public.access_scopes(kind, 'explain'));
END $$;

-- The scope of a record of which what its kind asks besides holds; NULL of any other.
CREATE OR REPLACE FUNCTION access_scope_in(kind text, record uuid) RETURNS int
LANGUAGE plpgsql STABLE AS $$
DECLARE answer int;
BEGIN
  EXECUTE coalesce((SELECT format('SELECT scope_id FROM public.%I WHERE id = $1', k.relation) || k.besides
                      FROM public.access_kind k WHERE k.kind = $1), 'SELECT NULL::int') INTO answer USING record;
  RETURN answer;
END $$;

-- Where a record is, for whom that is no secret; NULL for a hidden record as for one that is not there, and for one between
-- two others of which not both may be known (what its kind asks besides).
CREATE OR REPLACE FUNCTION access_place(kind text, record uuid) RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE answer int := public.access_scope_in(kind, record);
BEGIN
  RETURN CASE WHEN public.access_is_told(kind, answer)
           OR record = ANY (public.access_rows(kind, 'read') || public.access_rows(kind, 'find')) THEN answer END;
END $$;

-- The scope of a record in its parts, for whom it is no secret; no row otherwise.
CREATE OR REPLACE FUNCTION access_described(kind text, record uuid)
RETURNS TABLE (holder text, kind text, collection text, compartment text, marking text, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.holder::text, s.kind::text, s.collection::text, s.compartment::text, s.marking::text, s.person
    FROM public.access_scope s WHERE s.id = public.access_place($1, $2)
$$;
