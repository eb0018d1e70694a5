"""What is proposed as a board's own rules, whose consent that needs, and how far it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import ANSWER, Vote
from crossforce.boards.queries import agreed, boards, holders
from crossforce.boards.rules import keeping, own_rules, seats
from crossforce.boards.rules.motions import Consent
from crossforce.boards.rules.own_rules import Proposed
from crossforce.boards.rules.seats import Seat
from crossforce.kernel import civil, clock, guarded
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import Directory, NoSuchOrganisation
from crossforce.people.api import Actor
from crossforce.records import api as records


@dataclass(frozen=True, slots=True)
class Said:
    """What a body answered to a proposal, by whoever holds its office."""

    pk: UUID
    body: str
    vote: Vote
    by: str
    at: datetime
    proposal: str

    @property
    def consent(self) -> Consent:
        """As it is kept once the rules count."""
        return Consent(self.body, "", civil.day_of(self.at), str(self.pk))


@dataclass(frozen=True, slots=True)
class Agreeing:
    """What is proposed, if anything, to which `bodies`, and how far it is; `titles` are those of letters.

    `agreed` are those who agreed to what is proposed; where nothing is, to what counts. `answers` are what bodies said
    themselves. Of those who have not agreed and did not answer, `by_letter` may have agreed in a letter. Where nothing
    is proposed, `unasked` are bodies that joined since the rules counted.
    """

    proposed: Proposed | None
    agreed: Sequence[Consent]
    missing: Sequence[str]
    titles: dict[str, str]
    answers: Sequence[Said] = ()
    by_letter: Sequence[str] = ()
    bodies: Sequence[str] = ()
    unasked: Sequence[str] = ()

    @property
    def against(self) -> list[Said]:
        """Those of the answers that say no."""
        return [each for each in self.answers if each.vote is Vote.AGAINST]


@guarded.acts
def agreeing(actor: Actor, row: models.Board, on: date) -> Agreeing:
    """How far it is on the day."""
    proposed = own_rules.proposed(row.proposed)
    if proposed is None:
        counting = keeping.consents(row.agreed)
        today = whose(actor, row, on) if counting else ()
        asked = standing_in(counting, on)
        unasked = tuple(each for each in today if each not in asked)
        return _told(actor, None, counting, unasked=unasked)
    own, bodies = said(row.pk, proposed), whose(actor, row, on)
    given = all_given(proposed, own)
    missing = own_rules.missing(bodies, given)
    silent = [code for code in missing if code not in own]
    return _told(
        actor,
        proposed,
        given,
        missing=missing,
        answers=[*own.values()],
        by_letter=silent,
        bodies=bodies,
    )


def standing_in(given: Iterable[Consent], on: date) -> set[str]:
    """Who agreed, and who stands in the place of those that are no more: they have not joined, they follow."""
    directory, persons = organisations.directory(), {each.person for each in given}
    known = (each for each in persons if directory.get(each))
    return persons.union(*(directory.heirs(each, on) for each in known))


def whose(actor: Actor, row: models.Board, on: date) -> tuple[str, ...]:
    """Whose consent own rules of the board need on the day: the members of an organisation, else who governs jointly."""
    return _whose(actor, [row], on)[row.pk]


def of_members(code: str, on: date) -> tuple[str, ...] | None:
    """Who speaks for the seats that the directory gives an organisation; None where no organisation has the code.

    Nobody where it has no members: such a board is one body, and what it makes for itself counts at once.
    """
    return _of_members(code, on, organisations.directory())


def _speaker(seat: Seat, on: date, directory: Directory) -> str:
    """The legal person behind a seat; of a force's seat that has none its chief officer, of any other whoever sits there."""
    force = directory.force_of(seat.of)
    if seat.speaks_for or not force:
        return seat.speaks_for or seat.of
    try:
        return directory.chief_officer(force, on)
    except NoSuchOrganisation:
        return seat.of


def said(board: UUID, proposed: Proposed) -> dict[str, Said]:
    """The own answer of each body to this very proposal, while somebody acts who reads the board: the last one counts."""
    return _said({board: proposed})[board]


def all_given(proposed: Proposed, own: dict[str, Said]) -> tuple[Consent, ...]:
    """Who agreed: each by its own answer, or by a letter where it gave none."""
    letters = [each for each in proposed.agreed if each.person not in own]
    return (*letters, *(each.consent for each in own.values() if each.vote is Vote.FOR))


def without_office(actor: Actor, bodies: Iterable[str], on: date) -> list[str]:
    """Those of these bodies whose office nobody holds here on the day, so that nobody could answer for them."""
    return [body for body, held in _held(actor, bodies, on).items() if not held]


def held_by(actor: Actor, bodies: Iterable[str], on: date) -> list[str]:
    """Those of these bodies whose office the actor holds on the day, or one that may stand in for it."""
    sitting = _sitting(bodies, on)
    mine = holders.own(actor, [seat for found in sitting.values() for seat in found], on)
    return [body for body, found in sitting.items() if any(seat.code in mine for seat in found)]


def is_of_the_office(actor: Actor, row: models.SeatAnswer, body: str, on: date) -> bool:
    """Whether whoever holds the body's office itself gave this answer, and the actor only stands in for it."""
    return holders.is_of_the_office(actor, row, _sitting([body], on)[body], on)


@guarded.acts
def waiting(actor: Actor, on: date) -> list[tuple[models.Board, list[str]]]:
    """The boards whose own rules wait for the answer of bodies whose office the actor holds, with these bodies.

    It asks as often for many boards as for one, what was answered only where the actor could answer.
    """
    rows = list(
        models.Board.objects.within_reach().exclude(proposed="").order_by("title", "pk")
    )
    bodies = _whose(actor, rows, on) if rows else {}
    every = dict.fromkeys(body for of in bodies.values() for body in of)
    mine = held_by(actor, every, on) if every else []
    proposals = {
        row.pk: proposed
        for row in rows
        if any(body in mine for body in bodies[row.pk])
        and (proposed := own_rules.proposed(row.proposed))
    }
    given = _said(proposals)
    found = []
    for row in rows:
        if row.pk in given:
            left = [
                code for code in bodies[row.pk] if code in mine and code not in given[row.pk]
            ]
            found += [(row, left)] if left else []
    return found


@guarded.acts
def letters(
    actor: Actor, proposed: Proposed, bodies: Iterable[str]
) -> dict[str, list[tuple[UUID, str]]]:
    """By body the documents that may be its letter, as far as the actor may read them, with their titles."""
    rows = holders.newest(actor)
    return {
        body: [
            (row.pk, row.title)
            for row in rows
            if not fault_of_letter(actor, row, body, proposed)
        ]
        for body in bodies
    }


def fault_of_letter(actor: Actor, row: Any, body: str, proposed: Proposed) -> str:
    """Why this document is no letter in which the body agrees to the proposal; nothing where it is one.

    Where somebody here could answer for the body, it is not written by whoever records it.
    """
    force = organisations.directory().force_of(body)
    if records.place_of(row.scope_id).holder not in {body, force or body}:
        return f"it is held neither by {body} nor by its force. Ask them to keep it as a document of theirs"
    if proposed.reference not in f"{row.name} {row.reference_number} {row.body}":
        return f"it does not quote this proposal: {proposed.reference}. Ask for one that does"
    today = civil.day_of(clock.now())
    if row.created_by == actor.reference and not without_office(actor, [body], today):
        return f"you wrote it yourself, and {body} has an office here. Ask whoever holds it to answer, or to write it"
    return ""


def _whose(actor: Actor, rows: Sequence[models.Board], on: date) -> dict[UUID, tuple[str, ...]]:
    """By board whose consent its own rules need on the day."""
    directory = organisations.directory()
    found = {row.pk: _of_members(row.code, on, directory) for row in rows}
    joint = [row for row in rows if found[row.pk] is None]
    references = {row.agreement for row in joint}
    now, soon = (
        agreed.governing_and_beginning(actor, on, references, directory) if joint else ([], [])
    )
    governed = {row.pk: boards.bodies_of(row, on, now + soon, directory) for row in joint}
    return {key: governed[key] if of is None else of for key, of in found.items()}


def _of_members(code: str, on: date, directory: Directory) -> tuple[str, ...] | None:
    if directory.get(code) is None:
        return None
    known = [directory.get(each) for each in directory.heirs(code, on) or (code,)]
    found = [each.code for each in known if each and each.members]
    sitting = seats.of_bodies(found, on, directory, agreed.known_offices(on))
    return tuple(dict.fromkeys(_speaker(each, on, directory) for each in sitting))


def _said(proposals: Mapping[UUID, Proposed]) -> dict[UUID, dict[str, Said]]:
    """By board the last answer of each body to what is proposed for it now."""
    rows = [
        (board, Said(pk, body, Vote(vote), by, at, to))
        for board, pk, body, vote, by, at, to in records.told(ANSWER, "said", proposals)
    ]
    digests = {board: proposed.digest for board, proposed in proposals.items()}
    found: dict[UUID, dict[str, Said]] = {board: {} for board in proposals}
    for board, each in sorted(rows, key=lambda row: (row[1].at, row[1].pk)):
        if each.proposal == digests[board]:
            found[board] |= {each.body: each}
    return found


def _sitting(bodies: Iterable[str], on: date) -> dict[str, tuple[Seat, ...]]:
    """By body the seats that it has as a member of a board."""
    directory, offices = organisations.directory(), agreed.known_offices(on)
    return {body: seats.of_bodies([body], on, directory, offices) for body in bodies}


def _held(actor: Actor, bodies: Iterable[str], on: date) -> dict[str, set[str]]:
    """By body who holds its office on the day, or one that may stand in for it."""
    sitting = _sitting(bodies, on)
    known = holders.holders(actor, [seat for found in sitting.values() for seat in found], on)
    return {
        body: {each.by for seat in found for each in known[seat.code]}
        for body, found in sitting.items()
    }


def _told(
    actor: Actor, proposed: Proposed | None, given: Sequence[Consent], **more: Any
) -> Agreeing:
    titles = holders.titles(actor, [each.document for each in given])
    more = {"missing": ()} | more
    return Agreeing(proposed, given, titles=titles, **more)
