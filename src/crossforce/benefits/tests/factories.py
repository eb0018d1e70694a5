"""Forces with policies and benefits, for tests."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.benefits.choices import KINDS, Status
from crossforce.benefits.operations.benefits import (
    NewBenefit,
    add_benefit,
    edit_benefit,
    move_benefit,
)
from crossforce.benefits.operations.readings import NewReading, correct, report
from crossforce.benefits.queries import benefits
from crossforce.benefits.rules.baselines import Promise, promise
from crossforce.benefits.rules.profile import Profile
from crossforce.benefits.tests.profiles import quarter, saving
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories as records

HERE, PARTNER, ELSEWHERE = people.HERE, people.PARTNER, people.ELSEWHERE
BEFORE_GO_LIVE = datetime(2026, 3, 2, 9, tzinfo=UTC)
AFTER_ONE = datetime(2026, 7, 2, 9, tzinfo=UTC)
AFTER_TWO = datetime(2026, 10, 2, 9, tzinfo=UTC)


def policy(*forces: str, kinds: tuple[str, ...] = KINDS, **more: Any) -> None:
    """Each force's own policy: its people keep its benefits."""
    grants = [
        records.grant(kind, holder=force, recipient=force, **({"actions": ACTIONS} | more))
        for force in forces or (HERE,)
        for kind in kinds
    ]
    with transaction.atomic():
        put_grants("policy", grants)


def sharing(holder: str, recipient: str, **more: Any) -> None:
    """An agreement by which one force reads the other's benefits."""
    grants = [
        records.grant(
            kind, holder=holder, recipient=recipient, **({"actions": ("find", "read")} | more)
        )
        for kind in KINDS
    ]
    with transaction.atomic():
        put_grants("forensic-services", grants)


def officer(force: str = HERE) -> Actor:
    """Somebody of the programme team."""
    people.organisation(force)
    return people.actor("programme-officer", force)


def bodies() -> None:
    """The forces that benefit."""
    for code in ("avon-and-somerset", "gloucestershire", "wiltshire"):
        people.organisation(code)


def new(profile: Profile | None = None, **more: Any) -> NewBenefit:
    """A benefit to be, of a whole profile."""
    profile = profile or saving(100_00, 200_00)
    values: dict[str, Any] = {
        "reference": profile.reference,
        "title": profile.title,
        "benefit_class": profile.benefit_class,
        "promise": promise(profile),
        "owner": profile.owner,
        "beneficiaries": profile.beneficiaries,
        "share_rule": profile.share_rule,
        "counted_in": profile.counted_in,
        "reinvestment": profile.reinvestment,
    }
    return NewBenefit(**(values | more))


def added(actor: Actor, profile: Profile | None = None, **more: Any) -> UUID:
    """A benefit that is identified."""
    return add_benefit(actor=actor, new=new(profile, **more), at=BEFORE_GO_LIVE)


def moved(actor: Actor, benefit: UUID, *path: Status, at: datetime = BEFORE_GO_LIVE) -> None:
    """A benefit, moved through statuses."""
    for to in path:
        row = benefits.one(actor, benefit)
        move_benefit(
            actor=actor, benefit=benefit, version=row.version, to=to, reason="So decided", at=at
        )


def running(actor: Actor, profile: Profile | None = None, **more: Any) -> UUID:
    """A benefit that is under way, its promise frozen."""
    key = added(actor, profile, **more)
    moved(actor, key, Status.PLANNED, Status.UNDER_WAY)
    return key


def edited(actor: Actor, benefit: UUID, promise: Promise | None = None, **given: Any) -> None:
    """A benefit with other words, or another promise."""
    row = benefits.one(actor, benefit)
    edit_benefit(
        actor=actor,
        benefit=benefit,
        version=row.version,
        given=given,
        promise=promise,
        at=AFTER_TWO,
    )


def reported(actor: Actor, benefit: UUID, number: int, value: int, **more: Any) -> UUID:
    """A quarter, reported two days after its end."""
    at = {1: AFTER_ONE, 2: AFTER_TWO}[number]
    found = NewReading(quarter(number), Decimal(value), "Finance system, report 12", **more)
    return report(actor=actor, benefit=benefit, new=found, at=at)


def corrected(actor: Actor, benefit: UUID, number: int, value: int) -> None:
    """What was reported of a quarter, corrected."""
    found = benefits.shown(actor, benefit, AFTER_TWO.date()).standing.readings
    held = next(each for each in found if each.starts_on == quarter(number).starts_on)
    correct(
        actor=actor,
        reading=held.pk,
        version=held.version,
        value=Decimal(value),
        evidence="Finance system, report 13",
        at=AFTER_TWO,
    )
