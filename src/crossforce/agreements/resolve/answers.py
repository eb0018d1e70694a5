"""Answers to questions about terms, each with the clause it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from crossforce.agreements.document.parts import ParticipationStatus
from crossforce.agreements.terms import Term
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Citation:
    """Why an answer is what it is: the clause with its heading and mark, and the reason in words.

    `clause` is None where no clause speaks and a default of law or of this platform answers.
    """

    words: str
    clause: str | None = None
    heading: Words | None = None
    assumed: str | None = None
    source: str | None = None
    term: str | None = None

    def __str__(self) -> str:
        return f"clause {self.clause}: {self.words}" if self.clause else self.words


def cite(term: Term, words: str) -> Citation:
    """The citation of a term."""
    return Citation(words, term.clause, term.heading, term.assumed, term.source, term.id)


@dataclass(frozen=True, slots=True)
class Taking:
    """How one force stands to a function at an instant."""

    force: str
    status: ParticipationStatus
    disciplines: tuple[str, ...]
    valid: Period
    why: Citation


@dataclass(frozen=True, slots=True)
class Participants:
    """Who takes part in a function: `forces` do; `rows` also has those linked, exploring, planned."""

    function: str
    forces: tuple[str, ...]
    rows: tuple[Taking, ...]

    def of(self, force: str) -> Taking | None:
        """How that force stands to the function, if it does at all."""
        return next((row for row in self.rows if row.force == force), None)


@dataclass(frozen=True, slots=True)
class LeadAnswer:
    """The force that runs the function for all; None where nobody does."""

    force: str | None
    why: Citation


@dataclass(frozen=True, slots=True)
class CommandAnswer:
    """The one chief officer a person is under."""

    chief_officer: str
    why: Citation


@dataclass(frozen=True, slots=True)
class GoverningAnswer:
    """Who governs: one body, or several jointly. `undecided` says what no clause decides."""

    bodies: tuple[str, ...]
    jointly: bool
    undecided: str | None
    why: Citation


@dataclass(frozen=True, slots=True)
class ApprovalAnswer:
    """Who must agree to a decision, and how many of them."""

    who: tuple[str, ...]
    needed: int
    why: Citation


@dataclass(frozen=True, slots=True)
class RouteAnswer:
    """The unit a case goes to, or None where no clause sends it anywhere."""

    to: str | None
    why: Citation


@dataclass(frozen=True, slots=True)
class TaskingAnswer:
    """How a unit is called on: `automatic`, `on-request`, through a `tasking-group`, or not at all."""

    mode: str | None
    by: str | None
    why: Citation


@dataclass(frozen=True, slots=True)
class ControllerAnswer:
    """Who controls personal data, the contact point, and who processes it for them."""

    mode: str
    controllers: tuple[str, ...]
    contact: str | None
    processors: tuple[str, ...]
    why: Citation


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """What part of a cost each force pays: exact, and exactly 1 together."""

    shares: Mapping[str, Fraction]
    functions: tuple[str, ...]
    why: Citation


@dataclass(frozen=True, slots=True)
class Charges:
    """One shared cost of a year in pence: `gross` by share, less what is given in kind, is `due`."""

    functions: tuple[str, ...]
    cost_pence: int
    shares: Mapping[str, Fraction]
    gross: Mapping[str, int]
    in_kind: Mapping[str, int]
    due: Mapping[str, int]
    cost_assumed: str | None
    why: Citation


@dataclass(frozen=True, slots=True)
class UnknownCost:
    """A shared cost of which no pence can be said, and why not."""

    functions: tuple[str, ...]
    reason: str
    why: Citation


@dataclass(frozen=True, slots=True)
class YearlyCosts:
    """Every shared cost of an agreement: those known to the penny, and those that are not."""

    known: tuple[Charges, ...]
    unknown: tuple[UnknownCost, ...]

    def due(self) -> dict[str, int]:
        """What each force would pay a year for all of the known costs together."""
        total: dict[str, int] = {}
        for each in self.known:
            for force, pence in each.due.items():
                total[force] = total.get(force, 0) + pence
        return total


@dataclass(frozen=True, slots=True)
class LeaveAnswer:
    """When a leave takes effect: `leaves_on` is the first day outside, `last_day` the one before."""

    notice_on: date
    last_day: date
    leaves_on: date
    leaves_at: datetime
    winding_up_until: date
    residual_until: date
    handover: tuple[str, ...]
    residual_duties: tuple[Words, ...]
    why: Citation


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """One item of what leaving costs; `pence` is the leaver's part, negative when it is paid back."""

    item: str
    total_pence: int
    share: Fraction
    pence: int
    assumed: str | None
    words: str


@dataclass(frozen=True, slots=True)
class SettlementAnswer:
    """What leaving costs a force, line by line; negative when it is owed more than it owes."""

    force: str
    pence: int
    lines: tuple[SettlementLine, ...]
    why: Citation
