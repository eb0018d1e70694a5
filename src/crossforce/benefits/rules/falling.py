"""What stays where it falls: a period counts once every force has reported, and each has its own part.

Its figures are themselves the gain, from a baseline of nothing: of a baseline of all together nobody
could say what of a gain is whose.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction

from crossforce.benefits.choices import ShareRule
from crossforce.benefits.rules.apportioning import CannotApportion, apportion
from crossforce.benefits.rules.profile import Profile


def missing(profile: Profile, told: Collection[str]) -> tuple[str, ...]:
    """The forces that have yet to report a period of which these have told."""
    return tuple(each for each in profile.reporting if each not in told)


def parts(whole: int, fell: Mapping[str, Fraction]) -> dict[str, int]:
    """What of so many whole units fell to each force: its own figure, cut to units; they sum to `whole`.

    Raises CannotApportion where the figures of the forces are not the whole, or there are none.
    """
    if not fell:
        raise CannotApportion("It stays where it falls, and no force says what fell to it.")
    cut = {force: each.__floor__() for force, each in fell.items()}
    left = whole - sum(cut.values())
    if not 0 <= left < len(cut):
        raise CannotApportion(
            "What fell to the forces is not what came in all: settle which is right."
        )
    for force in sorted(cut, key=lambda each: cut[each] - fell[each])[:left]:
        cut[force] += 1
    return cut


def as_the_result(whole: int, fell: Mapping[str, Fraction]) -> dict[str, int]:
    """What was promised, in proportion to what came; a force that lost has no part of the promise.

    Raises CannotApportion where nothing came.
    """
    found = {force: max(0, int(each * 10_000)) for force, each in fell.items()}
    if not sum(found.values()):
        raise CannotApportion("It stays where it falls, and nothing has fallen to a force yet.")
    return apportion(whole, ShareRule.EFFORT, effort=found)
