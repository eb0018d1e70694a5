-- COMPARED WITHOUT BEING SHOWN. What postings have of their own, each in its compartment, may be compared where clauses
-- say `deconflict`: of the one to the other, and of the other to the one. It is an action like any other, and opens no row.

-- Whoever holds a posting now, as if they acted in it for a purpose; NULL where it is over.
CREATE OR REPLACE FUNCTION access_holding(posting uuid, purpose text) RETURNS access_actor
LANGUAGE sql STABLE AS $$
  SELECT (p.id, p.staff_id, p.organisation, coalesce(u.code, ''), p.role, $2, NULL)::public.access_actor
    FROM public.people_posting p
    LEFT JOIN public.organisations_unit u ON u.id = p.unit_id AND u.organisation IS NULL
   WHERE p.id = $1 AND p.state = 'held' AND p.starts_at <= statement_timestamp()
     AND (p.ends_at IS NULL OR p.ends_at > statement_timestamp())
$$;

-- Whose own a scope is: the posting; NULL where it is nobody's own.
CREATE OR REPLACE FUNCTION access_owner(s access_scope) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN starts_with(s.compartment, 'own:') THEN substr(s.compartment, 5)::uuid END
$$;

-- The scopes of what others have of their own that clauses let be compared for one who acts.
CREATE OR REPLACE FUNCTION access_compared(me access_actor, kind text) RETURNS int[]
LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT s.id FROM public.access_grants_of(me, $2, 'deconflict', statement_timestamp()) g
      JOIN public.access_scope s ON s.kind = g.kind AND s.rank <= g.rank AND g.collection IN ('', s.collection)
     WHERE g.compartment = 'own:' || me.posting AND starts_with(s.compartment, 'own:') AND s.compartment <> g.compartment
       AND s.holder = ANY (public.access_holders(ARRAY[g.holder::text], me.organisation, statement_timestamp())))
$$;
