"""Copies that were given and copies that came, as each side may know of them: of the other's record what binds both is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.contrib.auth import get_user_model

from crossforce.evidence.choices import CASE, COPY, RECEIVED, Lasts, OnRecall
from crossforce.evidence.models import Case, Copy, Received, Share
from crossforce.evidence.queries.places import SIDES, in_place
from crossforce.evidence.rules import copying
from crossforce.evidence.rules.copying import Tie
from crossforce.kernel import civil, guarded, rulepacks, statements
from crossforce.kernel.refusals import Missing
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records

SHOWN: Final = 500
BOUND: Final = "SELECT is_bound, is_onward FROM evidence_bound(%s, %s, %s)"
PACK: Final = "evidence-sharing"
OUTSIDE: Final = "It is not on this platform: ask on paper, and enter the receipt that comes."
NOBODY: Final = "Nobody there has an account to answer with: ask on paper, and enter the receipt that comes."
GONE: Final = "It is no more: ask whoever took its place, and enter the receipt that comes."


@dataclass(frozen=True, slots=True)
class Told:
    """What the receiver's record says to the giver."""

    accepted_at: datetime | None = None
    answer: str = ""
    answer_why: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    ended_how: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A copy that was given: what the receiver said, why it is asked back, and why nobody may be hearing that."""

    row: Copy
    told: Told
    asked: str
    unreached: str

    @property
    def ended_at(self) -> datetime | None:
        """Since when it is no more with the receiver, by its own receipt or one on paper."""
        return self.told.ended_at or self.row.ended_at

    @property
    def state(self) -> str:
        """How it stands, in words."""
        row, told = self.row, self.told
        if self.ended_at:
            return told.ended_how or row.ended_how
        if row.received and not told.accepted_at:
            return (
                "Withdrawn before it was taken" if row.recalled_at else "Offered, not taken yet"
            )
        if not self.asked:
            return "With the receiver"
        if told.answer == OnRecall.KEEPS:
            return f"Asked back; kept, because: {told.answer_why}"
        return "Asked back; let go, not gone yet" if told.answer else "Asked back; no answer"

    @property
    def is_out(self) -> bool:
        """Whether it is, or may come to be, with the receiver."""
        is_withdrawn = self.row.received and not self.told.accepted_at and self.row.recalled_at
        return self.ended_at is None and not is_withdrawn


@dataclass(frozen=True, slots=True)
class Came:
    """A copy that another offers, or that came: why it is asked back, and what may be done with it."""

    row: Received
    asked: str
    withdrawn: str
    may_act: bool

    @property
    def state(self) -> str:
        """How it stands, in words."""
        row = self.row
        if row.ended_at:
            return row.ended_how
        if row.is_offered:
            return "Withdrawn by the giver" if self.withdrawn else "Offered: take or decline it"
        if not self.asked:
            return "Here"
        if row.answer == OnRecall.KEEPS:
            return f"Asked back; kept, because: {row.answer_why}"
        return (
            "Asked back; let go, to be disposed of by two"
            if row.answer
            else "Asked back: answer"
        )

    @property
    def waits(self) -> bool:
        """Whether somebody here has to do something about it."""
        if self.row.is_offered:
            return not self.withdrawn
        return self.row.is_held and bool(self.asked) and self.row.answer != OnRecall.KEEPS


@guarded.acts
def given(actor: Actor, at: datetime, *, exhibit: UUID | None = None) -> list[Given]:
    """The copies that one may read as given, the newest first; of one exhibit, or of all."""
    rows = Copy.objects.order_by("-created_at", "-pk")
    return _given(list((rows.filter(exhibit=exhibit) if exhibit else rows)[:SHOWN]), at)


@guarded.acts
def given_one(actor: Actor, copy: UUID, at: datetime) -> Given:
    """One copy that was given. Raises Missing."""
    found = _given(list(Copy.objects.filter(pk=copy)), at)
    if not found:
        raise Missing
    return found[0]


@guarded.acts
def received(actor: Actor, at: datetime, *, is_open: bool = False) -> list[Came]:
    """The copies that one may read as offered or received, the newest first; or those that have not ended."""
    rows = Received.objects.order_by("-created_at", "-pk")
    return _came(list((rows.filter(ended_at=None) if is_open else rows)[:SHOWN]), at)


@guarded.acts
def received_one(actor: Actor, copy: UUID, at: datetime) -> Came:
    """One copy that was offered, or came. Raises Missing."""
    found = _came(list(Received.objects.filter(pk=copy)), at)
    if not found:
        raise Missing
    return found[0]


def waiting(actor: Actor, at: datetime) -> int:
    """How many copies wait for the actor: offered, or asked back and not answered or not gone."""
    return sum(each.waits and each.may_act for each in received(actor, at, is_open=True))


def takers(place: records.Place, on: date) -> dict[str, records.Place]:
    """To whom copies of exhibits of a place may be given by whoever acts: each organisation with where its record would stand."""
    found = dict[str, records.Place]()
    bodies = organisations.directory().organisations
    codes = [each.code for each in bodies if each.kind in SIDES and each.exists(on)]
    for collection in dict.fromkeys(("", place.collection)):
        asked = {
            in_place(
                records.Place(code, collection, place.compartment, place.marking), RECEIVED
            ): records.Place(code, collection, place.compartment, place.marking)
            for code in codes
            if code != place.holder
        }
        for scope in guarded.open_scopes("add", asked):
            found[scope.holder] = asked[scope]
    return found


def case_named(reference: str) -> UUID | None:
    """The case of that reference that whoever acts may read and that is not closed."""
    row = Case.objects.filter(case_reference=reference).exclude(state="closed").first()
    return row.pk if row else None


def bound(agreement: str, giver: str, receiver: str) -> tuple[bool, bool]:
    """Whether a clause of the agreement still has copies go from one to the other, and lets them be given on now."""
    if not agreement:
        return True, False
    ((is_bound, is_onward),) = statements.answers(BOUND, agreement, giver, receiver)
    return is_bound, is_onward


def binding(organisation: str) -> set[str]:
    """The agreements of which a clause on access binds the organisation of whoever acts."""
    found = statements.answers("SELECT evidence_agreements(%s)", organisation)
    return {reference for (reference,) in found}


def is_over(row: Share) -> bool:
    """Whether the case or the agreement has ended to which a link is tied."""
    if row.lasts == Lasts.CASE:
        return bool(closed([row.case]))
    holder = records.place_of(row.scope_id).holder
    return row.lasts == Lasts.AGREEMENT and row.agreement not in binding(holder)


def closed(cases: Iterable[UUID | None]) -> set[UUID]:
    """Which of these cases are closed, whoever may read them: what was tied to one of them is over."""
    return {key for (key,) in records.told(CASE, "closed", {each for each in cases if each})}


class _Over:
    """Why the time of each of these copies is over; what binds the same two is asked once."""

    def __init__(self, rows: Iterable[Any], at: datetime) -> None:
        rows = list(rows)
        self._places = records.places_of({row.scope_id for row in rows})
        self._shut = closed(row.case for row in rows)
        self._bound = cache(bound)
        self._on = civil.day_of(at)

    def of(self, row: Copy | Received) -> str:
        """Empty while it is not."""
        holder = self._places[row.scope_id].holder
        two = (holder, row.receiver) if isinstance(row, Copy) else (row.giver, holder)
        is_bound, _ = self._bound(row.agreement, *two)
        tie = Tie(Lasts(row.lasts), row.until_on, is_bound, row.case in self._shut)
        return copying.over(tie, self._on)


def _given(rows: list[Copy], at: datetime) -> list[Given]:
    told = {
        key: Told(*said)
        for key, *said in records.told(RECEIVED, "answered", [row.pk for row in rows])
    }
    over, found = _Over(rows, at), []
    for row in rows:
        asked = row.recalled_why if row.recalled_at else over.of(row)
        each = Given(row, told.get(row.pk, Told()), asked, "")
        is_awaited = asked and each.is_out and not each.told.answer
        found.append(Given(row, each.told, asked, _unreached(each, at) if is_awaited else ""))
    return found


def _unreached(copy: Given, at: datetime) -> str:
    """Why the receiver may not hear that a copy is asked back; empty where nothing says so."""
    row = copy.row
    if row.received is None:
        return OUTSIDE
    body = organisations.directory().get(row.receiver)
    if body is None or not body.exists(civil.day_of(at)):
        return GONE
    posted = people.held(at).filter(organisation=row.receiver).order_by().values("staff_id")
    if not get_user_model().objects.filter(is_active=True, staff_id__in=posted).exists():
        return NOBODY
    days = int(rulepacks.load(PACK).value("answer-days", civil.day_of(at)))
    if row.recalled_at and at - row.recalled_at > timedelta(days=days):
        return f"No answer after {days} days. Its page tells everybody there who may answer."
    return ""


def _came(rows: list[Received], at: datetime) -> list[Came]:
    if not rows:
        return []
    withdrawn = {
        key: why for key, _, why in records.told(COPY, "withdrawn", [row.pk for row in rows])
    }
    over = _Over(rows, at)
    may = records.allowed(RECEIVED, "edit")
    return [
        Came(
            row,
            withdrawn.get(row.pk, "") or over.of(row),
            withdrawn.get(row.pk, ""),
            may(row),
        )
        for row in rows
    ]
