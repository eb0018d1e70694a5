"""What the database answers for oversight alone, installed by the owner after each `migrate`."""

from importlib import resources
from typing import Any, Final

from psycopg import sql

from crossforce.kernel import database

OPEN: Final = (
    "oversight_records_about(uuid)",
    "oversight_is_anothers(text, text)",
    "oversight_openings_of(text, uuid, text, timestamptz)",
)


def install(cursor: Any) -> None:
    """Bring the functions up to date, for the application alone to call."""
    role = sql.Identifier(database.plan().application.user)
    for file in sorted(resources.files(__package__).joinpath("sql").iterdir(), key=str):
        cursor.execute(file.read_text())
    for function in OPEN:
        for statement in (
            "REVOKE ALL ON FUNCTION " + function + " FROM PUBLIC, {}",
            "GRANT EXECUTE ON FUNCTION " + function + " TO {}",
        ):
            cursor.execute(sql.SQL(statement).format(role))
