"""What the database answers for oversight alone, installed by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = (
    "oversight_records_about(uuid)",
    "oversight_is_anothers(text, text)",
    "oversight_openings_of(text, uuid, text, timestamptz)",
)
REVIEW: Final = "oversight_glassreview"
JUDGES: Final = f"""reviewed_by = (SELECT coalesce(me.staff::text, me.role) FROM access_acting() me)
    AND EXISTS (SELECT FROM access_share s
                 WHERE s.id = {REVIEW}.share AND s.holder = {REVIEW}.holder AND s.origin = 'break-glass'
                   AND NOT access_is_oneself(s.posting) AND s.scope = ANY ((SELECT access_decided())::int[]))"""  # noqa: S608 - the table's own name
POLICIES: Final = {REVIEW: {"seen": ("SELECT", "true", ""), "judged": ("INSERT", "", JUDGES)}}
"""Who decides for the holder about what another opened judges it, in the own name."""


def install(cursor: Any) -> None:
    """Bring functions, the trigger of reviews and their policies up to date, as the owner."""
    guarded_policies.functions(cursor, __package__, OPEN)
    guarded_policies.rights(cursor, REVIEW, "SELECT, INSERT")
    for table, policies in POLICIES.items():
        guarded_policies.secure(cursor, table, policies)
