"""What the effect that a paper names wants of its decision."""

from crossforce.boards.kinds import decision_effects
from crossforce.boards.rules.wants import Wants
from crossforce.people.api import Actor


def wants_of(actor: Actor, effect: str, agreement: str, effect_of: str) -> Wants | None:
    """What it wants, its sum as far as the actor may see it; None where it names no effect that is known.

    Raises what the effect refuses with where `effect_of` names nothing that it could act on.
    """
    found = decision_effects.get(effect) if effect else None
    if found is None:
        return None
    if found.sum_of is None:
        return Wants(found.title, found.decision)
    pence = found.sum_of(actor, agreement, effect_of)
    return Wants(found.title, found.decision, is_priced=True, pence=pence)
