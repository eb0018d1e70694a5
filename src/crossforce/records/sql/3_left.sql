-- What postings left behind as their own. Once a posting is over nobody reaches it, so nobody could dispose of it: it goes
-- here, once it is due, as the frame lets a record go. A hold that somebody else placed keeps it. What whoever had the
-- posting set themself (hold, group, day) counts no longer than the posting: else nobody could ever lift it. It is due by
-- the schedule of its kind then, counted from its making, or by its day where that is sooner. What the ledger kept of its
-- words goes with it, found by the record that each entry names and not by reading the whole ledger. Asked under seal with
-- the months of each kind, and what went is answered for its entries, with whether a hold went along.
CREATE OR REPLACE FUNCTION records_left(message text, mac text)
RETURNS TABLE (kind text, record uuid, scope int, holder text, is_held boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  sent jsonb := public.access_unsealed(message, mac, 'left'); owned record; months int; held uuid[];
  goes CONSTANT text := $goes$ s.id = r.scope_id AND s.kind = $1 AND starts_with(s.compartment, 'own:')
    AND NOT EXISTS (SELECT FROM public.people_posting p
                     WHERE p.id = public.access_owner(s) AND p.state IN ('offered', 'held')
                       AND (p.ends_at IS NULL OR p.ends_at > statement_timestamp()))
    AND coalesce(least(r.review_due, ((r.created_at AT TIME ZONE 'Europe/London')::date + make_interval(months => $2))::date)
                 <= (statement_timestamp() AT TIME ZONE 'Europe/London')::date, true)
    AND NOT EXISTS (SELECT FROM public.records_hold h
                     WHERE h.record = r.id AND h.lifted_at IS NULL AND h.placed_by NOT IN (
                       SELECT concat('staff:', one) FROM public.people_posting p, unnest(public.people_one_human(p.staff_id)) one
                        WHERE p.id = public.access_owner(s))) $goes$;
BEGIN
  FOR owned IN SELECT k.kind::text, k.relation FROM public.access_kind k WHERE sent->'months' ? k.kind::text ORDER BY k.kind LOOP
    months := (sent->'months'->>owned.kind)::int;
    EXECUTE format(
      'WITH lifted AS (
         DELETE FROM public.records_hold o USING public.%I r, public.access_scope s
          WHERE o.record = r.id AND o.lifted_at IS NULL AND %s RETURNING o.record)
       SELECT coalesce(array_agg(l.record), ''{}'') FROM lifted l', owned.relation, goes) INTO held USING owned.kind, months;
    RETURN QUERY EXECUTE format(
      'WITH gone AS (
         DELETE FROM public.%I r USING public.access_scope s WHERE %s RETURNING r.id, r.scope_id, s.holder::text),
       said AS (
         DELETE FROM public.ledger_privatepart p USING gone g CROSS JOIN LATERAL (
           SELECT l.id FROM public.ledger_entry l
            WHERE l.rows @> ARRAY[g.id] AND l.rows <> ''{}'' AND l.subject = concat($1, '':'', g.id) OFFSET 0) l
          WHERE l.id = p.entry_id AND p.part = ''private'')
       SELECT $1, g.id, g.scope_id, g.holder, g.id = ANY ($3) FROM gone g', owned.relation, goes)
      USING owned.kind, months, held;
  END LOOP;
END $$;
