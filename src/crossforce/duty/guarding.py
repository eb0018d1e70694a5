"""What the database itself holds of duties: whose they are, and that nobody is in two of one sort at once.

A duty is of somebody whom its holder employs, so that no force's word counts about another's people. Nor does it
stand among the duties of a unit that it is not of: it would be seen there, and counted elsewhere.

Instead of an exclusion constraint, which asks three times as much of an import: after each statement the
duty that begins last before the end of one that was written must end before that one begins. As all
that stood before are apart, this finds every overlap. People are locked first, in 64 groups and always in
the same order, so that of two transactions the later sees what the earlier wrote. Duties are apart within their
holder, compartment and marking: a refusal tells nothing of what stands in another.
"""

from typing import Any, Final

from psycopg import sql

from crossforce.kernel import guarded_policies

FUNCTION: Final = """
CREATE OR REPLACE FUNCTION duty_one_at_a_time() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE person int; place record; same int[]; is_anothers boolean; is_elsewhere boolean;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'duties are written in read committed transactions only'
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
  IF TG_OP = 'INSERT' THEN
    is_anothers := EXISTS (SELECT FROM (SELECT DISTINCT w.staff, w.scope_id FROM written w) w
      WHERE (SELECT p.organisation FROM public.people_staff p WHERE p.id = w.staff) IS DISTINCT FROM
            (SELECT s.holder FROM public.access_scope s WHERE s.id = w.scope_id));
    is_elsewhere := EXISTS (SELECT FROM (SELECT DISTINCT w.scope_id, w.unit FROM written w) w
      JOIN public.access_scope s ON s.id = w.scope_id
      WHERE s.collection LIKE 'unit:%' AND s.collection <> 'unit:' || w.unit);
  ELSE
    is_anothers := EXISTS (SELECT FROM (SELECT DISTINCT w.staff, w.scope_id FROM written w LEFT JOIN was o ON o.id = w.id
                                         WHERE (w.staff, w.scope_id) IS DISTINCT FROM (o.staff, o.scope_id)) w
      WHERE (SELECT p.organisation FROM public.people_staff p WHERE p.id = w.staff) IS DISTINCT FROM
            (SELECT s.holder FROM public.access_scope s WHERE s.id = w.scope_id));
    is_elsewhere := EXISTS (SELECT FROM (SELECT DISTINCT w.scope_id, w.unit FROM written w LEFT JOIN was o ON o.id = w.id
                                          WHERE (w.scope_id, w.unit) IS DISTINCT FROM (o.scope_id, o.unit)) w
      JOIN public.access_scope s ON s.id = w.scope_id
      WHERE s.collection LIKE 'unit:%' AND s.collection <> 'unit:' || w.unit);
  END IF;
  IF is_elsewhere THEN
    RAISE EXCEPTION 'a duty is not put with those of another unit'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_in_its_unit';
  END IF;
  IF is_anothers THEN
    RAISE EXCEPTION 'a duty is of somebody whom its holder employs'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_of_own_people';
  END IF;
  FOR person IN SELECT DISTINCT get_byte(uuid_send(w.staff), 15) & 63 FROM written w
                 WHERE w.cancelled_at IS NULL ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtext('duty_one_at_a_time'), person);
  END LOOP;
  FOR place IN SELECT DISTINCT s.holder, s.compartment, s.marking
                 FROM (SELECT DISTINCT w.scope_id FROM written w WHERE w.cancelled_at IS NULL) w
                 JOIN public.access_scope s ON s.id = w.scope_id LOOP
    same := ARRAY(SELECT s.id FROM public.access_scope s WHERE s.kind = 'duty.entry' AND s.holder = place.holder
                     AND s.compartment = place.compartment AND s.marking = place.marking);
    -- The sum keeps it to the person's index: of one person there is little, of a scope there is much.
    IF EXISTS (SELECT FROM written w WHERE w.cancelled_at IS NULL AND w.scope_id = ANY (same) AND (
         SELECT q.ends_at FROM public.duty_entry q
          WHERE q.staff = w.staff AND q.what = w.what AND q.cancelled_at IS NULL AND q.id <> w.id
            AND q.starts_at < w.ends_at AND q.scope_id + 0 = ANY (same)
          ORDER BY q.starts_at DESC LIMIT 1) > w.starts_at) THEN
      RAISE EXCEPTION 'nobody is in two duties at once'
        USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'duty_one_at_a_time';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION duty_one_at_a_time() FROM PUBLIC;
"""
TRIGGER: Final = """
CREATE OR REPLACE TRIGGER duty_one_at_a_time_{event} AFTER {event} ON duty_entry
  REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION duty_one_at_a_time();
ALTER TABLE duty_entry ENABLE ALWAYS TRIGGER duty_one_at_a_time_{event};
"""

TABLES: Final = {
    "INSERT": "NEW TABLE AS written",
    "UPDATE": "NEW TABLE AS written OLD TABLE AS was",
}

OPEN: Final = (
    "duty_away(timestamptz, timestamptz, timestamptz)",
    "duty_foreseen(text, text)",
    "duty_hours(text, text)",
    "duty_staging_dropped()",
    "duty_staging_made()",
    "duty_staging_measured(text)",
    "duty_worked(int[], text[], int[], timestamptz[], timestamptz[], uuid[], timestamptz[], timestamptz[])",
)
"""What the application may call."""


def install(cursor: Any) -> None:
    """Put it on the table, as the owner, after each `migrate`."""
    cursor.execute(FUNCTION)
    revoked = sql.SQL("REVOKE ALL ON FUNCTION duty_one_at_a_time() FROM ")
    cursor.execute(revoked + guarded_policies.application())
    for event, tables in TABLES.items():
        cursor.execute(TRIGGER.format(event=event, tables=tables))
    guarded_policies.functions(cursor, __package__, OPEN)
