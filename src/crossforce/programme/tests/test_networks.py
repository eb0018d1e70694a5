"""Milestones against an oracle that tries every path, and lights against their rules."""

from collections.abc import Iterator
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.programme.choices import Light, ProjectState
from crossforce.programme.rules.days import are_more_working_days
from crossforce.programme.rules.lights import (
    Status,
    in_state,
    of_milestone,
    of_project,
    of_trial,
)
from crossforce.programme.rules.networks import (
    CannotSchedule,
    Expected,
    Milestone,
    circles,
    schedule,
)
from crossforce.programme.rules.report_lights import reason_of_project
from crossforce.programme.rules.risks import Risk
from crossforce.programme.rules.trials import Trial
from crossforce.programme.tests.figured import FIGURES, TODAY

DAY = timedelta(days=1)
NAMES = [f"m{number}" for number in range(7)]


def milestone(
    name: str, due: int, *after: str, length: int = 0, done: int | None = None
) -> Milestone:
    due_on = TODAY + due * DAY
    return Milestone(
        name,
        due_on,
        due_on - length * DAY if length else None,
        after,
        None if done is None else TODAY + done * DAY,
    )


@st.composite
def networks(draw: st.DrawFn, *, may_turn: bool = False) -> list[Milestone]:
    """Random networks; without a circle each waits for earlier names only."""
    size = draw(st.integers(1, len(NAMES)))
    found = []
    for number, name in enumerate(NAMES[:size]):
        others = NAMES[:size] if may_turn else NAMES[:number]
        after = (
            draw(st.lists(st.sampled_from(others), unique=True, max_size=3)) if others else []
        )
        due, length = draw(st.integers(-60, 60)), draw(st.integers(0, 30))
        done = draw(st.none() | st.integers(-60, 0))
        found.append(milestone(name, due, *after, length=length, done=done))
    return draw(st.permutations(found))


def paths(milestones: dict[str, Milestone], name: str) -> Iterator[list[str]]:
    """Every way back from a milestone, over what it waits for."""
    yield [name]
    for other in milestones[name].after:
        for path in paths(milestones, other):
            yield [*path, name]


def end_along(milestones: dict[str, Milestone], path: list[str]) -> date:
    end = date.min
    for name in path:
        each = milestones[name]
        begins = max(each.begins_on or each.due_on, end)
        end = each.done_on or max(begins + each.length, TODAY)
    return end


def has_circle(milestones: list[Milestone]) -> bool:
    """Whether some milestone can be reached from itself: tried from each, step by step."""
    after = {each.reference: set(each.after) for each in milestones}
    for name in after:
        reached, ahead = set[str](), set(after[name])
        while ahead:
            reached |= ahead
            ahead = {more for each in ahead for more in after[each]} - reached
        if name in reached:
            return True
    return False


class TestSchedule:
    @given(networks())
    def test_each_is_expected_when_its_longest_path_ends(self, given: list[Milestone]) -> None:
        by_name = {each.reference: each for each in given}
        found = schedule(given, TODAY)
        for name, each in found.expected.items():
            assert each.ends_on == max(
                end_along(by_name, path) for path in paths(by_name, name)
            )

    @given(networks())
    def test_slack_is_what_may_slip_before_the_end_moves(self, given: list[Milestone]) -> None:
        found = schedule(given, TODAY)
        assert found.ends_on
        for each in found.expected.values():
            if each.milestone.done_on is None and each.ends_on <= found.ends_on:
                assert each.slack >= 0
                for extra, moves in ((each.slack, False), (each.slack + 1, True)):
                    late = each.ends_on + extra * DAY
                    assert (
                        slipped(given, each.milestone.reference, late) > found.ends_on
                    ) is moves

    @given(networks())
    def test_the_chain_leads_to_the_end(self, given: list[Milestone]) -> None:
        found = schedule(given, TODAY)
        assert found.expected[found.chain[-1]].ends_on == found.ends_on
        for one, other in zip(found.chain, found.chain[1:], strict=False):
            assert one in found.expected[other].milestone.after

    def test_what_is_late_makes_late_what_waits_for_it_as_far_as_no_time_is_between(
        self,
    ) -> None:
        found = schedule(
            [
                milestone("scope", -10),
                milestone("build", 5, "scope", length=15),
                milestone("train", 40, "build"),
            ],
            TODAY,
        )
        assert [each.late_days for each in found.expected.values()] == [10, 10, 0]
        assert found.because("build") == ("scope",)
        assert found.expected["train"].slack == 0
        assert found.chain == ("train",)

    def test_a_circle_is_named_member_by_member(self) -> None:
        ring = [milestone("a", 1, "b"), milestone("b", 1, "c"), milestone("c", 1, "a")]
        with pytest.raises(CannotSchedule, match="a waits for b waits for c waits for a"):
            schedule([*ring, milestone("d", 1, "a")], TODAY)

    def test_what_is_not_there_and_what_is_there_twice_is_named(self) -> None:
        with pytest.raises(CannotSchedule, match="b is there twice; a waits for x, which"):
            schedule([milestone("a", 1, "x"), milestone("b", 1), milestone("b", 1)], TODAY)

    def test_days_at_the_ends_of_time_are_worked_through_at_once(self) -> None:
        first = Milestone("a", date.max, date.min)
        last = Milestone("b", date.max, date.min, ("a",))
        old = Milestone("c", date.min)
        plan = schedule([first, last, old], TODAY)
        assert plan.ends_on == date.max
        assert of_milestone(plan.expected["c"], TODAY, FIGURES).light is Light.RED

    def test_many_circles_are_found_in_no_time_behind_a_long_queue_too(self) -> None:
        queue = [milestone(f"a{n:04}", 1, f"a{n + 1:04}") for n in range(2_000)]
        end = milestone("a2000", 1, *(f"x{n:04}" for n in range(1_500)))
        pairs = [
            milestone(f"{one}{n:04}", 1, f"{other}{n:04}")
            for n in range(1_500)
            for one, other in ("xy", "yx")
        ]
        began = process_time()
        found = circles([*queue, end, *pairs])
        assert found == [(f"x{n:04}", f"y{n:04}") for n in range(1_500)]
        assert process_time() - began < 2

    @given(networks(may_turn=True))
    def test_circles_are_found_where_there_are_any(self, given: list[Milestone]) -> None:
        found = circles(given)
        assert bool(found) == has_circle(given)
        after = {each.reference: each.after for each in given}
        for ring in found:
            for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
                assert other in after[one]

    def test_three_thousand_in_a_row_are_no_trouble(self) -> None:
        row = [milestone("0", 0)] + [
            milestone(str(number), number, str(number - 1)) for number in range(1, 3000)
        ]
        assert schedule(row[::-1], TODAY).ends_on == TODAY + 2999 * DAY


def slipped(given: list[Milestone], name: str, end: date) -> date:
    """When everything ends if one milestone ends on a later day than it is expected."""
    by_name = {each.reference: each for each in given}
    late = {**by_name, name: Milestone(name, end, None, (), end)}
    return max(end_along(late, path) for each in late for path in paths(late, each))


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("after", "until", "number"),
        [
            ((2016, 3, 1), (2016, 3, 8), 5),
            ((2016, 3, 24), (2016, 3, 29), 1),
            ((2016, 12, 23), (2016, 12, 28), 1),
            ((2016, 3, 8), (2016, 3, 1), 0),
        ],
    )
    def test_weekends_and_bank_holidays_do_not_count(
        self, after: tuple[int, int, int], until: tuple[int, int, int], number: int
    ) -> None:
        days = (date(*after), date(*until))
        assert not are_more_working_days(*days, number)
        assert not number or are_more_working_days(*days, number - 1)


def expected(late: int, length: int = 0, slack: int = 9, due: int = 0) -> Expected:
    each = milestone("m", due, length=length)
    return Expected(each, each.due_on, each.due_on + late * DAY, "", slack)


class TestMilestoneLight:
    @pytest.mark.parametrize(
        ("each", "light", "reason"),
        [
            (expected(0, due=60), Light.GREEN, "as planned"),
            (expected(0, due=14, slack=0), Light.AMBER, "without a day to spare"),
            (expected(0, due=15, slack=0), Light.GREEN, "as planned"),
            (expected(0, due=14, slack=1), Light.GREEN, "as planned"),
            (expected(10, length=100), Light.AMBER, "10 days after its day"),
            (expected(11, length=100), Light.RED, "more than 10 % of its 100 days"),
            (expected(28), Light.AMBER, "28 days after its day"),
            (expected(35), Light.RED, "more than 20 working days"),
        ],
    )
    def test_the_light_follows_from_its_rule(
        self, each: Expected, light: Light, reason: str
    ) -> None:
        told = of_milestone(each, TODAY, FIGURES)
        assert told.light is light
        assert reason in told.reason

    def test_done_is_blue_and_says_how_late(self) -> None:
        each = milestone("m", -30, done=-28)
        told = of_milestone(Expected(each, each.due_on, TODAY - 28 * DAY), TODAY, FIGURES)
        assert told == Status(Light.BLUE, "Done on 2 February 2016, 2 days late.")

    @given(st.integers(0, 80), st.integers(0, 400), st.integers(-90, 90))
    def test_every_light_follows_from_its_rule(self, late: int, length: int, due: int) -> None:
        each = expected(late, length, slack=0, due=due)
        most = FIGURES.late_working_days
        is_far = are_more_working_days(each.milestone.due_on, each.ends_on, most)
        is_red = late > 0 and (is_far or (length > 0 and late * 10 > length))
        is_soon = late == 0 and (each.ends_on - TODAY).days <= 14
        rule = Light.RED if is_red else Light.AMBER if late or is_soon else Light.GREEN
        assert of_milestone(each, TODAY, FIGURES).light is rule


@pytest.mark.parametrize("state", ProjectState)
def test_blue_is_only_what_went_live(state: ProjectState) -> None:
    is_done = state in (ProjectState.LIVE, ProjectState.REVIEW, ProjectState.CLOSED)
    told = in_state(Status(Light.BLUE, "Everything is done."), state)
    assert told.light is (Light.BLUE if is_done else Light.GREY)
    late = Status(Light.RED, "1 milestone is red.")
    assert in_state(late, state) == late


RED, AMBER, GREEN, BLUE = Light.RED, Light.AMBER, Light.GREEN, Light.BLUE
HIGH = Risk("money", 5, 5)


class TestProjectLight:
    @pytest.mark.parametrize(
        ("milestones", "risks", "overdue", "light", "reason"),
        [
            ([GREEN, BLUE], [], 0, Light.GREEN, "Every milestone is in time"),
            ([BLUE], [], 0, Light.BLUE, "Everything is done."),
            ([], [], 0, Light.GREY, "no milestones"),
            (
                [GREEN, RED, AMBER],
                [],
                0,
                Light.RED,
                "1 milestone is red, 1 milestone is amber.",
            ),
            ([GREEN], [HIGH], 0, Light.AMBER, "1 risk is above what may be borne."),
            ([GREEN], [], 2, Light.AMBER, "2 issues are overdue."),
            ([GREEN], [Risk("money", 5, 5, is_closed=True)], 0, Light.GREEN, ""),
        ],
    )
    def test_the_light_follows_from_its_rule(
        self,
        milestones: list[Light],
        risks: list[Risk],
        overdue: int,
        light: Light,
        reason: str,
    ) -> None:
        told = of_project(milestones, risks, overdue, FIGURES)
        assert told.light is light
        assert reason in told.reason

    @pytest.mark.parametrize(
        ("begins", "ends", "light", "reason"),
        [
            (-10, 120, Light.GREEN, "The trial runs for another 120 days."),
            (-10, 1, Light.AMBER, "lapses in 1 day, unless it is decided otherwise."),
            (3, 120, Light.GREEN, "The trial begins in 3 days."),
            (-10, -1, Light.GREY, "no milestones"),
        ],
    )
    def test_a_trial_without_milestones_is_judged_by_its_dates(
        self, begins: int, ends: int, light: Light, reason: str
    ) -> None:
        on, parts = date(2026, 5, 1), of_project([], [], 0, FIGURES)
        trial = Trial(on + timedelta(days=begins), on + timedelta(days=ends))
        told = in_state(parts, "approved", of_trial(trial, on, FIGURES))
        assert told.light is light
        assert reason in told.reason
        assert reason_of_project(told.reason).cy
        late = of_project([RED], [], 0, FIGURES)
        assert in_state(late, "approved", of_trial(trial, on, FIGURES)) is late
