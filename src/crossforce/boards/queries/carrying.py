"""What came of decisions: read from what was done by them, and else from what was noted on them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards import models
from crossforce.boards.choices import DECISION
from crossforce.boards.kinds import Came, Charge, Made, decision_effects, traces
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Refusal
from crossforce.people.api import Actor
from crossforce.records import api as records


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a decision: since when it has been carried out and how that is said, and all that rests on it.

    `done_on` is None while it was not. One without an effect of its own is carried out by the first thing that
    rests on it. What was done that the reader may not read is not among it.
    """

    done_on: date | None = None
    said: str = ""
    by: str = ""
    came: tuple[Came, ...] = ()


NOTHING_YET: Final = Outcome()


@guarded.acts
def outcomes(actor: Actor, rows: Iterable[models.Decision]) -> dict[UUID, Outcome]:
    """What came of each of these decisions, as far as the actor may read it."""
    known = list(rows)
    decided = [made(row) for row in known if row.is_decided]
    came: defaultdict[UUID, list[Came]] = defaultdict(list)
    for told in traces if decided else ():
        for each in told(actor, decided):
            came[each.decision].append(each)
    return {row.pk: _outcome(row, sorted(came[row.pk], key=lambda e: e.on)) for row in known}


def outcome(actor: Actor, row: models.Decision) -> Outcome:
    """The same of one."""
    found: Outcome = outcomes(actor, [row])[row.pk]
    return found


@guarded.acts
def charge(actor: Actor, row: models.Decision) -> Charge | None:
    """Who has to carry the decision out; None where nobody can be named.

    What leaves no trace of its own is noted as done by whoever keeps the decision.
    """
    effect = decision_effects.get(row.effect) if row.effect else None
    may_note = (effect is not None and effect.is_traced) or access.may(DECISION, row.pk, "edit")
    if effect is None:
        return Charge(records.place_of(row.scope_id).holder, may_note)
    try:
        found = effect.charge(actor, row.agreement, row.effect_of)
    except Refusal:
        return None
    return found and Charge(found.organisation, found.is_mine and may_note)


def made(row: models.Decision) -> Made:
    """The decision for whoever tells what came of it."""
    on = civil.day_of(row.decided_at)
    return Made(row.pk, row.title, row.agreement, row.effect, row.effect_of, on)


def _outcome(row: models.Decision, came: list[Came]) -> Outcome:
    if row.done_on is not None:
        return Outcome(row.done_on, row.outcome, "", tuple(came))
    own = next((each for each in came if not row.effect or each.effect == row.effect), None)
    if own is None:
        return Outcome(came=tuple(came))
    return Outcome(own.on, own.said, own.by, tuple(came))
