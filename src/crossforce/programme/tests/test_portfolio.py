"""Projects as they are kept: gates, trials, milestones with their lights, the portfolio."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.programme.choices import MILESTONE, PHASE, Light, ProjectState, TrialState
from crossforce.programme.operations import projects as operations
from crossforce.programme.queries import portfolio, projects
from crossforce.programme.queries.portfolio import Wanted
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT, FULL, HERE, PARTNER, day
from crossforce.records import api as records

pytestmark = pytest.mark.django_db


@ground.fixture
def keeper() -> Actor:
    factories.policy()
    return factories.officer()


def moved(actor: Actor, key: UUID, to: ProjectState, **more: Any) -> None:
    version = projects.one(actor, key).version
    operations.move_project(actor=actor, project=key, version=version, to=to, at=AT, **more)


def change(actor: Actor, key: UUID, version: int, **given: Any) -> None:
    operations.change_project(actor=actor, project=key, version=version, given=given, at=AT)


class TestGates:
    def test_a_project_passes_each_gate_with_its_cases_and_a_decision(
        self, keeper: Actor
    ) -> None:
        key = factories.project(keeper)
        with pytest.raises(operations.CannotMove, match="the strategic case is absent"):
            moved(keeper, key, ProjectState.BUSINESS_CASE, decision="Board 3")
        operations.change_project(actor=keeper, project=key, version=1, given=FULL, at=AT)
        with pytest.raises(operations.CannotMove, match="no decision of a board"):
            moved(keeper, key, ProjectState.BUSINESS_CASE)
        for to in (
            ProjectState.BUSINESS_CASE,
            ProjectState.APPROVED,
            ProjectState.IN_DEVELOPMENT,
        ):
            moved(keeper, key, to, decision="Board 3")
        row = projects.one(keeper, key)
        assert (row.state, row.decision) == ("in-development", "Board 3")
        ways = dict(projects.shown(keeper, key, AT).ways)
        assert ways[ProjectState.PHASED] == ["no phase is planned"]
        assert ways[ProjectState.LIVE] == []

    def test_nothing_goes_live_without_decision_or_reason(self, keeper: Actor) -> None:
        key = factories.project(keeper, **FULL)
        for to in ("business-case", "approved", "in-development"):
            moved(keeper, key, ProjectState(to), decision="Board 3")
        factories.milestone(keeper, "M1", -10, done_on=day(-10))
        factories.milestone(keeper, "M2", 10)
        with pytest.raises(
            operations.CannotMove, match=r"no decision of a board.*not done: M2"
        ):
            moved(keeper, key, ProjectState.LIVE)
        with pytest.raises(operations.CannotMove, match="not done: M2"):
            moved(keeper, key, ProjectState.LIVE, decision="Board 4")
        moved(keeper, key, ProjectState.LIVE, decision="Board 4", reason="M2 is a look back")
        with pytest.raises(operations.CannotMove, match="no board keeps a decision"):
            moved(keeper, key, ProjectState.REVIEW, decision=str(key))
        moved(keeper, key, ProjectState.REVIEW)
        assert projects.one(keeper, key).state == "review"

    def test_another_holders_phase_is_of_another_project(self, keeper: Actor) -> None:
        key = factories.project(keeper, **FULL)
        factories.policy(HERE, PARTNER)
        bryn = factories.officer(PARTNER, "Bryn Parry")
        factories.own(bryn, PHASE, number=1, function="dogs", force=PARTNER)
        factories.sharing(HERE, holder=PARTNER)
        for to in ("business-case", "approved", "in-development"):
            moved(keeper, key, ProjectState(to), decision="Board 3")
        with pytest.raises(operations.CannotMove, match="no phase is planned"):
            moved(keeper, key, ProjectState.PHASED, decision="Board 3")

    def test_a_state_is_no_field(self, keeper: Actor) -> None:
        with pytest.raises(operations.NotByHand):
            factories.project(keeper, state="live")


class TestTrials:
    def test_a_trial_lapses_unless_it_is_made_longer_in_time(self, keeper: Actor) -> None:
        key = factories.project(keeper, trial_from=day(-30), trial_to=day(30))
        later = AT + timedelta(days=30)
        assert projects.shown(keeper, key, AT).trial is TrialState.RUNNING
        assert projects.shown(keeper, key, later).trial is TrialState.LAPSED
        with pytest.raises(operations.NotByHand):
            operations.change_project(
                actor=keeper, project=key, version=1, given={"trial_to": day(90)}, at=AT
            )
        operations.extend_trial(
            actor=keeper, project=key, version=1, to=day(90), decision="Board 4", at=AT
        )
        assert projects.shown(keeper, key, later).trial is TrialState.RUNNING
        operations.adopt_trial(
            actor=keeper, project=key, version=2, decision="Board 5", at=later
        )
        assert (
            projects.shown(keeper, key, later + timedelta(days=900)).trial is TrialState.ADOPTED
        )

    def test_what_lapsed_is_neither_made_longer_nor_adopted(self, keeper: Actor) -> None:
        key = factories.project(keeper, trial_from=day(-30), trial_to=day(0))
        with pytest.raises(operations.CannotMove, match="begin another"):
            operations.extend_trial(
                actor=keeper, project=key, version=1, to=day(90), decision="B", at=AT
            )
        with pytest.raises(operations.CannotMove, match="only a running one"):
            operations.adopt_trial(actor=keeper, project=key, version=1, decision="B", at=AT)

    def test_it_is_no_longer_than_a_trial_is_however_its_dates_came(
        self, keeper: Actor
    ) -> None:
        with pytest.raises(operations.TooLong, match="no longer than 24 months"):
            factories.project(keeper, trial_from=day(0), trial_to=day(800))
        key = factories.project(keeper, trial_from=day(10), trial_to=day(300))
        for to in (day(800), day(800).isoformat()):
            with pytest.raises(operations.TooLong):
                change(keeper, key, 1, trial_to=to)
        change(keeper, key, 1, trial_to=day(400))

    def test_it_has_both_its_dates(self, keeper: Actor) -> None:
        with pytest.raises(records.Clashes, match="a first day and a later day"):
            factories.project(keeper, trial_from=day(0))

    def test_a_project_without_dates_is_no_trial(self, keeper: Actor) -> None:
        key = factories.project(keeper)
        with pytest.raises(operations.NoTrial):
            operations.adopt_trial(actor=keeper, project=key, version=1, decision="B", at=AT)


class TestShown:
    def test_days_are_of_years_that_a_programme_may_speak_of(self, keeper: Actor) -> None:
        factories.project(keeper)
        for year in (1, 1899, 2200, 9999):
            with pytest.raises(NotUnderstood, match="Enter a day from 1900 to 2199"):
                factories.own(keeper, MILESTONE, code="M1", due_on=date(year, 12, 31))

    def test_a_phase_ends_after_it_went_live(self, keeper: Actor) -> None:
        factories.project(keeper)
        values = {"number": 1, "function": "dogs", "force": HERE, "ended_on": day(0)}
        with pytest.raises(records.Clashes, match="A phase ends after it went live"):
            factories.own(keeper, PHASE, **values)
        factories.own(keeper, PHASE, live_on=day(-1), **values)

    def test_milestones_are_told_with_light_reason_and_what_delays_them(
        self, keeper: Actor
    ) -> None:
        key = factories.project(keeper)
        factories.milestone(keeper, "M1", -10)
        factories.milestone(keeper, "M2", 5, begins_on=day(-1), after="M1")
        factories.milestone(keeper, "M3", 200, after="M2")
        told = projects.shown(keeper, key, AT)
        assert [(each.row.code, each.status.light) for each in told.steps] == [
            ("M1", Light.AMBER),
            ("M2", Light.RED),
            ("M3", Light.GREEN),
        ]
        assert told.steps[1].because == ("M1",)
        assert told.steps[1].expected.late_days == 1
        assert told.status.light is Light.RED
        assert told.status.reason == "1 milestone is red, 1 milestone is amber."
        assert told.chart is not None
        assert [name for name, _ in told.chart.rows] == [
            "M1 Milestone M1",
            "M2 Milestone M2",
            "M3 Milestone M3",
        ]

    def test_a_circle_is_told_and_no_light_is_guessed(self, keeper: Actor) -> None:
        key = factories.project(keeper)
        factories.milestone(keeper, "M1", 1, after="M2")
        factories.milestone(keeper, "M2", 1, after="M1")
        told = projects.shown(keeper, key, AT)
        assert told.fault == "M1 waits for M2 waits for M1."
        assert told.status.light is Light.GREY

    def test_what_belongs_to_it_is_told(self, keeper: Actor) -> None:
        key = factories.project(keeper, cost=1000_00, secured=100_00)
        factories.own(
            keeper, "programme.risk", category="safety", likelihood=5, impact=4, owner="Head"
        )
        factories.own(
            keeper,
            "programme.phase",
            number=1,
            function="dogs",
            force="wiltshire",
            live_on=day(-1),
        )
        factories.own(keeper, "programme.issue", due_on=day(-1))
        bid = {"fund": "Innovation", "asked": 900_00, "outcome": "pending", "awarded": 0}
        factories.own(keeper, "programme.bid", **bid)
        told = projects.shown(keeper, key, AT)
        assert [*told.bands.values()] == [(20, "critical", True)]
        assert told.rollouts[0].live == ("wiltshire",)
        assert told.money is not None
        assert (told.money.gap, told.money.gap_if_all_comes) == (900_00, 0)
        assert told.doubts == [
            "it leans on the bid to Innovation and says nothing of what is done without it"
        ]
        assert told.status.reason == "1 risk is above what may be borne, 1 issue is overdue."

    @pytest.mark.parametrize(
        ("kind", "values", "says"),
        [
            (
                "phase",
                {"number": 1, "live_on": day(0), "to_settle": "terms"},
                "nothing is left",
            ),
            ("issue", {"closed_on": day(0)}, "how the issue was put right"),
            (
                "milestone",
                {"code": "M", "begins_on": day(2), "due_on": day(1)},
                "not begin after",
            ),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(
        self, keeper: Actor, kind: str, values: dict[str, Any], says: str
    ) -> None:
        more = {"function": "dogs", "force": "wiltshire"} if kind == "phase" else {}
        with pytest.raises(records.Clashes, match=says):
            factories.own(keeper, f"programme.{kind}", **more, **values)


class TestPortfolio:
    def test_projects_are_told_with_their_lights_in_as_many_statements_however_many(
        self, keeper: Actor
    ) -> None:
        factories.project(keeper)
        factories.milestone(keeper, "M1", -40)
        few = asked(keeper)
        for number in range(5):
            factories.project(keeper, f"p{number}", title=f"Project {number}")
        found = portfolio.portfolio(keeper, Wanted(), AT)
        assert found.total == 6
        assert found.by_state["exploring"] == 6
        assert found.by_light == {Light.RED: 1, Light.GREY: 5}
        assert asked(keeper) == few

    def test_a_project_of_that_code_at_another_force_is_another(self, keeper: Actor) -> None:
        factories.policy(factories.HERE, factories.PARTNER)
        factories.sharing(factories.HERE, holder=factories.PARTNER)
        bryn = factories.officer(factories.PARTNER, "Bryn Parry")
        factories.project(keeper)
        other = factories.project(bryn)
        factories.milestone(keeper, "M1", -40)
        assert not projects.shown(keeper, other, AT).steps


def asked(actor: Actor) -> int:
    with CaptureQueriesContext(connection) as captured:
        portfolio.portfolio(actor, Wanted(), AT)
    return len(captured)
