"""What keeps the demonstration's duties current while the server runs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crossforce.duty import api as duty
from crossforce.duty import models
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import AT, HERE, UNIT
from crossforce.kernel import guarded
from crossforce.people import api as people
from crossforce.people import operations as people_operations
from crossforce.people.tests import factories as staff_factories
from crossforce.world import jobs
from crossforce.world.operations import duties, staff
from crossforce.world.rules.teams import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PLANNER = "planner-wiltshire"
SECOND, HOUR, WEEK = timedelta(seconds=1), timedelta(hours=1), timedelta(weeks=1)
Goes = Callable[..., Callable[[], bool]]


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Three of the demonstration's people: the whole world has no others here."""
    world = staff.content()
    some = [each for each in world.people if (each.force, each.unit) == (HERE, UNIT)][:3]
    monkeypatch.setattr(duties, "content", lambda: replace(world, people=tuple(some)))
    return some


@pytest.fixture
def planner(team: list[Person]) -> people.Actor:
    """Who brings Wiltshire's duties in, under an account of the demonstration's name."""
    factories.policy()
    factories.unit()
    for each in team:
        factories.person(each.number, name=f"{each.given_name} {each.family_name}")
    holder = staff_factories.staff(HERE, name="Asha Rees")
    staff_factories.posting(holder, "duty-inspector")
    people_operations.open_account(
        actor=staff_factories.loader(),
        staff=holder.pk,
        credentials=people.Credentials(PLANNER),
        at=AT,
    )
    return people.actor_named(PLANNER, AT)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Goes:
    """A server that goes on for as long as there are instants: each is the clock of one second."""

    def going(*instants: datetime) -> Callable[[], bool]:
        left = list(instants)

        def goes_on() -> bool:
            if left:
                now = left.pop(0)
                monkeypatch.setattr("crossforce.kernel.clock.now", lambda: now)
                return True
            return False

        return goes_on

    return going


def reach(planner: people.Actor) -> datetime:
    last = duty.reaches_to(planner, HERE)
    assert last
    return last


def imports(planner: people.Actor) -> int:
    with guarded.acting(planner):
        return len(models.Import.objects.all())


def test_duties_reach_three_weeks_ahead_however_long_the_server_runs(
    planner: people.Actor, at: Goes
) -> None:
    jobs.keep_current(at(AT))
    assert reach(planner) >= AT + 3 * WEEK
    later = AT + 2 * WEEK
    jobs.keep_current(at(AT + HOUR, later))
    assert reach(planner) >= later + 3 * WEEK
    assert imports(planner) == 2


def test_looks_once_an_hour_and_brings_in_nothing_that_is_there(
    planner: people.Actor, at: Goes
) -> None:
    jobs.keep_current(at(AT))
    again = [AT + n * SECOND for n in range(1, 4)]
    jobs.keep_current(at(*again, AT + HOUR, AT + 2 * HOUR))
    assert imports(planner) == 1


def test_a_refusal_is_told_and_the_next_hour_tries_again(
    planner: people.Actor, at: Goes, caplog: pytest.LogCaptureFixture
) -> None:
    factories.policy("gloucestershire")  # Wiltshire's own policy gives its planner nothing now
    jobs.keep_current(at(AT, AT + SECOND))
    assert caplog.text.count("duties wait") == 1
    factories.policy()
    jobs.keep_current(at(AT + HOUR))
    assert reach(planner) >= AT + HOUR + 3 * WEEK


def test_stops_when_the_server_does(planner: people.Actor, at: Goes) -> None:
    jobs.keep_current(at())
    assert duty.reaches_to(planner, HERE) is None
