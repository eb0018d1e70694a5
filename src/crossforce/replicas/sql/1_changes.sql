-- Whether a standby knows all that decides who sees what: as many changes as the primary, counter by counter.
--
-- A position in the log would not do. The one that a trigger reads lies before the commit that makes the
-- change stand; a standby between the two would pass for being as new as the primary.

CREATE OR REPLACE FUNCTION replicas_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE here text := pg_current_xact_id()::text; mine uuid;
BEGIN
  IF EXISTS (SELECT FROM public.replicas_change c WHERE c.last = here) THEN RETURN NULL; END IF;
  SELECT c.place INTO mine FROM public.replicas_change c ORDER BY c.place LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF FOUND THEN
    UPDATE public.replicas_change c SET amount = c.amount + 1, last = here WHERE c.place = mine;
  ELSE
    INSERT INTO public.replicas_change (place, amount, last) VALUES (gen_random_uuid(), 1, here);
  END IF;
  RETURN NULL;
END $$;

-- What is noted on the standby. How often rights change is nobody's business: the counters come hashed.
CREATE OR REPLACE FUNCTION replicas_known() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(
    string_agg(c.place || ' ' || c.amount, ',' ORDER BY c.place), ''), 'UTF8')), 'hex')
    FROM public.replicas_change c
$$;

-- Whether, on the primary, what a standby knew at an instant is all that there is for whoever acts: no change
-- came since, and nothing that speaks to the actor begins or ends between that instant, by the standby's
-- clock, and now. At midnight bodies may succeed each other: what was read across it is read again.
CREATE OR REPLACE FUNCTION replicas_agrees(known text, read_at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me public.access_actor := public.access_acting();
        first timestamptz := least(read_at, statement_timestamp());
        last timestamptz := greatest(read_at, statement_timestamp());
BEGIN
  RETURN me.organisation IS NOT NULL AND NOT pg_is_in_recovery() AND known = public.replicas_known()
     AND (first AT TIME ZONE 'Europe/London')::date = (last AT TIME ZONE 'Europe/London')::date
     AND NOT EXISTS (
       SELECT FROM public.access_grant g
        WHERE g.recipient = ANY (public.access_estate(me.organisation, last) || ''::text)
          AND (lower(g.holds) > first AND lower(g.holds) <= last
               OR upper(g.holds) > first AND upper(g.holds) <= last))
     AND NOT EXISTS (
       SELECT FROM public.access_share s
        WHERE s.posting = me.posting
          AND (lower(s.holds) > first AND lower(s.holds) <= last
               OR upper(s.holds) > first AND upper(s.holds) <= last));
END $$;
