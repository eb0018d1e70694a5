"""What the database itself holds of duties: nobody is in two duties, two on-calls or two absences at once.

Instead of an exclusion constraint, which asks three times as much of an import: after each statement the
duty that begins last before the end of one that was written must end before that one begins. As all
that stood before are apart, this finds every overlap. People are locked first, in 64 groups and always in
the same order, so that of two transactions the later sees what the earlier wrote.
"""

from typing import Any, Final

from psycopg import sql

from crossforce.kernel import guarded_policies

FUNCTION: Final = """
CREATE OR REPLACE FUNCTION duty_one_at_a_time() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE person int;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'duties are written in read committed transactions only'
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
  FOR person IN SELECT DISTINCT get_byte(uuid_send(w.staff), 15) & 63 FROM written w
                 WHERE w.cancelled_at IS NULL ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(hashtext('duty_one_at_a_time'), person);
  END LOOP;
  IF EXISTS (SELECT FROM written w WHERE w.cancelled_at IS NULL AND (
       SELECT q.ends_at FROM public.duty_entry q
        WHERE q.staff = w.staff AND q.what = w.what AND q.cancelled_at IS NULL AND q.id <> w.id
          AND q.starts_at < w.ends_at
        ORDER BY q.starts_at DESC LIMIT 1) > w.starts_at) THEN
    RAISE EXCEPTION 'nobody is in two duties at once' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION duty_one_at_a_time() FROM PUBLIC;
"""
TRIGGER: Final = """
CREATE OR REPLACE TRIGGER duty_one_at_a_time_{event} AFTER {event} ON duty_entry
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION duty_one_at_a_time();
ALTER TABLE duty_entry ENABLE ALWAYS TRIGGER duty_one_at_a_time_{event};
"""

OPEN: Final = (
    "duty_away(timestamptz, timestamptz)",
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
    for event in ("INSERT", "UPDATE"):
        cursor.execute(TRIGGER.format(event=event))
    guarded_policies.functions(cursor, __package__, OPEN)
