-- What postings left behind as their own. Once a posting is over nobody reaches it, so nobody could dispose of it: it goes
-- here, once it is due, as the frame lets a record go. A hold keeps it; so do groups 1 and 2, about which two people decide.
-- What the ledger kept of its words goes with it. Asked under seal, and what went is answered for its entries.
CREATE OR REPLACE FUNCTION records_left(message text, mac text)
RETURNS TABLE (kind text, record uuid, scope int, holder text, is_held boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE sent jsonb := public.access_unsealed(message, mac, 'left'); own record;
BEGIN
  FOR own IN
    SELECT s.id, s.kind::text, s.holder::text, k.relation
      FROM public.access_scope s JOIN public.access_kind k ON k.kind = s.kind
     WHERE sent->'kinds' ? s.kind::text AND starts_with(s.compartment, 'own:')
       AND NOT EXISTS (SELECT FROM public.people_posting p
                        WHERE p.id = public.access_owner(s) AND p.state IN ('offered', 'held')
                          AND (p.ends_at IS NULL OR p.ends_at > statement_timestamp()))
     ORDER BY s.id LOOP
    RETURN QUERY EXECUTE format(
      'WITH gone AS (
         DELETE FROM public.%I r
          WHERE r.scope_id = $2 AND r.review_group NOT IN (''1'', ''2'')
            AND (r.review_due IS NULL OR r.review_due <= (statement_timestamp() AT TIME ZONE ''Europe/London'')::date)
            AND NOT EXISTS (SELECT FROM public.records_hold h WHERE h.record = r.id AND h.lifted_at IS NULL)
         RETURNING r.id),
       said AS (
         DELETE FROM public.ledger_privatepart p USING public.ledger_entry l, gone g
          WHERE l.id = p.entry_id AND p.part = ''private'' AND l.subject = concat($1, '':'', g.id))
       SELECT $1, g.id, $2, $3, false FROM gone g', own.relation) USING own.kind, own.id, own.holder;
  END LOOP;
END $$;
