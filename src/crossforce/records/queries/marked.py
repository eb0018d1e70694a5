"""How high what was read is marked: a page or a file is marked as high as anything it was worked out from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.http.response import HttpResponseBase

from crossforce.kernel import guarded
from crossforce.kernel.guarded_watch import looks
from crossforce.kernel.web import downloads
from crossforce.kernel.web.lists import Column
from crossforce.people.api import Actor
from crossforce.records.choices import Place
from crossforce.records.queries.places import describe, place_of
from crossforce.records.rules import marking

AnswerT = TypeVar("AnswerT")
USUAL: Final = "OFFICIAL-SENSITIVE"
"""What a service marks a page or a file for which nothing was read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it leaves: the highest marking of what was read stands in its name and in each row."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]


@guarded.acts
def marked(actor: Actor, ask: Callable[[], AnswerT]) -> tuple[AnswerT, str]:
    """The answer, and the marking of all that was read for it, with the compartments it comes from."""
    return ask(), marked_so_far(actor)


@guarded.acts
def marked_so_far(actor: Actor, at_least: str = "") -> str:
    """The marking of all that was read until now, as for a page; of a form, at least that of what it makes."""
    seen = places_read()
    if at_least:
        seen.append(Place("", marking=at_least))
    return _line(seen) if seen else USUAL


def marked_table(
    actor: Actor, name: str, columns: Sequence[Column], ask: Callable[[], Iterable[Any]]
) -> Table:
    """The rows that `ask` reads, to leave the platform as CSV."""
    found, line = marked(actor, ask)
    column = Column("Marking", "Marking", lambda each: line)
    return Table(f"{name}-{in_a_name(line)}.csv", [column, *columns], found)


def marked_file(
    actor: Actor, name: str, columns: Sequence[Column], ask: Callable[[], Iterable[Any]]
) -> HttpResponseBase:
    """The same, as the answer of a page."""
    out = marked_table(actor, name, columns, ask)
    return downloads.csv(out.name, out.columns, out.rows)


@guarded.acts
def marked_alone(actor: Actor, row: Any) -> str:
    """The marking of one row that was read; where there is none yet, the usual one."""
    return USUAL if row is None else _line([place_of(row.scope_id)])


def in_a_name(line: str) -> str:
    """The marking as it stands in the name of a file: without compartments."""
    return line.partition(" [")[0].replace(" ", "-")


def places_read() -> list[Place]:
    """Where everything is that was read so far."""
    scopes = {
        scope for look in looks().values() for scope in look.rows.values() if scope is not None
    }
    return list(describe(scopes).values())


def _line(seen: Sequence[Place]) -> str:
    return marking.line([each.marking for each in seen], [each.compartment for each in seen])
