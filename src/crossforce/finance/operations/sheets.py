"""Files of budgets, lines and figures: what became of each is kept, also of one that was refused."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from crossforce.finance.choices import IMPORT, PURPOSES
from crossforce.finance.operations.budgets import place_of
from crossforce.finance.rules import tables
from crossforce.kernel import guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.choices import SheetState
from crossforce.records.reading import sheets
from crossforce.records.reading.layouts import Layout
from crossforce.records.reading.tables import NO_HEADING
from crossforce.records.reading.values import Reading, Row

MOST_TOLD: Final = 50


class CannotBringIn(NotUnderstood):
    """Nothing was brought in; the message says which cells are wrong, and what would mend them."""

    def __init__(self, findings: Iterable[str]) -> None:
        self.findings = tuple(findings)
        super().__init__(" ".join(self.findings[:MOST_TOLD]))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brought, or would bring: new, corrected, as it was. With anything wrong in it, told by cell, nothing.

    `record` is where that is kept, once it is no rehearsal and whoever sent it may add to the files that came.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    findings: tuple[str, ...] = ()
    record: UUID | None = None

    @property
    def is_refused(self) -> bool:
        """Whether something is wrong in the file, and nothing of it is in."""
        return bool(self.findings)

    @property
    def counts(self) -> Mapping[str, int]:
        """By what became of it."""
        counted = {"new": self.new, "changed": self.changed, "unchanged": self.unchanged}
        return counted | {"faults": len(self.findings)}

    def whole(self) -> Self:
        """The same, where all of it is in. Raises CannotBringIn."""
        refuse(self.findings)
        return self


def brought(
    actor: Actor,
    sent: Sheet,
    layout: Layout,
    bring: Callable[[], Brought],
    at: datetime,
    *,
    budget: str = "",
    is_rehearsal: bool = False,
) -> Brought:
    """What `bring` does with the file, kept; where it raises CannotBringIn it has changed nothing yet."""
    try:
        done = bring()
    except CannotBringIn as refused:
        done = Brought(findings=refused.findings)
    if is_rehearsal or not _may_keep(actor):
        return done
    findings = "\n".join(done.findings[: sheets.MOST_FINDINGS])
    state = SheetState.REFUSED if done.is_refused else SheetState.DONE
    values = sheets.values(layout.title, sent.name, sent.content, done.counts, findings) | {
        "layout": layout.name,
        "budget": budget,
        "state": state.value,
        "purposes": list(PURPOSES),
    }
    new = records.NewRecord(IMPORT, place_of(actor.organisation), values)
    return replace(done, record=records.create(actor=actor, new=new, at=at).pk)


def _may_keep(actor: Actor) -> bool:
    """Whether a clause lets the actor add to the files that came; without one what is in the file comes in all the same."""
    place = place_of(actor.organisation)
    scope = guarded.ScopeOf(place.holder, IMPORT, "", "", place.marking)
    return scope in guarded.open_scopes("add", {scope})


def wrong(reading: Reading) -> Iterator[str]:
    """What refuses the file; a cell without a heading too, which may be a part of what was posted."""
    for each in reading.findings:
        if not each.is_note or each.rule == NO_HEADING:
            yield str(each)
    if not (reading.rows or reading.findings):
        yield "There is no row below the headings."


def refuse(findings: Sequence[str]) -> None:
    """Let a table come in of which nothing is wrong. Raises CannotBringIn."""
    if findings:
        raise CannotBringIn(findings)


def told(row: Row, field: str, why: str) -> str:
    """What is wrong, with its cell."""
    return f"{tables.place(row, field)}: {why}"
