"""What the database answers of many people at once, and how it keeps what signs in, installed by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = (
    "people_one_human(uuid)",
    "people_qualified(text, uuid[], text, timestamptz)",
    "people_seal_token(uuid, bytea)",
)
KEPT: Final = ("people_account", "people_token")
"""Tables of which a trigger keeps what a seal was put on."""

SETTINGS_ALONE: Final = ("socialaccount_socialapp", "socialaccount_socialtoken")
"""Who vouches for people is in the installation's settings: rows of the library's own are not written, nor believed."""


def install(cursor: Any) -> None:
    """Bring functions and triggers up to date, for the application alone to call."""
    guarded_policies.functions(cursor, __package__, OPEN)
    for table in KEPT:
        name = f"{table}_kept"
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")
    for table in SETTINGS_ALONE:
        guarded_policies.rights(cursor, table, "SELECT")
