"""Appraisal as the Green Book has it: discounting, net present social value, benefit-cost ratio."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from crossforce.kernel.rulepacks import NoSuchRule, RulePack


class CannotAppraise(Exception):
    """The case cannot be appraised; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Band:
    """A yearly rate that holds up to and with a year; none means for good."""

    rate: Fraction
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Benefits and public costs of one year, in pence at constant prices; year 0 is the first.

    What is spent already has no place here.
    """

    year: int
    benefit: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Present values in pence; `npsv` is what is gained beyond the cost."""

    benefit: Fraction
    cost: Fraction

    @property
    def npsv(self) -> int:
        """Net present social value, to the nearest penny."""
        net = self.benefit - self.cost
        whole = int(abs(net) + Fraction(1, 2))
        return -whole if net < 0 else whole

    @property
    def bcr(self) -> Fraction | None:
        """Benefit for each pound of public cost; None where there is no cost."""
        return self.benefit / self.cost if self.cost > 0 else None


def bands(pack: RulePack, of: str, on: date) -> tuple[Band, ...]:
    """The discount rates of the rule pack: `standard`, or `health` for effects on life and health.

    Raises CannotAppraise where the pack has none of that name.
    """
    try:
        rows = pack.value(f"discount.{of}", on)
    except NoSuchRule as error:
        raise CannotAppraise(str(error)) from error
    return tuple(Band(Fraction(row["rate"]), row.get("until")) for row in rows)


def factor(year: int, rates: Sequence[Band]) -> Fraction:
    """What a pound of that year is worth in year 0. Raises CannotAppraise beyond the last rate."""
    if year < 0:
        raise CannotAppraise(
            f"year {year} lies before the first: what is spent is not appraised"
        )
    worth, done = Fraction(1), 0
    for band in rates:
        last = year if band.until is None else min(year, band.until)
        worth /= (1 + band.rate) ** max(0, last - done)
        done = max(done, last)
    if done < year:
        raise CannotAppraise(f"there is no discount rate for year {year}")
    return worth


def appraise(
    flows: Sequence[Flow], rates: Sequence[Band], bias: Fraction = Fraction(0)
) -> Appraisal:
    """The present value of benefits and of costs; costs are first raised by the optimism bias."""
    return Appraisal(
        sum((each.benefit * factor(each.year, rates) for each in flows), Fraction(0)),
        sum((each.cost * factor(each.year, rates) for each in flows), Fraction(0)) * (1 + bias),
    )


def beyond_doing_minimum(flows: Sequence[Flow], minimum: Sequence[Flow]) -> tuple[Flow, ...]:
    """What an option gains and costs beyond doing the minimum, year by year."""
    years = sorted({each.year for each in (*flows, *minimum)})
    return tuple(
        Flow(
            year,
            sum(f.benefit for f in flows if f.year == year)
            - sum(f.benefit for f in minimum if f.year == year),
            sum(f.cost for f in flows if f.year == year)
            - sum(f.cost for f in minimum if f.year == year),
        )
        for year in years
    )


def optimism_bias(pack: RulePack, of: str, on: date) -> Fraction:
    """By how much the costs of such a project are raised, for want of experience of its own.

    Raises CannotAppraise where the pack has no figure for it.
    """
    try:
        return Fraction(pack.value(f"optimism-bias.{of}", on))
    except NoSuchRule as error:
        raise CannotAppraise(str(error)) from error


def sensitivity(
    flows: Sequence[Flow], rates: Sequence[Band], biases: Mapping[str, Fraction]
) -> dict[str, Appraisal]:
    """The same case under each of these named uplifts of cost."""
    return {name: appraise(flows, rates, bias) for name, bias in biases.items()}
