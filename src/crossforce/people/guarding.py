"""What the database answers of many people at once, and how it keeps tokens, installed by the owner after each `migrate`."""

from typing import Any, Final

from crossforce.kernel import guarded_policies

OPEN: Final = (
    "people_qualified(text, uuid[], text, timestamptz)",
    "people_seal_token(uuid, bytea)",
)
KEPT: Final = """CREATE OR REPLACE TRIGGER people_token_kept BEFORE UPDATE ON people_token
FOR EACH ROW EXECUTE FUNCTION people_token_kept()"""


def install(cursor: Any) -> None:
    """Bring functions and trigger up to date, for the application alone to call."""
    guarded_policies.functions(cursor, __package__, OPEN)
    cursor.execute(KEPT)
    cursor.execute("ALTER TABLE people_token ENABLE ALWAYS TRIGGER people_token_kept")
