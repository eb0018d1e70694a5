"""What the database answers of many people at once, installed by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = ("people_qualified(text, uuid[], text, timestamptz)",)


def install(cursor: Any) -> None:
    """Bring the function up to date, for the application alone to call."""
    guarded_policies.functions(cursor, __package__, OPEN)
