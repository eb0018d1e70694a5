"""What a board decided takes effect: once, from its day."""

from datetime import datetime
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards import models
from crossforce.boards.choices import DECISION
from crossforce.boards.kinds import Carried, DecisionEffect, decision_effects
from crossforce.boards.queries import agreed, carrying, meetings, papers
from crossforce.boards.rules.effects import Outcome, refusal_to_take_effect
from crossforce.boards.rules.wants import Wants, mismatch
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict
from crossforce.people.api import Actor
from crossforce.records import api as records


class NoEffect(Conflict):
    """The decision does not take effect; the message says why."""


@guarded.acts
def take_effect(*, actor: Actor, decision: UUID, version: int, at: datetime) -> str:
    """Do what was decided, once, on its day or after; the answer says what came of it.

    Whoever does it needs what the effect needs (to open a budget, to publish a report), and of the decision only
    to read it: that it was done is told by what was done. What leaves no such trace is noted on the decision,
    by whoever keeps it. Raises NoSuchDecision, NoEffect, StaleVersion, and what the effect itself refuses with.
    """
    row, today = meetings.decision_of(decision), civil.day_of(at)
    against = None if row.is_decided else meetings.judged_of(row).first_reason
    done_on = carrying.outcome(actor, row).done_on
    refusal = refusal_to_take_effect(Outcome(against, row.takes_effect_on, done_on), today)
    if refusal is not None:
        raise NoEffect(str(refusal))
    if not agreed.binding(actor, row.agreement, at)[0].is_acted_on:
        raise NoEffect(
            "Nobody has signed this agreement here: nothing is carried out under it."
        )
    effect = _effect_of(row)
    if effect is not None and effect.is_traced:
        return effect.run(actor, _carried(row, effect), at)
    access.require(DECISION, decision, "edit")
    meetings.decision_of(decision, is_locked=True)
    said = effect.run(actor, _carried(row, effect), at) if effect else "Noted as carried out."
    given = {"done_on": today, "outcome": said}
    records.edit(
        actor=actor, kind=DECISION, record=decision, version=version, given=given, at=at
    )
    return said


def _effect_of(row: models.Decision) -> DecisionEffect | None:
    if not row.effect:
        return None
    effect = decision_effects.get(row.effect)
    if effect is None:
        raise NoEffect(f"Nothing here can do “{row.effect}”.")
    return effect


def _carried(row: models.Decision, effect: DecisionEffect) -> Carried:
    paper = papers.row_of(row.paper)
    _refuse_another_kind(paper, effect)
    day = civil.day_of(row.decided_at)
    return Carried(row.pk, row.title, row.agreement, paper.pence, day, row.effect_of)


def _refuse_another_kind(paper: models.Paper, effect: DecisionEffect) -> None:
    """What was decided of another kind does nothing, whenever it was decided."""
    wants = Wants(effect.title, effect.decision, is_priced=effect.sum_of is not None)
    refusal = mismatch(paper.decision, paper.pence, wants)
    if refusal is not None:
        raise NoEffect(str(refusal))
