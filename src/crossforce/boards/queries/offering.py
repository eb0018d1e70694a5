"""What a decision can do by itself, and to what: so that nobody has to know a code by heart."""

from dataclasses import dataclass

from crossforce.boards.kinds import DecisionEffect, Offered, decision_effects
from crossforce.kernel import guarded
from crossforce.people.api import Actor


@dataclass(frozen=True, slots=True)
class Choice:
    """An effect and one thing that it can be of."""

    effect: DecisionEffect
    of: Offered


@guarded.acts
def offered(actor: Actor, agreement: str = "") -> list[Choice]:
    """All that a decision of the agreement can do, as far as the actor may know of it; of any where none is given."""
    return [
        Choice(effect, each)
        for effect in decision_effects
        for each in effect.offered(actor, agreement)
    ]
