"""Who looks back sees whom everybody saw then: an absence that was cancelled since stands for partners too."""

from datetime import timedelta

import pytest

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import queries
from crossforce.duty.operations.entries import cancel_entry
from crossforce.duty.queries import Filter
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import DAYS, described
from crossforce.duty.tests.factories import AT, HERE, PARTNER, brought_in
from crossforce.duty.tests.test_board import asha, names
from crossforce.people.api import Actor

__all__ = ["asha", "bodies", "few_bodies"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ALL = Filter()


def test_an_absence_that_was_cancelled_since_counts_for_everybody(asha: Actor) -> None:
    factories.sharing((HERE, PARTNER))
    bryn, before = factories.planner(PARTNER), AT - timedelta(minutes=5)
    of = described(DAYS, ('"avon-and-somerset"', f'"{HERE}"'))
    brought_in(asha, b"Person,Day,Duty\n1234,2026-11-21,AL\n", of)
    (away,) = [each for each in factories.entries(asha) if each.what == "absence"]
    cancel_entry(actor=asha, entry=away.pk, version=1, at=AT + timedelta(minutes=1))
    for actor in (asha, bryn):
        assert "Robin Hill" in names(queries.on_duty(actor, AT, ALL))
        assert "Robin Hill" not in names(queries.on_duty(actor, before, ALL))
