-- What postings left behind as their own. Once a posting is over nobody reaches it, so nobody could dispose of it: it goes
-- here, once it is due, as the frame lets a record go. A hold keeps it; so do groups 1 and 2, about which two people decide.
-- What the ledger kept of its words goes with it, found by the record that each entry names and not by reading the whole
-- ledger. Asked under seal, and what went is answered for its entries.
CREATE OR REPLACE FUNCTION records_left(message text, mac text)
RETURNS TABLE (kind text, record uuid, scope int, holder text, is_held boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE sent jsonb := public.access_unsealed(message, mac, 'left'); owned record;
BEGIN
  FOR owned IN SELECT k.kind::text, k.relation FROM public.access_kind k WHERE sent->'kinds' ? k.kind::text ORDER BY k.kind LOOP
    RETURN QUERY EXECUTE format(
      'WITH gone AS (
         DELETE FROM public.%I r USING public.access_scope s
          WHERE s.id = r.scope_id AND s.kind = $1 AND starts_with(s.compartment, ''own:'')
            AND NOT EXISTS (SELECT FROM public.people_posting p
                             WHERE p.id = public.access_owner(s) AND p.state IN (''offered'', ''held'')
                               AND (p.ends_at IS NULL OR p.ends_at > statement_timestamp()))
            AND r.review_group NOT IN (''1'', ''2'')
            AND (r.review_due IS NULL OR r.review_due <= (statement_timestamp() AT TIME ZONE ''Europe/London'')::date)
            AND NOT EXISTS (SELECT FROM public.records_hold h WHERE h.record = r.id AND h.lifted_at IS NULL)
         RETURNING r.id, r.scope_id, s.holder::text),
       said AS (
         DELETE FROM public.ledger_privatepart p USING gone g CROSS JOIN LATERAL (
           SELECT l.id FROM public.ledger_entry l
            WHERE l.rows @> ARRAY[g.id] AND l.rows <> ''{}'' AND l.subject = concat($1, '':'', g.id) OFFSET 0) l
          WHERE l.id = p.entry_id AND p.part = ''private'')
       SELECT $1, g.id, g.scope_id, g.holder, false FROM gone g', owned.relation) USING owned.kind;
  END LOOP;
END $$;
