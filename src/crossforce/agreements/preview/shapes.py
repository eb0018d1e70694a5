"""What a preview consists of: sections of rows, the same for page, paper, API and command line."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from crossforce.agreements.preview.phrases import without_stop, words
from crossforce.agreements.resolve import Citation
from crossforce.kernel.money import in_pounds
from crossforce.kernel.words import Words

Kind = Literal["added", "removed", "changed", "moved", "same"]
"""`moved`: the same, at another time. `same`: said although nothing changes."""

_ALWAYS_ASKED = ("participation", "command", "governance", "money", "exit", "overlaps")

Side = Literal["before", "after"]

ALL = "all"
"""In place of a force that leaves: everybody does, and the agreement ends."""


@dataclass(frozen=True, slots=True)
class Cited:
    """The clause that one side of a row rests on; `reference` where it is of another agreement."""

    side: Side
    clause: str
    heading: Words | None = None
    assumed: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Money of a row in pence; None where nothing can be said."""

    before: int | None
    after: int | None

    @property
    def difference(self) -> int:
        """How much more it is after."""
        return (self.after or 0) - (self.before or 0)

    @property
    def in_pounds(self) -> str:
        """The difference with its sign: `+£2,240,495.24`; empty where one side is not known."""
        if self.before is None and self.after is None:
            return ""
        return (
            f"+{in_pounds(self.difference)}"
            if self.difference > 0
            else in_pounds(self.difference)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: how it is, how it would be, from when, and the clauses of both.

    `lines` are workings, such as the parts of a sum. `about` are the codes it concerns.
    """

    kind: Kind
    what: Words
    before: Words
    after: Words
    when: Words
    starts_on: date | None = None
    ends_on: date | None = None
    clauses: tuple[Cited, ...] = ()
    figures: Figures | None = None
    lines: tuple[Words, ...] = ()
    about: tuple[tuple[str, str], ...] = ()

    @property
    def is_change(self) -> bool:
        """Whether anything would be otherwise than it is."""
        return self.kind != "same"

    @property
    def rests_on(self) -> tuple[Cited, ...]:
        """The clauses, one that both sides rest on named once."""
        after = {(each.clause, each.reference) for each in self.clauses if each.side == "after"}
        return tuple(
            each
            for each in dict.fromkeys(self.clauses)
            if each.side == "after" or (each.clause, each.reference) not in after
        )

    @property
    def words(self) -> Words:
        """The row as one sentence."""
        return words(
            f"row.{self.kind}",
            what=self.what,
            before=without_stop(self.before),
            after=without_stop(self.after),
            when=self.when,
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One question: the answer in a sentence, and row by row. `notes` say what is lacking."""

    code: str
    title: Words
    lead: Words
    rows: tuple[Row, ...] = ()
    notes: tuple[Words, ...] = ()

    @property
    def changes(self) -> tuple[Row, ...]:
        """The rows that are not as they were."""
        return tuple(row for row in self.rows if row.is_change)


@dataclass(frozen=True, slots=True)
class Preview:
    """Every question about one draft or one leave, as of a day.

    `before` is the version that the draft would follow; None for a new agreement. `leaving` is the
    force that goes, or ALL.
    """

    reference: str
    title: Words
    on: date
    before: Words
    after: Words
    starts_on: date | None
    since: Words
    leaving: str | None
    sections: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all would change."""
        return not any(section.changes for section in self.sections)

    @property
    def summary(self) -> tuple[Words, ...]:
        """What changes, in a sentence each; then what a meeting asks for although it stays."""
        changed = [each.lead for each in self.sections if each.changes]
        asked = (each for each in self.sections if each.code in _ALWAYS_ASKED)
        return (*changed, *(each.lead for each in asked if not each.changes))

    def section(self, code: str) -> Section:
        """The section of that code. Raises KeyError."""
        found = {each.code: each for each in self.sections}
        return found[code]


def cited(side: Side, why: Citation | None, reference: str | None = None) -> tuple[Cited, ...]:
    """The clause of an answer, or nothing where no clause speaks."""
    if why is None or why.clause is None:
        return ()
    return (Cited(side, why.clause, why.heading, why.assumed, reference),)
