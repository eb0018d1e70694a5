"""What the database answers of boards to everybody, installed by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = ("boards_kept()", "boards_taken(uuid[])", "boards_answered(uuid, uuid)")


def install(cursor: Any) -> None:
    """Bring the functions up to date, for the application alone to call."""
    guarded_policies.functions(cursor, __package__, OPEN)
