"""Readings: reported by hand with their evidence, or told by the platform's own data."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.benefits import models
from crossforce.benefits.choices import BENEFIT, PURPOSES, READING, ShareRule, Span
from crossforce.benefits.operations import alone
from crossforce.benefits.operations.benefits import NotNow, beside
from crossforce.benefits.operations.checks import Unknown, Unsound
from crossforce.benefits.queries import benefits, measuring
from crossforce.benefits.queries import rows as read
from crossforce.benefits.rules.profile import Profile, refusal_of_figure
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

UNSHOWN: Final = "Say what shows the figure: a report, a count, a system."


class NoSuchPeriod(NotUnderstood):
    """Readings are of the periods that have a target; the message says which there are."""


class NotMeasured(NotUnderstood):
    """The platform cannot tell this measure for you and this period. Report it by hand with its evidence."""


@dataclass(frozen=True, slots=True)
class NewReading:
    """What the measure was, and what shows it; of one force where the benefit stays where it falls."""

    span: Span
    value: Decimal
    evidence: str
    force: str = ""


@guarded.acts
def report(*, actor: Actor, benefit: UUID, new: NewReading, at: datetime) -> UUID:
    """Report a period that is over, once.

    Raises NoSuchBenefit, Refused, NotNow, NoSuchPeriod, Unknown, Unsound, MayNotAdd, Clashes.
    """
    access.require(BENEFIT, benefit, "read")
    alone.with_benefit(benefit)
    row = benefits.row_of(benefit)
    _refuse(row, read.profile_of(row), new, at)
    return _added(actor, row, new, at)


@guarded.acts
def correct(
    *, actor: Actor, reading: UUID, version: int, value: Decimal, evidence: str, at: datetime
) -> UUID:
    """Correct what was reported of a period; what stood there stays in its history.

    Gives the benefit. Raises Missing, Refused, Unknown, Unsound, StaleVersion, NothingChanges.
    """
    access.require(READING, reading, "edit")
    if not evidence.strip():
        raise Unknown(UNSHOWN)
    of = benefits.row_of(benefits.reading_of(actor, reading).benefit)
    _refuse_figure(read.profile_of(of), value)
    given = {"value": value, "evidence": evidence.strip()}
    records.edit(actor=actor, kind=READING, record=reading, version=version, given=given, at=at)
    key: UUID = of.pk
    return key


@guarded.acts
def measure(*, actor: Actor, benefit: UUID, span: Span, at: datetime) -> UUID:
    """Report a period by the platform's own measure. Raises NotMeasured, and as `report`."""
    access.require(BENEFIT, benefit, "read")
    row = benefits.row_of(benefit)
    profile = read.profile_of(row)
    told = measuring.measures.get(profile.measure.source) if profile.measure else None
    found = told.tell(actor, profile, row.function, span) if told else None
    if found is None:
        raise NotMeasured
    new = NewReading(span, rounded(found.value), found.evidence)
    return report(actor=actor, benefit=benefit, new=new, at=at)


def rounded(value: Fraction) -> Decimal:
    """A figure to four decimals, as readings keep it."""
    return Decimal(round(value * 10_000)).scaleb(-4)


def _refuse(row: models.Benefit, profile: Profile, new: NewReading, at: datetime) -> None:
    if row.frozen_on is None:
        raise NotNow("Freeze the baseline first: what comes of it is compared with it.")
    spans = [target.span for target in profile.targets]
    if new.span not in spans:
        raise NoSuchPeriod(f"The periods are: {', '.join(map(str, spans)) or 'none'}.")
    if civil.day_of(at) < new.span.ends_on:
        raise NotNow(
            f"The period goes on until {new.span.last_day:%-d %B %Y}: report it when it is over."
        )
    if not new.evidence.strip():
        raise Unknown(UNSHOWN)
    _refuse_figure(profile, new.value)
    is_parted = profile.share_rule is ShareRule.WHERE_IT_FALLS
    if is_parted and new.force not in profile.reporting:
        raise Unknown(
            f"It stays where it falls: say for which force, of {', '.join(profile.reporting)}."
        )
    if new.force and not is_parted:
        raise Unknown("It is divided by a rule: report the whole, and no force.")


def _refuse_figure(profile: Profile, value: Decimal) -> None:
    if refusal := refusal_of_figure(profile, Fraction(value)):
        raise Unsound(refusal)


def _added(actor: Actor, row: models.Benefit, new: NewReading, at: datetime) -> UUID:
    values: dict[str, Any] = {
        "title": f"{row.code}, {new.span}",
        "benefit": row.pk,
        "starts_on": new.span.starts_on,
        "ends_on": new.span.ends_on,
        "force": new.force,
        "value": new.value,
        "evidence": new.evidence.strip(),
        "purposes": list(PURPOSES),
    }
    made = records.create(
        actor=actor, new=records.NewRecord(READING, beside(row), values), at=at
    )
    key: UUID = made.pk
    return key
