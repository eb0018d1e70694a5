"""Very many decisions at once, each with its clause: the grants are asked for once, and then looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import starmap
from typing import Final
from uuid import UUID

from crossforce.access.queries.deciding import rows
from crossforce.kernel import guarded, statements
from crossforce.people import api as people

CLAUSES: Final = "SELECT * FROM access_clauses(%s, %s)"


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
