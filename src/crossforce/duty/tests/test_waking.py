"""When a live board looks again: at the next instant at which anything on it changes by the clock."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from crossforce.duty import live
from crossforce.duty.live import HORIZON
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import AT, brought_in, rows
from crossforce.duty.tests.test_board import _armed as armed
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.people import models as people_models
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
AUTHORITY, SKILL = "firearms-authorised-officer", "firearms-tactics"
FREE = factories.EARLY
BUSY = "2;1235;21/11/2026;07:00;15:00;SOU;XG02;Devizes;RF;;"
SOON = AT + timedelta(minutes=4)
COMMITTED = (("availability", "committed"),)


@ground.fixture
def asha() -> Actor:
    """Two armed people are on duty until three, and one of them is committed."""
    factories.policy()
    factories.unit()
    factories.unit("roads")
    for number in ("1234", "1235"):
        factories.person(number)
    planner = factories.planner()
    brought_in(planner, rows(FREE, BUSY))
    for number in ("1234", "1235"):
        armed(number)
    return planner


def look(actor: Actor, given: live.Query = ()) -> Any:
    with guarded.acting(actor):
        return live.look(actor, given)


def wakes(actor: Actor, given: live.Query = ()) -> datetime | None:
    found: datetime | None = look(actor, given).changes_at
    return found if found and found <= AT + HORIZON else None


def of_free(model: Any, **values: Any) -> None:
    """What is noted of the one who is not committed, changed."""
    with guarded.acting(people.loader()):
        assert model.objects.filter(staff__number="1234").update(**values)


class TestWakes:
    def test_at_no_instant_at_which_nothing_changes(self, asha: Actor) -> None:
        assert wakes(asha) is None

    def test_when_the_authority_of_somebody_ends_who_is_counted_and_not_shown(
        self, asha: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factories.cover(asha, minimum=1, authority=AUTHORITY)
        assert wakes(asha, COMMITTED) is None
        of_free(people_models.Authority, ends_at=SOON)
        assert wakes(asha, COMMITTED) == SOON
        before = look(asha, COMMITTED)
        monkeypatch.setattr("crossforce.kernel.clock.now", lambda: SOON)
        assert look(asha, COMMITTED).mark != before.mark  # two of one, then one of one

    def test_when_a_skill_ends_that_the_authority_requires(self, asha: Actor) -> None:
        factories.cover(asha, minimum=1, authority=AUTHORITY)
        of_free(people_models.Skill, ends_at=SOON)
        assert wakes(asha, COMMITTED) == SOON

    @pytest.mark.parametrize(("begins", "ends"), [("09:04", "15:00"), ("08:00", "09:04")])
    def test_when_cover_begins_and_ends_though_it_is_met(
        self, asha: Actor, begins: str, ends: str
    ) -> None:
        factories.cover(asha, minimum=1, begins=begins, ends=ends)
        assert wakes(asha) == SOON

    @pytest.mark.parametrize("show", ["", "timeline"])
    def test_when_somebody_comes_to_have_what_is_asked_for(
        self, asha: Actor, show: str
    ) -> None:
        of_free(people_models.Authority, starts_at=SOON)
        given = (("authority", AUTHORITY), *((("show", show),) if show else ()))
        assert wakes(asha, given) == SOON

    def test_when_a_duty_turns(self, asha: Actor) -> None:
        brought_in(asha, rows(FREE, BUSY.replace("07:00;15:00", "07:00;09:03")))
        assert wakes(asha) == AT + timedelta(minutes=3)
