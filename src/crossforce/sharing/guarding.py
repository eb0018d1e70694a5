"""What the database answers of single records, installed by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = (
    "access_put_share(text, text)",
    "access_end_share(text, text)",
    "access_glass(text, uuid)",
    "access_deciders(text, uuid)",
    "access_is_oneself(uuid)",
)


def install(cursor: Any) -> None:
    """Bring the functions and the trigger of requests up to date, for the application alone to call."""
    guarded_policies.functions(cursor, __package__, OPEN)
