"""A force leaves while a board of the unit lies open: at that instant its people vanish, and nothing is published."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from crossforce.agreements import operations as agreements
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.agreements.tests.factories import AVON, THREE, WILTS
from crossforce.duty.tests import factories
from crossforce.duty.tests.test_leaving import SIZES, _on_duty
from crossforce.duty.tests.test_live import PATH, heard, looks_at_rest, streaming
from crossforce.kernel import civil, clock
from crossforce.kernel.live.telling import Change
from crossforce.kernel.testing.live import Reader, Streaming
from crossforce.oversight.tests import test_preview as previewed
from crossforce.people import operations as people_operations
from crossforce.people.signin import acting
from crossforce.people.tests import factories as people

__all__ = ["bodies", "few_bodies", "heard", "streaming"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
UNIT = previewed.UNIT
ALL = sum(SIZES.values())


@pytest.fixture
def cookie(bodies: None) -> str:
    """The session of an inspector of one of three forces who share the unit by an agreement that all signed."""
    unit = people.joint_unit(UNIT, agreed.REFERENCE)
    factories.policy(*THREE)
    for force in THREE:
        _on_duty(force)
    previewed.signed()
    inspector = people.staff(AVON, name="Asha Rees")
    posting = people.posting(inspector, "duty-inspector", unit_id=unit.pk)
    account = people_operations.open_account(
        actor=people.loader(),
        staff=inspector.pk,
        credentials=people_operations.Credentials("asha.rees"),
        at=clock.now(),
    )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[acting.POSTING] = str(posting.pk)
    session.save()
    return client.cookies["crossforce_session"].value


def half_a_notice(force: str) -> UUID:
    """The chief officer of the force gives notice to leave, today."""
    chief, _ = agreed.parties(force)
    notice = agreements.give_notice(
        actor=agreed.party(chief), reference=agreed.REFERENCE, organisation=chief,
        reason="Costs", at=clock.now(),
    )  # fmt: skip
    key: UUID = notice.pk
    return key


def joined(force: str, notice: UUID) -> None:
    """Its policing body joins: the notice is whole, and the leave is fixed."""
    _, commissioner = agreed.parties(force)
    agreements.join_notice(
        actor=agreed.party(commissioner), reference=agreed.REFERENCE, notice=notice,
        organisation=commissioner, at=clock.now(),
    )  # fmt: skip


def shown(reader: Reader) -> int:
    """How many people the next picture shows."""
    return reader.next().html.count("data-entry=")


def test_its_people_vanish_at_the_instant_of_the_leave(
    cookie: str, streaming: Streaming, heard: list[Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = streaming.reader(f"{PATH}?", cookie)
    assert shown(reader) == ALL
    notice = half_a_notice(WILTS)
    leaves_on = civil.next_day(civil.day_of(clock.now()))
    leaves_at = clock.now() + timedelta(seconds=4)

    def midnight(on: date) -> datetime:
        return leaves_at if on == leaves_on else instant(on)  # the day ends in four seconds

    instant = civil.instant
    monkeypatch.setattr("crossforce.agreements.resolve.leaving.instant", midnight)
    joined(WILTS, notice)
    looks_at_rest(streaming)
    told = len(heard)
    assert shown(reader) == ALL - SIZES[WILTS]
    assert clock.now() >= leaves_at
    assert len(heard) == told
