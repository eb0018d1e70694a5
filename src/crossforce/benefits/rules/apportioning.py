"""A benefit divided among forces, so that the parts are exactly the whole.

By the shares of cost unless the agreement says otherwise, or by the effort that each gave. What stays
where it falls is in `falling`.
"""

from collections.abc import Mapping
from fractions import Fraction

from crossforce.benefits.choices import ShareRule
from crossforce.kernel.money import allocate


class CannotApportion(Exception):
    """The benefit cannot be divided; the message says which figure is missing."""


def apportion(
    pence: int,
    rule: ShareRule,
    *,
    cost_shares: Mapping[str, Fraction] | None = None,
    effort: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """What of so many pence (or other whole units) is each force's; the parts sum to the whole.

    Raises CannotApportion where the figures that the rule needs are missing, negative, all nothing,
    or do not sum to the whole, and for what stays where it falls.
    """
    if rule is ShareRule.COST_SHARES:
        return _by_shares(pence, cost_shares)
    if rule is ShareRule.EFFORT:
        return allocate(pence, _in_proportion(effort))
    raise CannotApportion("It stays where it falls: each force has what it reported.")


def _by_shares(pence: int, shares: Mapping[str, Fraction] | None) -> dict[str, int]:
    if not shares:
        raise CannotApportion(
            "It is divided by the shares of cost, and no clause shares the cost."
        )
    try:
        return allocate(pence, shares)
    except ValueError as error:
        total = sum(shares.values(), Fraction(0))
        raise CannotApportion(f"The shares of cost sum to {total}, not 1.") from error


def _in_proportion(effort: Mapping[str, int] | None) -> dict[str, Fraction]:
    total = sum((effort or {}).values())
    if not effort or total <= 0:
        raise CannotApportion("It is divided by effort, and no effort is recorded.")
    if low := [force for force, each in effort.items() if each < 0]:
        raise CannotApportion(f"The effort of {', '.join(low)} is below nothing.")
    return {force: Fraction(each, total) for force, each in effort.items()}
