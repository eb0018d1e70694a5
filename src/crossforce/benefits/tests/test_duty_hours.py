"""Duty hours as the measure of a benefit: told with their evidence, whole or not at all."""

from datetime import date

import pytest

from crossforce.agreements.tests.factories import AVON, GLOS, WILTS
from crossforce.benefits.choices import Span
from crossforce.benefits.queries import measuring
from crossforce.benefits.rules.profile import Profile
from crossforce.benefits.tests.profiles import saving
from crossforce.duty.tests import test_fairness as duties
from crossforce.duty.tests.test_fairness import asha, bodies, few_bodies, three_forces
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people

__all__ = ["asha", "bodies", "few_bodies", "three_forces"]

pytestmark = pytest.mark.django_db
FEBRUARY = Span(date(2027, 2, 1), date(2027, 3, 1))


@pytest.fixture
def profile(asha: Actor) -> Profile:
    duties.worked(WILTS, "1;1234;10/02/2027;07:00;13:00;SOU;;;AV;;")
    return saving(beneficiaries=(AVON, GLOS))


def test_hours_received_are_of_those_who_benefit(asha: Actor, profile: Profile) -> None:
    found = measuring.hours_received(asha, profile, "", FEBRUARY)
    assert found is not None
    assert found.value == 4
    assert f"hours received for {AVON}, {GLOS}" in found.evidence


def test_hours_given_are_of_those_who_benefit(asha: Actor, profile: Profile) -> None:
    found = measuring.hours_given(asha, profile, "", FEBRUARY)
    assert found is not None
    assert found.value == 0
    assert found.evidence.startswith("Duty record, asked at ")


def test_a_part_is_not_told(asha: Actor, profile: Profile) -> None:
    duties.worked(AVON, "1;1234;11/02/2027;07:00;13:00;SOU;;;AV;;")
    bryn = people.actor("duty-inspector", AVON)
    assert measuring.hours_received(bryn, profile, "", FEBRUARY) is None
