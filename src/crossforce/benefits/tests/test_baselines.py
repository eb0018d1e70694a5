"""Profiles, their freezing, change control, and the statuses of a benefit."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.benefits.choices import Adds, BenefitClass, Light, ShareRule, Span, Status
from crossforce.benefits.rules import keeping
from crossforce.benefits.rules.baselines import (
    Change,
    Effect,
    NotByHand,
    Promise,
    as_changed,
    dropped,
    effects,
    promise,
    refusal_of_edit,
    refusal_to_change,
    refusal_to_freeze,
)
from crossforce.benefits.rules.lights import Signal
from crossforce.benefits.rules.profile import Baseline, Measure, Profile, Target, faults, lacks
from crossforce.benefits.rules.statuses import MOVES, RUNNING, Case, due_status, refusal_to_move
from crossforce.benefits.tests.profiles import (
    BEFORE,
    GO_LIVE,
    PRACTICE,
    answering,
    profiles,
    quarter,
    saving,
)

YEAR = Span(date(2024, 4, 1), date(2025, 4, 1))
FROZEN_ON = date(2026, 3, 2)
DECIDED_ON = date(2026, 3, 16)


def refused(profile: Profile, change: Change, on: date = DECIDED_ON) -> str:
    return refusal_to_change(profile, change, FROZEN_ON, on)


def changed(profile: Profile, after: Promise, **other: Any) -> Change:
    made = Change(
        promise(profile),
        after,
        "The count missed two offices",
        "programme-board",
        "SWPB-2026-14",
        DECIDED_ON,
    )
    return replace(made, **other)


class TestProfile:
    def test_is_whole_when_it_has_everything(self) -> None:
        assert lacks(saving()) == ()
        assert lacks(answering(15)) == ()

    @pytest.mark.parametrize(
        ("without", "says"),
        [
            ({"owner": ""}, "no owner"),
            ({"beneficiaries": ()}, "nobody who benefits"),
            ({"reinvestment": ""}, "says nothing of where it goes"),
            ({"measure": None}, "no measure"),
            ({"baseline": None}, "no baseline"),
            ({"targets": ()}, "no target"),
        ],
    )
    def test_says_what_it_lacks(self, without: dict[str, Any], says: str) -> None:
        assert any(says in each for each in lacks(replace(saving(), **without)))

    def test_a_qualitative_benefit_needs_no_figures(self) -> None:
        bare = saving(
            benefit_class=BenefitClass.QUALITATIVE, measure=None, baseline=None, targets=()
        )
        assert lacks(bare) == ()

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"baseline": Baseline(Fraction(-1), BEFORE, "counted")}, "not below nothing"),
            ({"baseline": Baseline(Fraction(1), BEFORE, " ")}, "how it was found"),
            ({"baseline": Baseline(Fraction(1), quarter(1), "counted")}, "the time before"),
            ({"measure": Measure("cash", "pounds")}, "counted in pence"),
            (
                {"measure": Measure("cash", "pence", adds=Adds.LEVEL)},
                "Money adds up from period to period",
            ),
            ({"depends_on": ("forensics-1",)}, "depends on itself"),
            (
                {"share_rule": ShareRule.WHERE_IT_FALLS, "measure": answering(15).measure},
                "so none falls to a force",
            ),
            (
                {"targets": (Target(quarter(2), Fraction(1)), Target(quarter(1), Fraction(1)))},
                "out of order or overlap",
            ),
        ],
    )
    def test_says_what_contradicts_itself(self, wrong: dict[str, Any], says: str) -> None:
        assert any(says in each for each in faults(replace(saving(), **wrong)))

    def test_a_period_ends_after_it_starts(self) -> None:
        with pytest.raises(ValueError, match="put the end after the start"):
            type(BEFORE)(BEFORE.ends_on, BEFORE.starts_on)


class TestFreezing:
    def test_is_before_go_live(self) -> None:
        assert refusal_to_freeze(saving(), GO_LIVE) == ""
        assert "before go-live" in refusal_to_freeze(saving(), date(2026, 4, 2))

    def test_needs_a_whole_profile(self) -> None:
        assert "no baseline" in refusal_to_freeze(saving(baseline=None), GO_LIVE)

    def test_leaves_words_free_and_figures_alone(self) -> None:
        frozen = saving()
        assert refusal_of_edit(frozen, replace(frozen, title="Better", owner="other")) == ""
        said = refusal_of_edit(frozen, replace(frozen, baseline=None, targets=()))
        assert said.startswith("The baseline and targets stood still at go-live")


class TestChangeControl:
    @pytest.mark.parametrize("what", ["reason", "decided_by", "decision"])
    def test_needs_reason_office_and_decision(self, what: str) -> None:
        profile = saving(100)
        change = changed(profile, promise(saving(120)), **{what: " "})
        assert "needs" in refused(profile, change)

    def test_is_refused_from_what_stands_no_longer(self) -> None:
        change = changed(saving(100), promise(saving(120)))
        assert "meanwhile" in refused(saving(110), change)

    def test_is_refused_when_nothing_differs_or_something_is_missing(self) -> None:
        profile = saving(100)
        assert "Nothing is different" in refused(profile, changed(profile, promise(profile)))
        bare = promise(replace(profile, targets=()))
        assert "no target" in refused(profile, changed(profile, bare))
        assert refused(profile, changed(profile, promise(saving(120)))) == ""

    def test_is_refused_before_it_is_decided(self) -> None:
        change = changed(saving(100), promise(saving(120)))
        assert "16 March 2026, is yet to come" in refused(
            saving(100), change, date(2026, 3, 15)
        )

    @pytest.mark.parametrize(
        ("decided_on", "on"),
        [
            (date(2026, 4, 2), date(2026, 4, 2)),
            (date(2026, 3, 16), date(2026, 7, 1)),
        ],
    )
    def test_promises_nothing_backwards(self, decided_on: date, on: date) -> None:
        """Neither a period that began before the decision, nor one that is over as it is recorded."""
        profile = saving(100, 100)
        change = changed(profile, promise(saving(50, 100)), decided_on=decided_on)
        assert "promises nothing backwards" in refused(profile, change, on)
        ahead = changed(profile, promise(saving(100, 150)), decided_on=decided_on)
        assert refused(profile, ahead, on) == ""

    def test_promises_nothing_of_before_the_freezing(self) -> None:
        early = Target(Span(date(2026, 3, 1), GO_LIVE), Fraction(5))
        profile = saving(100, baseline=Baseline(Fraction(0), YEAR, "counted"))
        after = replace(promise(profile), targets=(early, *profile.targets))
        change = changed(profile, after, decided_on=date(2026, 1, 1))
        assert "start on 2 March 2026 or later" in refused(profile, change)

    def test_tells_what_it_drops(self) -> None:
        profile = saving(100, 200, 300)
        one = changed(profile, promise(saving(100, 250, 300)))
        two = changed(saving(100, 250, 300), promise(saving(100)))
        assert dropped(two.after, [one, two]) == (
            Target(quarter(2), Fraction(250)),
            Target(quarter(3), Fraction(300)),
        )
        assert dropped(one.after, [one]) == ()

    def test_shows_what_another_baseline_does_to_the_promise(self) -> None:
        before = answering(15)
        assert before.baseline is not None
        after = replace(before, baseline=replace(before.baseline, value=Fraction(18)))
        change = changed(before, promise(after))
        assert effects(change, before.benefit_class) == (
            Effect(quarter(1), Fraction(5), Fraction(3)),
        )
        loss = effects(change, BenefitClass.DISBENEFIT)
        assert loss == (Effect(quarter(1), Fraction(-5), Fraction(-3)),)

    def test_shows_targets_that_come_and_go(self) -> None:
        change = changed(saving(100, 50), promise(saving(100)))
        assert effects(change, BenefitClass.CASH_RELEASING) == (
            Effect(quarter(2), Fraction(50), None),
        )
        bare = replace(change, before=Promise(None, None, ()))
        assert len(effects(bare, BenefitClass.CASH_RELEASING)) == 1

    @given(st.lists(profiles(), min_size=1, max_size=6))
    def test_the_history_leads_from_the_frozen_profile_to_the_one_that_stands(
        self, versions: list[Profile]
    ) -> None:
        frozen, *later = versions
        changes, stands = [], frozen
        for each in later:
            changes.append(changed(stands, promise(each)))
            stands = replace(stands, **_figures(each))
        assert as_changed(frozen, changes) == stands

    @given(profiles(), profiles(), profiles())
    def test_nothing_changes_past_it(self, one: Profile, two: Profile, three: Profile) -> None:
        if promise(one) == promise(two):
            return
        late = changed(two, promise(three))
        with pytest.raises(NotByHand, match="a change is missing"):
            as_changed(one, [late])

    @given(profiles(), profiles())
    def test_every_other_figure_is_refused_by_hand(self, one: Profile, two: Profile) -> None:
        edited = replace(one, **_figures(two))
        assert bool(refusal_of_edit(one, edited)) == (promise(one) != promise(two))


def _figures(profile: Profile) -> dict[str, Any]:
    return {
        "measure": profile.measure,
        "baseline": profile.baseline,
        "targets": profile.targets,
    }


def case(light: Light, on: date = GO_LIVE, reason: str = "", **other: Any) -> Case:
    return Case(other.pop("profile", saving()), Signal(light, "rule", ""), on, reason, **other)


class TestStatus:
    @pytest.mark.parametrize(
        ("status", "to"),
        [
            (Status.IDENTIFIED, Status.UNDER_WAY),
            (Status.PLANNED, Status.REALISED),
            (Status.REALISED, Status.UNDER_WAY),
            (Status.CLOSED, Status.IDENTIFIED),
        ],
    )
    def test_moves_only_where_the_way_is_open(self, status: Status, to: Status) -> None:
        assert refusal_to_move(status, to, case(Light.BLUE), PRACTICE).startswith(
            f"From {status}"
        )

    def test_is_planned_when_the_profile_is_whole(self) -> None:
        to = Status.PLANNED
        assert refusal_to_move(Status.IDENTIFIED, to, case(Light.NONE), PRACTICE) == ""
        bare = case(Light.NONE, profile=saving(owner=""))
        assert "no owner" in refusal_to_move(Status.IDENTIFIED, to, bare, PRACTICE)

    def test_starts_from_a_frozen_baseline(self) -> None:
        late = date(2026, 5, 1)
        to = Status.UNDER_WAY
        assert refusal_to_move(Status.PLANNED, to, case(Light.NONE), PRACTICE) == ""
        assert refusal_to_move(Status.PLANNED, to, case(Light.NONE, late), PRACTICE)
        frozen = case(Light.NONE, late, is_frozen=True)
        assert refusal_to_move(Status.PLANNED, to, frozen, PRACTICE) == ""

    @given(st.sampled_from(sorted(RUNNING)), st.sampled_from(Light))
    def test_under_way_the_light_alone_decides(self, status: Status, light: Light) -> None:
        told = due_status(status, Signal(light, "rule", ""))
        assert told is due_status(Status.UNDER_WAY, Signal(light, "other", ""))
        assert told in RUNNING - {Status.UNDER_WAY}
        for to in RUNNING:
            assert refusal_to_move(status, to, case(light), PRACTICE).startswith("From ")

    def test_is_realised_when_all_has_come(self) -> None:
        to = Status.REALISED
        assert refusal_to_move(Status.UNDER_WAY, to, case(Light.BLUE), PRACTICE) == ""
        assert "all that was promised" in refusal_to_move(
            Status.UNDER_WAY, to, case(Light.GREEN), PRACTICE
        )
        told = case(Light.NONE, profile=saving(benefit_class=BenefitClass.QUALITATIVE))
        assert "evidence" in refusal_to_move(Status.UNDER_WAY, to, told, PRACTICE)
        assert (
            refusal_to_move(Status.UNDER_WAY, to, replace(told, reason="Survey"), PRACTICE)
            == ""
        )

    def test_is_sustained_when_it_holds_a_year_later(self) -> None:
        to = Status.SUSTAINED
        early, later = date(2027, 6, 30), date(2027, 7, 1)
        assert "1 July 2027" in refusal_to_move(
            Status.REALISED, to, case(Light.BLUE, early), PRACTICE
        )
        assert refusal_to_move(Status.REALISED, to, case(Light.BLUE, later), PRACTICE) == ""

    @pytest.mark.parametrize("to", [Status.LOST, Status.CLOSED])
    def test_ends_with_a_reason(self, to: Status) -> None:
        at = Status.SUSTAINED
        assert refusal_to_move(at, to, case(Light.BLUE), PRACTICE) == f"Say why it is {to}."
        assert refusal_to_move(at, to, case(Light.BLUE, reason="Ended"), PRACTICE) == ""

    def test_stands_still_when_not_under_way(self) -> None:
        assert due_status(Status.PLANNED, Signal(Light.RED, "rule", "")) is Status.PLANNED
        assert set(MOVES) == set(Status)


@pytest.mark.parametrize(
    "text",
    [
        *("1e99999999999", "1e400", "9" * 41, "1/0", "1_0", "nan", "٣", "1/00", ""),
        *("1,5", "1,23,456", "1234,567", ",5", "1,234/5", "1.5,000"),
    ],
)
def test_a_figure_of_any_size_or_of_none_is_refused(text: str) -> None:
    with pytest.raises(keeping.NotRead, match="is no number"):
        keeping.figure(text, "baseline")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", Fraction(2469, 2)),
        ("-12,345,678", Fraction(-12345678)),
        ("-3", Fraction(-3)),
        ("7/3", Fraction(7, 3)),
        (".5", Fraction(1, 2)),
    ],
)
def test_a_figure_is_read_exactly(text: str, value: Fraction) -> None:
    assert keeping.figure(text, "baseline") == value


def test_a_figure_larger_than_any_reading_is_refused_and_still_read_where_it_is_kept() -> None:
    large = keeping.plain(promise(saving(10**34)))
    with pytest.raises(
        keeping.NotRead, match="In the baseline, the figure has more than 16 digits"
    ):
        keeping.figure("9" * 35, "baseline")
    with pytest.raises(
        keeping.NotRead, match="In the target 1, the figure has more than 16 digits"
    ):
        keeping.promised(large)
    assert keeping.plain(keeping.read(json.dumps(large))) == large
