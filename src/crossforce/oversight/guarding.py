"""What the database answers for oversight alone, installed by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = (
    "oversight_records_about(uuid)",
    "oversight_is_anothers(text, text)",
    "oversight_openings_of(text, uuid, text, timestamptz)",
)


def install(cursor: Any) -> None:
    """Bring the functions up to date, for the application alone to call."""
    guarded_policies.functions(cursor, __package__, OPEN)
