-- Requests for single records: what they say of the record is the record's own word, and who could decide them.

-- A request is for a record of which its asker may be told, in the asker's name and purpose, for known actions and
-- a time that ends within a year (the rule pack says within how many days). Kind, scope and holder are those of the
-- record, whatever was sent; what was asked for stays as it was; it is decided once, by whoever acts, and what it says
-- to have opened is its own. It was asked and decided when it was, by the clock of the database.
CREATE OR REPLACE FUNCTION access_request_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me public.access_actor := public.access_acting(); place int; relation text;
  free text[] := '{scope,holder,decided_at,decided_by,is_granted,answer,share}';
  known text[] := '{find,read,add,edit,task,disclose,dispose}';
BEGIN
  IF session_user = current_user THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    place := public.access_place(NEW.kind, NEW.record);
    NEW.asked_at := statement_timestamp();
    IF place IS NULL OR NEW.decided_at IS NOT NULL OR NEW.share IS NOT NULL
       OR NOT (NEW.actions <@ known::varchar[] AND cardinality(NEW.actions) BETWEEN 1 AND cardinality(known))
       OR NEW.until NOT BETWEEN NEW.asked_at AND NEW.asked_at + interval '1 year' THEN
      RAISE EXCEPTION 'a record is not asked for so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.purpose := me.purpose;
    NEW.asked_by := coalesce(me.staff::text, me.role);
  ELSE
    IF OLD.decided_at IS NOT NULL THEN free := '{scope,holder}'; END IF;
    IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free THEN
      RAISE EXCEPTION 'what was asked for and decided stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.decided_at IS NULL THEN
      NEW.decided_by := CASE WHEN NEW.decided_at IS NULL THEN '' ELSE coalesce(me.staff::text, me.role) END;
      NEW.decided_at := CASE WHEN NEW.decided_at IS NOT NULL THEN statement_timestamp() END;
      IF (NEW.share IS NOT NULL) <> coalesce(NEW.is_granted, false)
         OR NEW.share IS NOT NULL AND NOT EXISTS (
              SELECT FROM public.access_share s WHERE s.id = NEW.share AND s.origin = 'request'
                 AND s.record = NEW.record AND s.posting = NEW.posting) THEN
        RAISE EXCEPTION 'a decision says truly what it opened' USING ERRCODE = 'insufficient_privilege';
      END IF;
    END IF;
    SELECT k.relation INTO relation FROM public.access_kind k WHERE k.kind = NEW.kind;
    EXECUTE format('SELECT scope_id FROM public.%I WHERE id = $1', relation) INTO place USING NEW.record;
    place := coalesce(place, OLD.scope);
  END IF;
  SELECT s.id, s.holder INTO NEW.scope, NEW.holder FROM public.access_scope s WHERE s.id = place;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER access_request_kept BEFORE INSERT OR UPDATE ON public.access_request
  FOR EACH ROW EXECUTE FUNCTION access_request_kept();
ALTER TABLE public.access_request ENABLE ALWAYS TRIGGER access_request_kept;

-- Which offices of which body could decide about a record now, for the actor: somebody else is posted there who has the
-- standing power (access_decided) and, within a compartment, reads where the record is. Nothing of a record of which
-- the actor may not be told.
CREATE OR REPLACE FUNCTION access_deciders(kind text, record uuid)
RETURNS TABLE (organisation text, role text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE s public.access_scope; instant timestamptz := statement_timestamp(); offices text[];
BEGIN
  SELECT a.* INTO s FROM public.access_scope a WHERE a.id = public.access_place($1, $2);
  IF s.id IS NULL THEN RETURN; END IF;
  offices := ARRAY(SELECT unnest(d.roles) FROM public.access_grant d
                    WHERE d.agreement = '' AND d.kind = s.kind AND 'decide' = ANY (d.actions) AND d.holds @> instant
                      AND (s.compartment <> '' OR s.rank <= d.rank));
  RETURN QUERY
  SELECT DISTINCT p.organisation::text, p.role::text
    FROM public.organisations_organisation o
    JOIN public.people_posting p ON p.organisation = o.code
    LEFT JOIN public.organisations_unit u ON u.id = p.unit_id AND u.organisation IS NULL
   WHERE (o.until IS NULL OR o.until > (instant AT TIME ZONE 'Europe/London')::date)
     AND (o.code = s.holder OR s.holder = ANY (public.access_estate(o.code, instant)))
     AND p.role = ANY (offices) AND p.state = 'held' AND p.starts_at <= instant AND (p.ends_at IS NULL OR p.ends_at > instant)
     AND NOT public.access_is_oneself(p.id)
     AND (s.compartment = '' OR EXISTS (
       SELECT FROM public.access_grant g
        WHERE g.kind = s.kind AND g.compartment = s.compartment AND 'read' = ANY (g.actions) AND g.holds @> instant
          AND g.recipient = ANY (public.access_estate(p.organisation, instant))
          AND (g.units = '{}' OR u.code = ANY (g.units)) AND (g.roles = '{}' OR p.role = ANY (g.roles))
          AND public.access_covers(g, s, p.organisation, instant)))
   ORDER BY 1, 2;
END $$;
