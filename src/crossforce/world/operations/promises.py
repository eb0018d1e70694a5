"""Benefits of the demonstration: what is promised, frozen before it begins, and reported as it goes."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from crossforce.benefits import api as benefits
from crossforce.benefits.choices import Adds, BenefitClass, Better, ShareRule, Span, Status
from crossforce.kernel import civil
from crossforce.people import api as people

APRIL: Final = 4
QUARTER, YEAR = 3, 12
BEFORE: Final = timedelta(days=30)
"""How long before its first day a benefit is identified; its baseline is frozen half as long before."""
AFTER: Final = timedelta(days=20)
"""How long after its end a period is reported."""


def add(actor: people.Actor, row: Mapping[str, Any], mark: str, at: datetime) -> None:
    """Add it; one that goes on is frozen before its first target, and reported as periods ended.

    What it was done with is dated as it would have been: invented, and its title says so.
    """
    promise = _promise(row, civil.day_of(at))
    begins = _instant(promise.targets[0].span.starts_on) if "readings" in row else at
    told = begins - BEFORE if "readings" in row else at
    key = benefits.add_benefit(actor=actor, new=_new(row, promise, mark), at=told)
    if "readings" not in row:
        return
    _go_live(actor, key, begins - BEFORE / 2)
    for new in _readings(row, promise, mark):
        reported = _instant(new.span.ends_on) + AFTER
        if reported <= at:
            benefits.report(actor=actor, benefit=key, new=new, at=reported)


def _new(row: Mapping[str, Any], promise: benefits.Promise, mark: str) -> benefits.NewBenefit:
    return benefits.NewBenefit(
        reference=row["reference"],
        title=row["title"] if row.get("source") else f"{row['title']} {mark}",
        benefit_class=BenefitClass(row["class"]),
        promise=promise,
        agreement=row["agreement"],
        function=row.get("function", ""),
        description=row["description"],
        owner=row["owner"],
        beneficiaries=tuple(row["beneficiaries"]),
        reinvestment=row.get("reinvestment", ""),
        share_rule=ShareRule(row.get("share_rule", ShareRule.COST_SHARES)),
        effort=row.get("effort", {}),
    )


def _go_live(actor: people.Actor, key: UUID, at: datetime) -> None:
    """Planned, then under way, by which its baseline is frozen."""
    for version, to in enumerate((Status.PLANNED, Status.UNDER_WAY), start=1):
        benefits.move_benefit(
            actor=actor, benefit=key, version=version, to=to, reason="", at=at
        )


def _promise(row: Mapping[str, Any], today: date) -> benefits.Promise:
    """The baseline is of the financial year before the first target, which begins that many years from now."""
    if "measure" not in row:
        return benefits.Promise(None, None, ())
    told, base = row["measure"], row["baseline"]
    first = date(civil.financial_year(today) + row.get("begins", 0), APRIL, 1)
    months = QUARTER if row.get("quarters") else YEAR
    measure = benefits.Measure(
        told["name"],
        told["unit"],
        Better(told["better"]),
        Adds.LEVEL if told.get("level") else Adds.UP,
    )
    baseline = benefits.Baseline(
        Fraction(base["value"]), _span(civil.add_months(first, -YEAR), YEAR), base["method"]
    )
    targets = tuple(
        benefits.Target(_span(civil.add_months(first, months * number), months), _figure(value))
        for number, value in enumerate(row["targets"])
    )
    return benefits.Promise(measure, baseline, targets)


def _readings(
    row: Mapping[str, Any], promise: benefits.Promise, mark: str
) -> Iterator[benefits.NewReading]:
    """A figure for each period; of what stays where it falls, one of each force."""
    for target, found in zip(promise.targets, row["readings"], strict=False):
        by_force = found if isinstance(found, Mapping) else {"": found}
        for force, value in by_force.items():
            yield benefits.NewReading(
                target.span, Decimal(value), f"{row['shown_by']} {mark}", force
            )


def _figure(value: Any) -> Fraction:
    return Fraction(Decimal(value))


def _instant(day: date) -> datetime:
    return civil.instant(day) + timedelta(hours=9)


def _span(first: date, months: int) -> Span:
    return Span(first, civil.add_months(first, months))
