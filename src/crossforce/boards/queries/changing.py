"""What will change in who governs: from which day another board has an agreement, its papers and its targets."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from crossforce.agreements import api as agreements
from crossforce.agreements.resolve import GoverningAnswer
from crossforce.boards import models
from crossforce.boards.queries import agreed, ahead, boards, concerning
from crossforce.boards.queries.ahead import Ahead
from crossforce.kernel import civil, guarded
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor

AHEAD = 12
"""How many months are looked ahead."""
Found = dict[tuple[str, str], agreed.Governing]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `on` somebody governs a function of an agreement; nobody where `by` is None.

    `board` is theirs, where there is one that the actor may read.
    """

    on: date
    agreement: str
    function: str
    by: GoverningAnswer | None
    board: models.Board | None


@guarded.acts
def coming(
    actor: Actor, references: Collection[str], on: date, months: int = AHEAD
) -> list[Stretch]:
    """Every change after the day in who governs these agreements, the earliest first.

    What went on before it was brought in here does not begin on the day after that.
    """
    until = civil.add_months(on, months)
    known, kept = ahead.ahead(actor, references, on, until), boards.by_age(actor)
    before = _governing(known, on)
    found: list[Stretch] = []
    for day in ahead.turns_of(known.values(), until):
        then = _governing(known, day)
        starting = {name for name, each in known.items() if day in each.starting}
        before = _brought_in(before, then, starting, on) | before
        for key in sorted(before.keys() | then.keys()):
            now = then.get(key)
            if _who(before.get(key)) != _who(now):
                found.append(_stretch(kept, key, now, day))
        before = then
    return found


def _brought_in(before: Found, then: Found, starting: Collection[str], on: date) -> Found:
    """What is met for the first time without beginning then, as its own terms had it on the day `on`."""
    known = {agreement for agreement, _ in before}
    return {
        key: agreed.by_its_terms(each, on)
        for key, each in then.items()
        if each.agreement not in known and (each.is_undated or each.agreement not in starting)
    }


@guarded.acts
def begins_on(actor: Actor, reference: str, on: date) -> date | None:
    """The first day of an agreement that all have signed and that is yet to begin on this one; None of any other."""
    known = agreements.titles(actor, [reference])
    found = agreed.beginnings(agreed.moment(on), known).get(reference)
    return civil.day_of(found[1]) if found else None


@guarded.acts
def standing(actor: Actor, references: Collection[str], on: date) -> list[Stretch]:
    """Who governs every function of these agreements on the day."""
    found = _by_function(agreed.governing(actor, on, references))
    kept = boards.by_age(actor)
    return [_stretch(kept, key, found[key], on) for key in sorted(found)]


@guarded.acts
def of_board(actor: Actor, key: UUID, on: date) -> list[Stretch]:
    """What this board will govern from a later day, and what another will in its place."""
    row = boards.row_of(key)
    references = concerning.concerned([row], organisations.directory())[key]
    held = {
        (each.agreement, each.function)
        for each in standing(actor, references, on)
        if each.board and each.board.pk == key
    }
    found = []
    for each in coming(actor, references, on):
        named, is_mine = (
            (each.agreement, each.function),
            bool(each.board and each.board.pk == key),
        )
        if is_mine or named in held:
            found.append(each)
        (held.add if is_mine else held.discard)(named)
    return found


def _governing(known: Mapping[str, Ahead], on: date) -> Found:
    return _by_function(one for each in known.values() for one in each.governing(on))


def _by_function(found: Iterable[agreed.Governing]) -> Found:
    return {(each.agreement, each.function): each for each in found}


def _who(found: agreed.Governing | None) -> object:
    """Who governs, however the clause that says so is numbered."""
    answer = found.answer if found else None
    return answer and (frozenset(answer.bodies), answer.jointly, answer.undecided)


def _stretch(
    kept: Sequence[models.Board],
    key: tuple[str, str],
    found: agreed.Governing | None,
    on: date,
) -> Stretch:
    board = boards.board_among(kept, found.answer, found.agreement, on) if found else None
    return Stretch(on, *key, found.answer if found else None, board)
