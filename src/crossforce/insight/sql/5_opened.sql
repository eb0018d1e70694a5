-- Private parts of the ledger, as far as whoever acts may know them (ledger/models.py, OpenedPart).

-- The organisation for which the actor reads the log, by standing power; NULL for everybody else.
CREATE OR REPLACE FUNCTION access_audits() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me public.access_actor := public.access_acting();
BEGIN
  IF EXISTS (SELECT FROM public.access_grants_of(me, 'ledger.entry', 'audit', statement_timestamp()) g
              WHERE g.agreement = '') THEN
    RETURN me.organisation;
  END IF;
  RETURN NULL;
END $$;

-- Whether an act left what a record says in its private part, and who asks may not read that record as it is now;
-- of skills, authorities and clearances whether they may read those of that person.
-- Nobody reads in the log what they may not read in the record.
CREATE OR REPLACE FUNCTION access_withholds(operation text, subject text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE kind text := split_part(subject, ':', 1); record text := split_part(subject, ':', 2); held text;
BEGIN
  IF operation ~ '^people[.](skill|authority|vetting)-' THEN
    held := 'people.' || substring(operation FROM '^people[.]([a-z]+)-');
    RETURN record !~ '^[0-9a-f-]{36}$' OR NOT EXISTS (
      SELECT FROM public.access_scope s
       WHERE s.kind = held AND s.person = record::uuid
         AND s.id = ANY (public.access_scopes(s.kind, 'read')));
  END IF;
  IF operation NOT IN ('record.collected', 'record.altered', 'record.correction-proposed',
                       'record.correction-accepted', 'record.correction-refused') THEN
    RETURN false;
  END IF;
  IF record !~ '^[0-9a-f-]{36}$' OR public.access_place(kind, record::uuid) IS NULL THEN RETURN true; END IF;
  RETURN NOT (public.access_place(kind, record::uuid) = ANY (public.access_scopes(kind, 'read'))
              OR record::uuid = ANY (public.access_rows(kind, 'read')));
END $$;

-- What is not open is empty in its column, and nowhere else to be asked for: there is no order in which a function
-- of the asker's own could see it before it is judged, and the planner may still join the view as it likes.
CREATE OR REPLACE VIEW public.ledger_opened AS
SELECT p.entry_id, p.part,
       CASE WHEN e.organisation = (SELECT access_audits())
            THEN CASE WHEN p.part = 'actor' OR NOT access_withholds(e.operation, e.subject) THEN p.salt END END AS salt,
       CASE WHEN e.organisation = (SELECT access_audits())
            THEN CASE WHEN p.part = 'actor' OR NOT access_withholds(e.operation, e.subject) THEN p.body END
            WHEN p.part = 'actor' AND e.operation LIKE 'record.%' AND (SELECT access_audits()) = ANY (e.concerns)
            THEN convert_to(concat('{"office":', coalesce(convert_from(p.body, 'UTF8')::json->'office', 'null'),
                                   ',"purpose":', coalesce(convert_from(p.body, 'UTF8')::json->'purpose', 'null'), '}'),
                            'UTF8') END AS body
  FROM public.ledger_privatepart p JOIN public.ledger_entry e ON e.id = p.entry_id;
