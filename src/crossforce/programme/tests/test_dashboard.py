"""The whole programme on one page: the same lights as the projects' own pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from crossforce.kernel import guarded, guarded_watch
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.programme.choices import Light
from crossforce.programme.queries import dashboard as reads
from crossforce.programme.queries import lit as together
from crossforce.programme.queries import portfolio, projects
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT

pytestmark = pytest.mark.django_db


@ground.fixture
def keeper() -> Actor:
    factories.policy()
    actor = factories.officer()
    factories.entry(actor)
    for code, due in (("late", -60), ("soon", 3), ("fine", 300), ("empty", None)):
        factories.project(actor, code, title=code.capitalize())
        if due is not None:
            factories.milestone(actor, "M1", due, project=code)
            factories.milestone(actor, "M2", due + 30, project=code, after="M1")
    return actor


def lights(actor: Actor) -> dict[str, Light]:
    """As the pages of the projects have them."""
    found = portfolio.portfolio(actor, portfolio.Wanted(), AT)
    return {each.row.title: each.status.light for each in found.rows}


def test_lights_are_those_of_the_projects(keeper: Actor) -> None:
    found = reads.dashboard(keeper, AT)
    own = lights(keeper)
    assert found.projects == len(own) == 4
    assert {light: list(own.values()).count(light) for light in own.values()} == dict(
        found.by_light
    )
    assert [row.title for row, _ in found.worst] == ["Late"]
    assert (
        found.worst[0][1] == portfolio.portfolio(keeper, portfolio.Wanted(), AT).rows[2].status
    )


def test_a_change_shows_at_once(keeper: Actor) -> None:
    before = reads.dashboard(keeper, AT)
    assert before.by_light[Light.GREY] == 1
    factories.milestone(keeper, "M1", -90, project="empty")
    after = reads.dashboard(keeper, AT)
    assert (after.by_light[Light.GREY], after.by_light[Light.RED]) == (
        0,
        before.by_light[Light.RED] + 1,
    )


def test_what_is_not_live_is_not_complete(keeper: Actor) -> None:
    before = reads.dashboard(keeper, AT).by_light
    key = factories.project(keeper, "done", title="Done")
    factories.milestone(keeper, "M1", -10, project="done", done_on=factories.day(-10))
    assert lights(keeper)["Done"] is Light.GREY
    assert "the project is not live" in projects.shown(keeper, key, AT).status.reason
    after = reads.dashboard(keeper, AT).by_light
    assert (after[Light.BLUE], after[Light.GREY]) == (0, before[Light.GREY] + 1)


def test_a_trial_has_its_light(keeper: Actor) -> None:
    days = {"trial_from": factories.day(-5), "trial_to": factories.day(200)}
    factories.project(keeper, "trial", title="Trial", **days)
    assert lights(keeper)["Trial"] is Light.GREEN
    assert reads.dashboard(keeper, AT).by_light[Light.GREEN] == list(
        lights(keeper).values()
    ).count(Light.GREEN)


def test_each_reader_sees_lights_of_what_they_may_read(keeper: Actor) -> None:
    reads.dashboard(keeper, AT)
    factories.sharing(kinds=("programme.project",))
    partner = reads.dashboard(factories.officer(factories.PARTNER), AT)
    assert dict(partner.by_light) == {Light.GREY: 4}
    assert partner.worst == []
    assert reads.dashboard(factories.officer(factories.ELSEWHERE), AT).projects == 0


def test_what_changes_while_it_is_read_is_told_as_it_is(
    keeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "_remembered", {})
    seen = together._seen

    def and_then_changed(on: date) -> Any:
        before = seen(on)
        factories.milestone(keeper, "M1", -90, project="empty")
        return before

    monkeypatch.setattr(together, "_seen", and_then_changed)
    assert reads.dashboard(keeper, AT).by_light[Light.GREY] == 0
    monkeypatch.setattr(together, "_seen", seen)
    assert reads.dashboard(keeper, AT).by_light[Light.RED] == 2


def test_only_what_changed_is_worked_out_anew(
    keeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(together, "_remembered", {})
    reads.dashboard(keeper, AT)
    asked: list[int] = []
    worked_out = together._worked_out

    def told(parts: Sequence[int], on: date) -> Any:
        asked.append(len(parts))
        return worked_out(parts, on)

    monkeypatch.setattr(together, "_worked_out", told)
    before = reads.dashboard(keeper, AT)
    assert asked == []
    factories.own(keeper, "programme.issue", project="fine", due_on=factories.day(-3))
    after = reads.dashboard(keeper, AT)
    assert (asked, after.projects) == ([1], before.projects)
    assert after.by_light[Light.AMBER] == before.by_light[Light.AMBER] + 1


def test_the_ledger_tells_of_how_many_rows(keeper: Actor) -> None:
    with guarded.acting(keeper):
        reads.dashboard(keeper, AT)
        looks = guarded_watch.looks()
    counts = {kind: look.counts for kind, look in looks.items()}
    assert (counts["programme.project"][0], counts["programme.milestone"][0]) == (4, 6)
    assert counts["programme.risk"][0] == 0
