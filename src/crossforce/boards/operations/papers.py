"""Papers are written, changed, sent out, put off and taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.agreements import catalogues
from crossforce.boards import models
from crossforce.boards.choices import (
    MARKING,
    MEETING,
    PAPER,
    PURPOSES,
    PUT_OFF,
    MeetingState,
    PaperState,
)
from crossforce.boards.kinds import decision_effects
from crossforce.boards.operations import alone, taking
from crossforce.boards.operations.wanting import wants_of
from crossforce.boards.queries import agreed, boards, deciding, meetings, offering, papers
from crossforce.boards.rules import keeping
from crossforce.boards.rules.days import beyond
from crossforce.boards.rules.wants import mismatch
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

CLOSED: Final = "This paper is decided or withdrawn."


class BadPaper(NotUnderstood):
    """The paper cannot be kept like that; the message says what is wrong with it."""


class NotSo(Conflict):
    """That cannot be done with a paper that stands so; the message says how it stands."""


@dataclass(frozen=True, slots=True)
class NewPaper:
    """What is asked of whoever governs these functions; no functions means all of the agreement."""

    title: str
    agreement: str
    due_on: date
    functions: tuple[str, ...] = ()
    heading: str = "decision"
    body: str = ""
    decision: str = ""
    pence: int = 0
    effect: str = ""
    effect_of: str = ""
    effect_on: date | None = None

    def values(self) -> dict[str, Any]:
        """As a record has them."""
        return {
            "title": self.title,
            "agreement": self.agreement,
            "functions": " ".join(self.functions),
            "heading": self.heading,
            "body": self.body,
            "decision": self.decision,
            "pence": self.pence,
            "effect": self.effect,
            "effect_of": self.effect_of,
            "effect_on": self.effect_on,
            "due_on": self.due_on,
        }


@guarded.acts
def write(*, actor: Actor, new: NewPaper, at: datetime) -> UUID:
    """Write a paper; the actor's organisation holds it. Raises BadPaper, NoSuchAgreement, MayNotAdd."""
    _refuse_bad(actor, new, at)
    more = {"state": PaperState.DRAFT.value, "purposes": list(PURPOSES)}
    record = records.NewRecord(
        PAPER, _place(actor.organisation, new.functions), new.values() | more
    )
    row = records.create(actor=actor, new=record, at=at)
    key: UUID = row.pk
    return key


@guarded.acts
def change(*, actor: Actor, paper: UUID, version: int, new: NewPaper, at: datetime) -> None:
    """Change a paper that is not out yet. Raises NoSuchPaper, NotSo, BadPaper, StaleVersion."""
    row = _in(
        paper, (PaperState.DRAFT,), "A paper that is out stays as it is. Take it back first."
    )
    if new.agreement != row.agreement:
        raise BadPaper("The agreement of a paper stays. Write another paper instead.")
    _refuse_bad(actor, new, at)
    _edit(actor, row, version, new.values(), at)


@guarded.acts
def send_out(*, actor: Actor, paper: UUID, version: int, at: datetime) -> None:
    """Send the paper out to the seats: from now on it can be decided. Raises NoSuchPaper, NotSo."""
    row = _in(paper, (PaperState.DRAFT,), "This paper is out already.")
    given = {"state": PaperState.OUT.value, "out_at": at, "out_by": actor.reference}
    _edit(actor, row, version, given, at)


@guarded.acts
def put_off(*, actor: Actor, paper: UUID, meeting: UUID, at: datetime) -> UUID:
    """Put the paper off: it comes first under its heading at the next meeting.

    The meeting that puts it off has it on its agenda, has begun and is not over. Whoever may change the meeting
    may, whose paper it ever is: it is kept beside the board's decisions. Raises NoSuchPaper, NoSuchMeeting,
    Refused, NotSo, MayNotAdd.
    """
    access.require(MEETING, meeting, "edit")
    row = _in(paper, papers.OPEN, CLOSED)
    held = meetings.row_of(meeting, is_locked=True)
    if held.state != MeetingState.PLANNED.value or not meetings.has_begun(held, at):
        raise NotSo("Only a meeting that is being held puts a paper off.")
    if any(of == meeting for of, _ in papers.fates([paper])[paper].put_off):
        raise NotSo("This meeting has put it off already.")
    board = boards.row_of(held.board)
    sitting = boards.sitting(actor, board, held.on)
    if str(paper) not in meetings.items_of(actor, held, board, sitting):
        raise NotSo("This paper is not on the agenda of that meeting.")
    if another := deciding.why_another(board, sitting, row.agreement):
        raise NotSo(another)
    values = {
        "how": PUT_OFF,
        "decided_at": meetings.instant_of(held),
        "judged": keeping.put_off_text(),
    }
    return taking.keep(actor, taking.Where(board, held), row, values, at)


@guarded.acts
def withdraw(*, actor: Actor, paper: UUID, version: int, at: datetime) -> None:
    """Take the paper back. Raises NoSuchPaper, NotSo."""
    row = _in(paper, papers.OPEN, CLOSED)
    _edit(actor, row, version, {"state": PaperState.WITHDRAWN.value}, at)


def _to_what(actor: Actor, new: NewPaper) -> str:
    """What is asked for, and what there is to choose from."""
    found = offering.offered(actor, new.agreement)
    known = ", ".join(each.of.what for each in found if each.effect.name == new.effect)
    return f"Say to what it does that. There is: {known or 'nothing yet'}."


def _in(key: UUID, states: Collection[PaperState], refusal: str) -> models.Paper:
    """The paper, standing still, where it stands so. Raises NoSuchPaper, NotSo."""
    alone.with_paper(key)
    found = papers.standing_of([papers.row_of(key)])[0]
    if found.state not in states:
        raise NotSo(CLOSED if found.state not in papers.OPEN else refusal)
    return found.row


def _edit(
    actor: Actor, row: models.Paper, version: int, given: dict[str, Any], at: datetime
) -> None:
    records.edit(actor=actor, kind=PAPER, record=row.pk, version=version, given=given, at=at)


def _place(holder: str, functions: tuple[str, ...]) -> records.Place:
    """In the collection of its function, where it is about one that the catalogue knows."""
    one = functions[0] if len(functions) == 1 else ""
    collection = f"function:{one}" if one in catalogues.functions() else ""
    return records.Place(holder, collection, "", MARKING)


def _refuse_bad(actor: Actor, new: NewPaper, at: datetime) -> None:
    terms = agreed.binding(actor, new.agreement, at)[0].terms
    unknown = [each for each in new.functions if each not in terms.functions]
    if unknown:
        raise BadPaper(
            f"The agreement has no function “{unknown[0]}”. It has: {', '.join(terms.functions)}."
        )
    headings = [each.kind for each in agreed.known_practice(civil.day_of(at)).template]
    if new.heading not in headings:
        raise BadPaper(f"The heading is one of: {', '.join(headings)}.")
    if new.effect and decision_effects.get(new.effect) is None:
        raise BadPaper(
            f"A decision can do: {', '.join(decision_effects.names()) or 'nothing'}."
        )
    if new.effect and not new.effect_of.strip():
        raise BadPaper(_to_what(actor, new))
    if (new.effect or new.pence) and not new.decision:
        raise BadPaper("Say which kind of decision of the agreement this is.")
    wants = wants_of(actor, new.effect, new.agreement, new.effect_of)
    refusal = beyond(new.due_on, new.effect_on) or mismatch(new.decision, new.pence, wants)
    if refusal is not None:
        raise BadPaper(str(refusal))
