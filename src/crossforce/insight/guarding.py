"""What the database answers of its own decision, installed by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = (
    "access_reasons(text, text, int, timestamptz, uuid, text)",
    "access_openings(text, text, uuid, timestamptz, uuid, text)",
    "access_audience(text, int, text, timestamptz)",
    "access_foreseen(text, text)",
    "access_counted(text, text)",
    "access_falling(text, text)",
    "access_sight(text, text)",
    "access_standing(text, text)",
    "access_endings(text, text)",
    "access_open(text, text)",
    "access_seen(text, int)",
    "access_audits()",
    "access_withholds(text, text)",
)


def install(cursor: Any) -> None:
    """Bring functions and triggers up to date, for the application alone to call."""
    guarded_policies.functions(cursor, __package__, OPEN)
    guarded_policies.rights(cursor, "ledger_opened", "SELECT")
