"""What projects put before the board that governs their agreement."""

from datetime import date
from typing import Any

import pytest

from crossforce.boards import api as boards
from crossforce.people.choices import Actor
from crossforce.programme.choices import PROJECT, PURPOSES, ProjectState
from crossforce.programme.operations.places import place_of
from crossforce.programme.queries import agenda
from crossforce.programme.rules.agendas import Step, items
from crossforce.programme.rules.trials import Trial
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT, day
from crossforce.records import api as records

ON, UNTIL = date(2026, 5, 6), date(2026, 6, 3)


def told(state: ProjectState = ProjectState.LIVE, **more: Any) -> list[str]:
    given = {"milestones": (), "phases": (), "trial": None, "on": ON, "until": UNTIL} | more
    return [each.why for each in items(state, **given)]


class TestItems:
    def test_a_milestone_is_due_before_the_board_meets_again_and_late_after_its_day(
        self,
    ) -> None:
        days = (date(2026, 5, 5), date(2026, 5, 6), UNTIL, date(2026, 6, 4))
        steps = [Step(str(each), "Network", each) for each in days]
        late, due = "milestone late: Network", "milestone due: Network"
        assert told(milestones=steps) == [late, due, due]
        assert told(ProjectState.CLOSED, milestones=steps) == []

    @pytest.mark.parametrize("state", ProjectState)
    def test_a_gate_is_due_when_the_first_phase_goes_live_and_it_is_not_passed(
        self, state: ProjectState
    ) -> None:
        phases = [Step("2", "Gwent", UNTIL), Step("1", "Dyfed-Powys", ON)]
        is_due = state in ("exploring", "bid", "business-case", "approved")
        assert bool(told(state, phases=phases)) == is_due
        if is_due:
            (why,) = told(state, phases=phases)
            assert why.startswith("its gate is due: Dyfed-Powys goes live")

    @pytest.mark.parametrize(
        ("ends_on", "adopted_on", "said"),
        [
            (date(2026, 6, 4), None, []),
            (UNTIL, None, ["its trial lapses unless somebody decides otherwise"]),
            (ON, None, ["its trial has lapsed"]),
            (ON, date(2026, 5, 1), []),
        ],
    )
    def test_a_trial_is_told_before_it_lapses(
        self, ends_on: date, adopted_on: date | None, said: list[str]
    ) -> None:
        assert told(trial=Trial(date(2026, 1, 1), ends_on, adopted_on)) == said


def project(actor: Actor, code: str, **more: Any) -> None:
    """A project of an agreement that nobody has to have written for it."""
    values = {
        "code": code,
        "title": "One dog section",
        "state": "live",
        "agreement": "joint-dogs",
        "function": "dogs",
        "forces": "wiltshire",
        "purpose": "One section",
        "benefit": "A dog is there sooner",
        "purposes": list(PURPOSES),
        **factories.FULL,
        **more,
    }
    records.create(
        actor=actor, new=records.NewRecord(PROJECT, place_of(actor, "dogs"), values), at=AT
    )


@pytest.mark.django_db
def test_of_what_the_board_governs_and_the_reader_may_see() -> None:
    factories.policy()
    actor = factories.officer()
    project(actor, "dogs", trial_from=day(-90), trial_to=day(9))
    factories.milestone(actor, "m1", 3)
    factories.milestone(actor, "m2", -1, done_on=day(-1))
    governs = frozenset({("joint-dogs", "dogs")})
    asked = boards.Asked("board", ("joint-dogs",), day(0), day(28), governs)
    found = agenda.due(actor, asked)
    assert [(each.title, each.due_on) for each in found] == [
        ("One dog section", day(3)),
        ("One dog section", day(9)),
    ]
    assert {each.agreement for each in found} == {"joint-dogs"}
    other = boards.Asked("board", ("joint-dogs",), day(0), day(28), frozenset())
    assert agenda.due(actor, other) == []
    bryn = factories.officer(factories.PARTNER, "Bryn Hill")
    assert agenda.due(bryn, asked) == []


@pytest.mark.django_db
def test_asks_as_often_for_many_projects_as_for_one(django_assert_max_num_queries: Any) -> None:
    factories.policy()
    actor = factories.officer()
    governs = frozenset({("joint-dogs", "dogs")})
    asked = boards.Asked("board", ("joint-dogs",), day(0), day(28), governs)
    for number in range(2):
        project(actor, f"dogs-{number}")
    agenda.due(actor, asked)
    with django_assert_max_num_queries(100) as of_two:
        agenda.due(actor, asked)
    for number in range(2, 6):
        project(actor, f"dogs-{number}")
    with django_assert_max_num_queries(len(of_two.captured_queries)):
        agenda.due(actor, asked)
