"""What the database itself holds of evidence: a seal is used once, an entry goes with its exhibit, and nothing that a case needs."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = (
    "evidence_parts(text, text)",
    "evidence_case_parts(text, text)",
    "evidence_withheld(text, text)",
    "evidence_bound(text, text, text)",
    "evidence_agreements(text)",
)
"""What the application may call."""
TOUCHES: Final = """
CREATE OR REPLACE TRIGGER evidence_seal_once BEFORE INSERT ON evidence_touch
  FOR EACH ROW WHEN (NEW.act = 'sealed') EXECUTE FUNCTION evidence_seal_once();
ALTER TABLE evidence_touch ENABLE ALWAYS TRIGGER evidence_seal_once;
DROP TRIGGER IF EXISTS evidence_entry_stays ON evidence_touch;
CREATE CONSTRAINT TRIGGER evidence_entry_stays AFTER DELETE ON evidence_touch DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION evidence_entry_stays();
ALTER TABLE evidence_touch ENABLE ALWAYS TRIGGER evidence_entry_stays;
"""
SCHEDULED: Final = """
DROP TRIGGER IF EXISTS evidence_schedule_stays ON {table};
CREATE CONSTRAINT TRIGGER evidence_schedule_stays AFTER DELETE ON {table} DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION evidence_schedule_stays();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER evidence_schedule_stays;
"""
NAMED: Final = """
CREATE OR REPLACE TRIGGER evidence_reference_stays BEFORE UPDATE ON evidence_case
  FOR EACH ROW WHEN (OLD.case_reference IS DISTINCT FROM NEW.case_reference) EXECUTE FUNCTION evidence_reference_stays();
ALTER TABLE evidence_case ENABLE ALWAYS TRIGGER evidence_reference_stays;
"""
MOVED: Final = {
    "evidence_unused": "evidence_sensitive",
    "evidence_sensitive": "evidence_unused",
}
GOES_ON: Final = """
DROP TRIGGER IF EXISTS schedule_moved ON {table};
CREATE TRIGGER schedule_moved AFTER UPDATE ON {table} REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_schedule_moved('{other}');
ALTER TABLE {table} ENABLE ALWAYS TRIGGER schedule_moved;
"""
"""Its name has it come after those that repeat a row elsewhere."""
NEEDED: Final = {
    "evidence_annotation": "exhibit",
    "evidence_exhibit": "id",
    "evidence_item": "exhibit",
    "evidence_share": "exhibit",
    "evidence_touch": "exhibit",
}
KEPT: Final = """
CREATE OR REPLACE TRIGGER evidence_keep BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION evidence_keep('{column}');
ALTER TABLE {table} ENABLE ALWAYS TRIGGER evidence_keep;
"""


def install(cursor: Any) -> None:
    """Put it on the tables, as the owner, after each `migrate`."""
    guarded_policies.functions(cursor, __package__, OPEN)
    cursor.execute(TOUCHES + NAMED)
    for table in ("evidence_unused", "evidence_sensitive", "evidence_certified"):
        cursor.execute(SCHEDULED.format(table=table))
    for table, other in MOVED.items():
        cursor.execute(GOES_ON.format(table=table, other=other))
    for table, column in NEEDED.items():
        cursor.execute(KEPT.format(table=table, column=column))
