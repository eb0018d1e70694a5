"""The decision, for whoever acts: the sets that every policy reads, one record, and very many with their clause."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import starmap
from typing import Final
from uuid import UUID

from crossforce.acting import api as acting
from crossforce.kernel import guarded, statements
from crossforce.kernel.guarded import ScopeOf
from crossforce.kernel.guarded_newest import Narrowing, Window
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people import api as people

REACH: Final = "SELECT access_scopes(%s, %s), access_rows(%s, %s)"
SCOPE: Final = "SELECT access_scope_of(%s, %s)"
CLAUSES: Final = "SELECT * FROM access_clauses(%s, %s)"
WINDOW: Final = b"SELECT set_config('crossforce.window', $1, true), set_config('enable_bitmapscan', $2, true)"
NARROWS: Final = b"SELECT access_narrows($1, $2)"


def scopes(kind: str, action: str) -> list[int]:
    """Numbers of the scopes in which whoever acts may do this to rows of the kind, now."""
    found: list[int] = statements.answer("SELECT access_scopes(%s, %s)", kind, action)
    return found


def rows(kind: str, action: str) -> list[UUID]:
    """Single rows of the kind that are open to whoever acts, now."""
    found: list[UUID] = statements.answer("SELECT access_rows(%s, %s)", kind, action)
    return found


def reach(kind: str, action: str) -> tuple[list[int], list[UUID]]:
    """Both of these, in one statement."""
    ((scopes_, rows_),) = statements.answers(REACH, kind, action, kind, action)
    return scopes_, rows_


def place(kind: str, record: UUID) -> int | None:
    """The scope of a record of which whoever acts may be told; None as for one that is not there."""
    found: int | None = statements.answer("SELECT access_place(%s, %s)", kind, record)
    return found


def described(kind: str, record: UUID) -> ScopeOf:
    """Where a record is, in words. Raises Missing for one of which whoever acts may not be told."""
    for row in statements.answers("SELECT * FROM access_described(%s, %s)", kind, record):
        return ScopeOf(*row)
    raise Missing


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
    found: int = statements.answer(SCOPE, *acting.sealed("scope", content))
    return found


@dataclass(frozen=True, slots=True)
class Clause:
    """What allows: a clause of a version, or standing access, whose `agreement` is "" and rule the `term`."""

    agreement: str
    version: int
    clause: str
    term: str


SHARED: Final = Clause("", 0, "", "share")
"""The single row is open to the actor; `explain` tells by whom."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the actor may do to rows of one kind, by one action, at the instant of asking."""

    scopes: Mapping[int, Clause] = field(default_factory=dict)
    rows: Mapping[UUID, Clause] = field(default_factory=dict)

    def of(self, scope: int, row: UUID) -> Clause | None:
        """The clause that allows it for a row in the scope; None when nothing does."""
        return self.scopes.get(scope) or self.rows.get(row)

    def all(self, asked: Iterable[tuple[int, UUID]]) -> list[Clause | None]:
        """The same for many rows, in their order."""
        return (
            list(starmap(self.of, asked))
            if self.rows
            else list(map(self.scopes.get, (scope for scope, _ in asked)))
        )


@guarded.acts
def decisions(actor: people.Actor, kind: str, action: str) -> Decisions:
    """Everything that decides about rows of the kind. It holds now: it is not for keeping."""
    scopes: dict[int, Clause] = {}
    for *cited, covered in statements.answers(CLAUSES, kind, action):
        clause = Clause(*cited)
        for scope in covered or ():
            scopes.setdefault(scope, clause)
    return Decisions(scopes, dict.fromkeys(rows(kind, action), SHARED))


def decide_many(
    actor: people.Actor, kind: str, action: str, asked: Iterable[tuple[int, UUID]]
) -> list[Clause | None]:
    """For each row, named by its scope and identifier, the clause by which the actor may; else None."""
    return decisions(actor, kind, action).all(asked)


def is_narrowed(window: Window) -> bool:
    """Whether it pays to tell the database the window: many scopes may be read, few rows stand in it."""
    ((found,),) = statements.texts(NARROWS, _sealed(window))
    return found == "t"


def around(window: Window) -> statements.Around:
    """What is said before and after a statement about the rows of one window, and no others of their kind.

    They are walked in their order: most may be seen, and the first are enough.
    """
    return (WINDOW, ["~".join(_sealed(window)), "off"]), (WINDOW, ["", "on"])


@contextmanager
def within(window: Window) -> Iterator[None]:
    """The same around all statements inside. One that fails takes back what was told, with its transaction."""
    before, after = around(window)
    statements.texts(*before)
    yield
    statements.texts(*after)


def _sealed(window: Window) -> tuple[str, str]:
    low, top = window.low.isoformat(), window.top.isoformat()
    return acting.sealed("window", {"kind": window.kind, "low": low, "top": top})


NARROWING: Final = Narrowing(is_narrowed, around, within)
