"""The agenda of a meeting, put together from what is due: nobody writes it and nothing is forgotten."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from crossforce.boards.rules.practice import Heading
from crossforce.kernel.words import Words

OTHER = "other"
"""The heading for what no heading of the template is for."""

TOLD = ("report", "minutes")
"""What a meeting is told of: it has its day and is never late."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that a board must see: `why` says which rule makes it due, `due_on` by when.

    `paper` is whether it needs a paper; `put_before` are the days of the meetings it was on.
    """

    reference: str
    kind: str
    title: str
    due_on: date
    why: str
    agreement: str = ""
    paper: bool = False
    put_before: tuple[date, ...] = ()

    @property
    def is_returning(self) -> bool:
        """Whether an earlier meeting put it off."""
        return bool(self.put_before)

    @property
    def is_told(self) -> bool:
        """Whether the meeting is told of it, and has nothing to do by its day."""
        return self.kind in TOLD


@dataclass(frozen=True, slots=True)
class Item:
    """One line of an agenda: `3.2`, what it is, and how long it is overdue."""

    number: str
    due: Due
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of an agenda and its items."""

    number: int
    title: Words
    kind: str
    items: tuple[Item, ...]


def agenda(
    due: Iterable[Due], template: Sequence[Heading], meets_on: date, meets_next: date | None
) -> tuple[Section, ...]:
    """The agenda of the meeting: everything that is due before the board meets again.

    Items stand under the template's headings in its order, then those put off before, then by the
    day on which they are due. One that several providers name is listed once, by its earliest day.
    """
    last = meets_next or meets_on
    chosen: dict[str, Due] = {}
    for each in sorted(due, key=lambda each: (each.due_on, each.reference)):
        if each.due_on <= meets_on or each.due_on < last or each.is_returning:
            chosen.setdefault(each.reference, each)
    found: list[Section] = []
    for heading in template:
        items = _under(heading, chosen.values(), template)
        if items or heading.is_standing:
            found.append(_section(len(found) + 1, heading, items, meets_on))
    return tuple(found)


def _under(heading: Heading, chosen: Iterable[Due], template: Sequence[Heading]) -> list[Due]:
    known = {each.kind for each in template}
    mine = [
        each
        for each in chosen
        if each.kind == heading.kind or (heading.kind == OTHER and each.kind not in known)
    ]
    return sorted(mine, key=lambda each: (not each.is_returning, each.due_on, each.reference))


def _section(number: int, heading: Heading, due: list[Due], meets_on: date) -> Section:
    items = (
        Item(f"{number}.{place}", each, _late(each, meets_on))
        for place, each in enumerate(due, start=1)
    )
    return Section(number, heading.title, heading.kind, tuple(items))


def _late(due: Due, meets_on: date) -> int:
    return 0 if due.kind in TOLD else max(0, (meets_on - due.due_on).days)
