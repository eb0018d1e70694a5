"""Whether something may be done, and the sets that every policy reads."""

from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from crossforce.acting import api as acting
from crossforce.kernel import statements
from crossforce.kernel.guarded import ScopeOf
from crossforce.kernel.refusals import Missing, Refused

REACH: Final = "SELECT access_scopes(%s, %s), access_rows(%s, %s)"
SEEN: Final = b"SELECT access_seen($1, $2)"
SCOPE: Final = "SELECT access_scope_of(%s, %s)"


def scopes(kind: str, action: str) -> list[int]:
    """Numbers of the scopes in which whoever acts may do this to rows of the kind, now."""
    found: list[int] = value("SELECT access_scopes(%s, %s)", kind, action)
    return found


def rows(kind: str, action: str) -> list[UUID]:
    """Single rows of the kind that are open to whoever acts, now."""
    found: list[UUID] = value("SELECT access_rows(%s, %s)", kind, action)
    return found


def reach(kind: str, action: str) -> tuple[list[int], list[UUID]]:
    """Both of these, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(REACH, [kind, action, kind, action])
        found: tuple[list[int], list[UUID]] = cursor.fetchone()
    return found


def seen(kind: str, most: int | None = None) -> int:
    """How many rows of the kind whoever acts may read; no further than `most`, if that is given."""
    ((found,),) = statements.texts(SEEN, [kind, None if most is None else str(most)])
    return int(found or 0) if most is None else min(int(found or 0), most)


def place(kind: str, record: UUID) -> int | None:
    """The scope of a record of which whoever acts may be told; None as for one that is not there."""
    found: int | None = value("SELECT access_place(%s, %s)", kind, record)
    return found


def described(kind: str, record: UUID) -> ScopeOf:
    """Where a record is, in words. Raises Missing for one of which whoever acts may not be told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_described(%s, %s)", [kind, record])
        row = cursor.fetchone()
    if row is None:
        raise Missing
    return ScopeOf(*row)


@dataclass(frozen=True, slots=True)
class Glass:
    """A clause by which the glass may be broken for a record of this holder, for so many minutes."""

    holder: str
    agreement: str
    version: int
    clause: str
    minutes: int


def glass(kind: str, record: UUID) -> Glass | None:
    """The clause that allows whoever acts the longest sight of the record at once, if one does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_glass(%s, %s) LIMIT 1", [kind, record])
        row = cursor.fetchone()
    return None if row is None else Glass(*row)


def may(kind: str, record: UUID, action: str) -> bool:
    """Whether whoever acts may do this to the record."""
    where = place(kind, record)
    if where is None:
        return False
    return where in scopes(kind, action) or record in rows(kind, action)


def require(kind: str, record: UUID, action: str) -> None:
    """Let the act pass. Raises Missing for a record that may not be known of, Refused for another."""
    if may(kind, record, action):
        return
    if may(kind, record, "read"):
        raise Refused(f"You may read this record, but not {action} it: ask its holder.")
    raise Missing


def scope_of(of: ScopeOf) -> int:
    """The number of the scope, made on first use."""
    content = asdict(of) | {"person": str(of.person) if of.person else None}
    found: int = value(SCOPE, *acting.sealed("scope", content))
    return found


def value(statement: str, *values: Any) -> Any:
    """The one value that a function of the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
