-- The records about one person, for whom it is no secret why they are open: an organisation's own, of no
-- compartment. The person of a record stands in its scope.
CREATE OR REPLACE FUNCTION oversight_records_about(person uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE found uuid[] := '{}'; these uuid[]; each record;
BEGIN
  FOR each IN
    SELECT k.relation, array_agg(s.id) AS scopes
      FROM public.access_scope s JOIN public.access_kind k ON k.kind = s.kind
     WHERE s.person = $1 AND s.id = ANY ((SELECT public.access_told(''))::int[]) GROUP BY k.relation
  LOOP
    EXECUTE format('SELECT array_agg(id) FROM public.%I WHERE scope_id = ANY ($1)', each.relation)
      INTO these USING each.scopes;
    found := found || these;
  END LOOP;
  RETURN found;
END $$;

-- The openings of one record that count at an instant, for a purpose of theirs and by the very function that
-- the policies ask, and who holds each posting: for whoever of its holder has decisions explained, also
-- without deciding them.
CREATE OR REPLACE FUNCTION oversight_openings_of(kind text, record uuid, action text, instant timestamptz)
RETURNS TABLE (id uuid, origin text, agreement text, clause text, holder text, organisation text, unit text,
               role text, actions text[], purposes text[], holds tstzrange)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.id, s.origin::text, s.agreement::text, s.clause::text, s.holder::text, p.organisation::text,
         coalesce(u.code, '')::text, p.role::text, s.actions::text[], s.purposes::text[], s.holds
    FROM public.access_share s
    JOIN public.people_posting p ON p.id = s.posting
    LEFT JOIN public.organisations_unit u ON u.id = p.unit_id
   WHERE s.record = $2 AND s.kind = $1 AND s.holds @> $4 AND $3 = ANY (s.actions)
     AND public.access_is_posted(s.posting, $4)
     AND EXISTS (
       SELECT FROM public.access_shares_at(
                (p.id, p.staff_id, p.organisation, coalesce(u.code, ''), p.role, coalesce(s.purposes[1], ''),
                 NULL)::public.access_actor, $1, $3, $4) n
        WHERE n.id = s.id)
     AND s.scope = ANY ((SELECT public.access_scopes($1, 'explain'))::int[])
   ORDER BY s.given_at, s.id
$$;

-- Whether a record that is there is held by somebody else than the actor's organisation: then its looks
-- are that holder's to ask about, although a list of ours may have named it too. Asked under seal, since
-- the answer tells that there is such a record; the page says the same of one that there is not.
CREATE OR REPLACE FUNCTION oversight_is_anothers(message text, mac text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  me public.access_actor := public.access_acting(); each record; holder text;
  sent jsonb := public.access_unsealed(message, mac, 'anothers');
BEGIN
  FOR each IN SELECT k.relation FROM public.access_kind k LOOP
    EXECUTE format('SELECT s.holder FROM public.%I r JOIN public.access_scope s ON s.id = r.scope_id WHERE r.id = $1',
                   each.relation) INTO holder USING (sent->>'record')::uuid;
    IF holder IS NOT NULL THEN
      RETURN holder <> ALL (public.access_estate(me.organisation, statement_timestamp()));
    END IF;
  END LOOP;
  RETURN false;
END $$;
