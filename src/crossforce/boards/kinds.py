"""Record kinds of boards, what other apps put on agendas, and what a decision can do."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.boards.choices import ACTION, ANSWER, BOARD, DECISION, MEETING, PAPER
from crossforce.boards.rules.agendas import Due
from crossforce.kernel.registry import About, Fact, RecordKind, Shelf

KINDS: Final = (
    RecordKind(
        BOARD,
        "Board",
        "Bwrdd",
        plural="Boards",
        title_field="title",
        fields=(
            "title", "code", "agreement", "reports_to", "cycle", "weekday", "week", "month", "begins",
            "seats", "chair", "chair_casts", "delegations", "proposed", "agreed", "closed",
        ),
        pointer_fields=("title", "code", "agreement"),
        search_fields=("title", "code", "agreement"),
        retention="police-information-group-4",
        is_by_hand=False,
        clashes={"board_has_its_own_code": "A board of that code is kept there already. Change that one."},
        # That a board decides binds everybody, and of two of the same bodies the one that is kept first does.
        facts=(Fact("kept", ("code", "agreement", "reports_to", "created_at", "id")),),
    ),
    RecordKind(
        MEETING,
        "Meeting of a board",
        "Cyfarfod bwrdd",
        plural="Meetings of boards",
        title_field="title",
        fields=(
            "title", "board", "on", "begins", "place", "state", "papers_due_on", "moved",
            "attendance", "notes", "agenda", "minutes",
        ),
        pointer_fields=("title", "on"),
        search_fields=("title", "place", "minutes"),
        retention="police-information-group-4",
        is_by_hand=False,
        clashes={"meeting_once_a_day": "That board has a meeting on that day already."},
    ),
    RecordKind(
        PAPER,
        "Paper for a board",
        "Papur i fwrdd",
        plural="Papers for boards",
        title_field="title",
        fields=(
            "title", "agreement", "functions", "heading", "body", "decision", "pence", "effect",
            "effect_of", "effect_on", "due_on", "state", "out_at", "out_by",
        ),
        pointer_fields=("title", "agreement"),
        search_fields=("title", "agreement", "body"),
        retention="police-information-group-4",
        is_by_hand=False,
    ),
    RecordKind(
        DECISION,
        "Decision of a board",
        "Penderfyniad bwrdd",
        plural="Decisions of boards",
        title_field="title",
        fields=(
            "title", "paper", "board", "meeting", "agreement", "how", "decided_at", "decided_by",
            "is_decided", "takes_effect_on", "votes", "consents", "casting", "asked_on", "alone", "judged", "urgency",
            "effect", "effect_of", "done_on", "outcome",
        ),
        pointer_fields=("title", "agreement"),
        search_fields=("title", "agreement", "urgency", "outcome"),
        retention="police-information-group-4",
        is_by_hand=False,
        clashes={"decision_of_a_paper_once": "This paper is decided already."},
        # Nobody decides a paper again that they may read, nor puts it off twice, whoever keeps the decision.
        facts=(
            Fact(
                "taken", ("paper", "is_decided", "meeting"), days=("decided_at",), by="paper",
                when="is_decided OR how = 'put-off'", about=(About("paper", PAPER),),
            ),
        ),
    ),
    RecordKind(
        ACTION,
        "Action of a board",
        "Cam gweithredu bwrdd",
        plural="Actions of boards",
        title_field="what",
        fields=(
            "what", "owner", "board", "meeting", "item", "set_on", "due_on", "state", "ended_on", "said",
        ),
        pointer_fields=("what", "owner"),
        search_fields=("what", "said"),
        retention="police-information-group-4",
        is_by_hand=False,
    ),
    RecordKind(
        ANSWER,
        "Answer to a board",
        "Ateb i fwrdd",
        plural="Answers to boards",
        title_field="title",
        fields=("title", "paper", "proposal", "board", "agreement", "seat", "vote", "said_by", "said_at"),
        pointer_fields=("title", "agreement"),
        search_fields=("title", "agreement", "seat"),
        retention="police-information-group-4",
        is_by_hand=False,
        clashes={
            "answer_of_a_seat_once": "This seat has answered meanwhile. Look at its answer.",
            "answer_of_a_body_once": "This body has answered meanwhile. Look at its answer.",
        },
        # Every answer counts: whoever may change the board and closes knows of each to a paper that they read.
        facts=(
            Fact(
                "given", ("board", "id", "seat", "vote", "said_by", "said_at"), by="paper",
                about=(About("paper", PAPER), About("board", BOARD, "edit")),
            ),
            # What the bodies of a board say to its own rules, whoever reads the board knows.
            Fact(
                "said", ("board", "id", "seat", "vote", "said_by", "said_at", "proposal"), by="board",
                when="proposal <> ''", about=(About("board", BOARD),),
            ),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which board an agenda is put together, and for which day.

    `agreements` are those of which it governs something on that day, `functions` what it governs of
    each.
    """

    board: str
    agreements: tuple[str, ...]
    meets_on: date
    meets_next: date | None
    functions: frozenset[tuple[str, str]] = frozenset()

    def governs(self, agreement: str, function: str) -> bool:
        """Whether the board governs this: what is of no function is of all of its agreement."""
        is_all = not function and agreement in self.agreements
        return is_all or (agreement, function) in self.functions


AgendaItems = Callable[[Any, Asked], Iterable[Due]]
"""`items(actor, asked)`: what the actor may see that the board must see by its next meeting."""

agenda_items: Shelf[AgendaItems] = Shelf("provider of agenda items")


@dataclass(frozen=True, slots=True)
class Carried:
    """The decision that is carried out: its identifier, agreement and value, and `what` its paper names."""

    key: UUID
    title: str
    agreement: str
    pence: int
    decided_on: date
    what: str


@dataclass(frozen=True, slots=True)
class Charge:
    """Who is to carry out what a decision does: the organisation, and whether the actor may do it for them."""

    organisation: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What a decision of an agreement can be about: `what` is the code that a paper names, `title` what people read."""

    agreement: str
    what: str
    title: str


@dataclass(frozen=True, slots=True)
class DecisionEffect:
    """What a decision can do by itself: `run(actor, carried, at)` does it, or refuses.

    Papers name to what, as `hint` says and `offered(actor, agreement)` lists, of any agreement where none is
    given; the answer is told as what came of it. `decision` is the kind of decision that it follows from. `charge(actor, agreement, what)` is who has to
    do it, None where the actor may know of nothing that it could be done to. `sum_of(actor, agreement, what)` is
    what it is of in pence, None while nothing that the actor may see says so; an effect without `sum_of` has
    no sum. What `is_traced` tells of itself afterwards (`traces`), and nothing is noted on the decision.
    """

    name: str
    title: str
    title_cy: str
    hint: str
    run: Callable[[Any, Carried, datetime], str]
    decision: str
    offered: Callable[[Any, str], Iterable[Offered]]
    charge: Callable[[Any, str, str], Charge | None]
    sum_of: Callable[[Any, str, str], int | None] | None = None
    is_traced: bool = False


decision_effects: Shelf[DecisionEffect] = Shelf("effect of a decision")


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was made, as whoever tells what came of it needs to know it."""

    key: UUID
    title: str
    agreement: str
    effect: str
    what: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Came:
    """What rests on a decision: what was done, when, and by whom; `effect` is what it was to do itself, if it was."""

    decision: UUID
    said: str
    on: date
    by: str
    effect: str = ""


Traces = Callable[[Any, Sequence[Made]], Iterable[Came]]
"""`traces(actor, decisions)`: what was done by these decisions, as far as the actor may read it."""

traces: Shelf[Traces] = Shelf("trace of decisions")
