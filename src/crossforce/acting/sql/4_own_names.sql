-- Nobody makes themself nobody in the ledger.

-- Whether it is the actor who acted in an entry, by whichever account, or as whom another force knows them: nobody
-- erases their own name. NULL where a name is held and another organisation acted, or nobody does now; false where none
-- is held any more.
CREATE OR REPLACE FUNCTION ledger_names_oneself(entry uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me public.access_actor := public.access_acting(); who jsonb; is_ours boolean; named uuid[];
BEGIN
  SELECT convert_from(p.body, 'UTF8'), e.organisation = me.organisation AND me.staff IS NOT NULL INTO who, is_ours
    FROM public.ledger_privatepart p JOIN public.ledger_entry e ON e.id = p.entry_id
   WHERE p.entry_id = ledger_names_oneself.entry AND p.part = 'actor';
  IF NOT FOUND THEN RETURN false; END IF;
  IF is_ours IS NOT TRUE THEN RETURN NULL; END IF;
  named := ARRAY[(who->>'staff')::uuid,
                 (SELECT a.staff_id FROM public.people_account a WHERE a.id = (who->>'account')::uuid)];
  RETURN coalesce(public.people_one_human(me.staff) && named, false);
END $$;

-- A name goes by `ledger_erase_private` alone. Whatever calls it, neither one's own goes by it, nor one that could be,
-- nor that of whoever erased. The owner, which restores an installation, is nobody in it.
CREATE OR REPLACE FUNCTION access_own_name_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user = current_user THEN RETURN OLD; END IF;
  IF public.ledger_names_oneself(OLD.entry_id) IS NOT false OR EXISTS (
       SELECT FROM public.ledger_entry e
        WHERE e.id = OLD.entry_id AND e.operation = 'ledger.private-part-erased') THEN
    RAISE EXCEPTION 'nobody erases their own name, nor that of whoever erased'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;

CREATE OR REPLACE TRIGGER ledger_own_name_stays BEFORE DELETE ON public.ledger_privatepart
  FOR EACH ROW WHEN (OLD.part = 'actor') EXECUTE FUNCTION access_own_name_stays();
ALTER TABLE public.ledger_privatepart ENABLE ALWAYS TRIGGER ledger_own_name_stays;
