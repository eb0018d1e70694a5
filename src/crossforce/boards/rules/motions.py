"""What is put to a board, and how the board took it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from crossforce.agreements.resolve import Citation
from crossforce.agreements.terms import CompiledTerms
from crossforce.boards.choices import How, Vote
from crossforce.boards.rules.charters import Required
from crossforce.boards.rules.days import WorkingDays
from crossforce.boards.rules.practice import Practice
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.wants import Wants
from crossforce.organisations.directory import Directory


@dataclass(frozen=True, slots=True)
class Motion:
    """What a paper asks for: a kind of decision of the agreement, with its value.

    `functions` empty means every function of the agreement. `is_procedural` is for the board's own
    business (to note, to defer, to agree minutes): nobody is bound by it and nothing takes effect.
    `wants` is what its effect wants of it, where it has one.
    """

    reference: str
    title: str
    decision: str
    pence: int = 0
    functions: tuple[str, ...] = ()
    paper_out_at: datetime | None = None
    effect_on: date | None = None
    is_procedural: bool = False
    wants: Wants | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """That a legal person agreed in writing: in which document, of which day; or by `own`, its answer given here."""

    person: str
    document: str
    on: date
    own: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """That whoever holds a seat answered in writing: the person, the day, and the document here that says so.

    `by` empty is the one person who holds the seat. No document is needed of who records their own answer. `own`
    is the record of an answer that was given here by the holder.
    """

    by: str
    on: date
    document: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True)
class Delegation:
    """What one seat may decide alone between meetings; no kinds named means any.

    `up_to_pence` None is as much as practice gives; £0 is nothing that costs anything. What has no sum is
    delegated by naming its kind.
    """

    seat: str
    decisions: tuple[str, ...] = ()
    up_to_pence: int | None = None
    why: Citation | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """How a board took a motion.

    `bodies` are what the board is: its own code, or the bodies that govern jointly. `consents` are
    legal persons who agreed in writing besides. `asked_on` is when a written decision was sent out.
    `chair` is the seat that chairs; empty where the board's own rules name none. `alone` is the seat that
    decided urgently, `delegation` what the board's rules let it decide; None where they name it not.
    """

    how: How
    at: datetime
    bodies: frozenset[str]
    roll: Roll
    votes: Mapping[str, Vote]
    quorum: Required = field(default_factory=Required)
    casting: Vote | None = None
    chair: str = ""
    consents: frozenset[str] = frozenset()
    asked_on: date | None = None
    alone: str = ""
    delegation: Delegation | None = None
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """What a decision is judged by: the signed terms, who exists, practice, and working days.

    `chair_casts` is whether the board's own rules give its chair a casting vote. Of an agreement that is yet to
    begin the terms are asked as of when it `begins_at`, and not as of the vote.
    """

    terms: CompiledTerms
    directory: Directory
    practice: Practice
    days: WorkingDays = field(default_factory=WorkingDays)
    chair_casts: bool = False
    begins_at: datetime | None = None

    def as_of(self, taken: Taken) -> datetime:
        """As of when the terms are asked of a vote."""
        return self.begins_at or taken.at
