"""Whose a benefit is: divided among forces, counted once, added up, put to use."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.benefits.choices import BenefitClass, Better, Light, ShareRule
from crossforce.benefits.rules.apportioning import CannotApportion, apportion
from crossforce.benefits.rules.counting import counted, faults_of_counting, overlaps
from crossforce.benefits.rules.falling import as_the_result, parts
from crossforce.benefits.rules.portfolio import (
    Result,
    Sum,
    collaboration_views,
    force_views,
    programme_view,
)
from crossforce.benefits.rules.profile import Baseline, Measure, Profile, lacks
from crossforce.benefits.rules.reinvesting import (
    Allocation,
    overdrawn,
    refusal_to_allocate,
    reinvested,
)
from crossforce.benefits.tests.profiles import BEFORE, THREE, answering, quarter, saving

PENCE = st.integers(-(10**9), 10**9)
FORCES = st.sampled_from(("avon", "dorset", "gwent", "wilts"))
EFFORT = st.dictionaries(FORCES, st.integers(0, 10**6), min_size=1).filter(
    lambda found: sum(found.values()) > 0
)


class TestApportion:
    @given(PENCE, EFFORT)
    def test_by_effort_the_parts_are_the_whole(
        self, pence: int, effort: dict[str, int]
    ) -> None:
        parts = apportion(pence, ShareRule.EFFORT, effort=effort)
        assert sum(parts.values()) == pence
        total = sum(effort.values())
        assert all(
            abs(parts[each] - Fraction(pence * effort[each], total)) < 1 for each in effort
        )

    @given(PENCE, EFFORT)
    def test_by_shares_of_cost_the_parts_are_the_whole(
        self, pence: int, weights: dict[str, int]
    ) -> None:
        total = sum(weights.values())
        shares = {force: Fraction(each, total) for force, each in weights.items()}
        parts = apportion(pence, ShareRule.COST_SHARES, cost_shares=shares)
        assert sum(parts.values()) == pence
        assert set(parts) == set(shares)

    @pytest.mark.parametrize(
        ("rule", "figures", "says"),
        [
            (ShareRule.COST_SHARES, {}, "no clause shares"),
            (ShareRule.COST_SHARES, {"cost_shares": {"avon": Fraction(1, 2)}}, "sum to 1/2"),
            (ShareRule.EFFORT, {"effort": {"avon": 0}}, "no effort"),
            (ShareRule.EFFORT, {"effort": {"avon": -1, "wilts": 2}}, "effort of avon"),
            (ShareRule.WHERE_IT_FALLS, {}, "what it reported"),
        ],
    )
    def test_is_refused_without_its_figures(
        self, rule: ShareRule, figures: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(CannotApportion, match=says):
            apportion(100, rule, **figures)


FELL = st.dictionaries(FORCES, st.fractions(-1000, 1000, max_denominator=100), min_size=1)


class TestFalling:
    @given(FELL)
    def test_each_force_has_its_own_figure_and_all_are_the_whole(
        self, fell: dict[str, Fraction]
    ) -> None:
        whole = sum(fell.values(), Fraction(0)).__floor__()
        found = parts(whole, fell)
        assert sum(found.values()) == whole
        assert all(abs(found[each] - fell[each]) < 1 for each in fell)

    @given(PENCE, FELL.filter(lambda fell: any(each > 0 for each in fell.values())))
    def test_the_promise_falls_as_the_result(
        self, pence: int, fell: dict[str, Fraction]
    ) -> None:
        found = as_the_result(pence, fell)
        assert sum(found.values()) == pence
        assert not any(found[each] for each in fell if fell[each] < 0)

    @pytest.mark.parametrize(
        ("whole", "fell", "says"),
        [
            (100, {}, "no force says"),
            (100, {"avon": Fraction(99)}, "not what came in all"),
            (98, {"avon": Fraction(99)}, "not what came in all"),
        ],
    )
    def test_is_refused_without_its_figures(
        self, whole: int, fell: dict[str, Fraction], says: str
    ) -> None:
        with pytest.raises(CannotApportion, match=says):
            parts(whole, fell)
        with pytest.raises(CannotApportion):
            as_the_result(whole, dict.fromkeys(fell, Fraction(0)))

    @pytest.mark.parametrize(
        "profile",
        [
            saving(baseline=Baseline(Fraction(12), BEFORE, "counted")),
            saving(measure=Measure("cash spent", "pence", Better.LOWER)),
            saving(benefit_class=BenefitClass.DISBENEFIT),
        ],
    )
    def test_lacks_what_says_whose_a_gain_over_a_joint_baseline_is(
        self, profile: Profile
    ) -> None:
        assert lacks(profile) == ()
        (told,) = lacks(replace(profile, share_rule=ShareRule.WHERE_IT_FALLS))
        assert "from a baseline of nothing" in told

    def test_lacks_a_force(self) -> None:
        profile = saving(share_rule=ShareRule.WHERE_IT_FALLS, beneficiaries=("public",))
        assert "names no force" in lacks(profile)[0]


class TestCounting:
    def test_what_is_counted_elsewhere_adds_nothing(self) -> None:
        one, other = saving(), saving(reference="forensics-2", counted_in="forensics-1")
        assert counted([one, other]) == (one,)
        assert faults_of_counting([one, other]) == ()

    @pytest.mark.parametrize(
        ("profiles", "says"),
        [
            ([saving(counted_in="gone")], "which is no benefit here"),
            ([saving(), saving()], "more than one benefit"),
            ([saving(counted_in="forensics-1")], "one of them must count"),
            (
                [saving(counted_in="two"), saving(reference="two", counted_in="forensics-1")],
                "forensics-1 is counted in two is counted in forensics-1",
            ),
            ([saving(counted_in="control-room-1"), answering(15)], "they cannot be one sum"),
        ],
    )
    def test_says_what_leads_nowhere(self, profiles: list[Profile], says: str) -> None:
        assert says in faults_of_counting(profiles)[0]

    def test_names_two_that_count_the_same(self) -> None:
        other = saving(reference="estates-4", collaboration="estates", beneficiaries=THREE[:1])
        (found,) = overlaps([saving(100, 100), other])
        assert (found.one, found.other) == ("forensics-1", "estates-4")
        assert (found.forces, found.span) == (THREE[:1], quarter(1))
        assert "say in which one it is counted" in found.words

    @pytest.mark.parametrize(
        "other",
        [
            saving(reference="other"),
            saving(reference="other", collaboration="estates", counted_in="forensics-1"),
            saving(reference="other", collaboration="estates", beneficiaries=("gwent",)),
            saving(reference="other", collaboration="estates", measure=None),
            saving(reference="other", collaboration="estates", function="estates"),
            saving(reference="other", collaboration="estates", targets=()),
            answering(15),
        ],
    )
    def test_names_no_others(self, other: Profile) -> None:
        assert overlaps([saving(function="forensic-services"), other]) == ()

    def test_of_very_many_tells_the_first(self) -> None:
        many = [saving(reference=f"b-{n}", collaboration=f"c-{n}") for n in range(40)]
        assert len(overlaps(many)) == 200


PARTS = st.dictionaries(FORCES, PENCE, max_size=4)
RESULTS = st.lists(
    st.builds(
        Result,
        st.uuids().map(str),
        st.sampled_from(("forensics", "estates", "dogs")),
        st.sampled_from(BenefitClass),
        st.sampled_from(("pence", "hours")),
        st.sampled_from(Light),
        PARTS,
        PARTS,
    ),
    max_size=12,
)


def summed(sums: list[Sum]) -> dict[tuple[BenefitClass, str], tuple[int, int]]:
    found: dict[tuple[BenefitClass, str], tuple[int, int]] = {}
    for each in sums:
        planned, realised = found.get((each.benefit_class, each.unit), (0, 0))
        found[each.benefit_class, each.unit] = (
            planned + each.planned,
            realised + each.realised,
        )
    return {key: value for key, value in found.items() if value != (0, 0)}


class TestPortfolio:
    @given(RESULTS)
    def test_the_views_of_forces_are_the_programme(self, results: list[Result]) -> None:
        whole = summed(list(programme_view(results).sums))
        assert summed([s for view in force_views(results) for s in view.sums]) == whole
        assert summed([s for view in collaboration_views(results) for s in view.sums]) == whole

    @given(RESULTS)
    def test_every_light_is_counted_once(self, results: list[Result]) -> None:
        assert sum(programme_view(results).lights.values()) == len(results)
        told = sum(sum(view.lights.values()) for view in collaboration_views(results))
        assert told == len(results)

    def test_cash_and_time_are_never_added(self) -> None:
        cash = Result(
            "1",
            "dogs",
            BenefitClass.CASH_RELEASING,
            "pence",
            Light.GREEN,
            {"avon": 5},
            {"avon": 4},
        )
        time = replace(cash, reference="2", benefit_class=BenefitClass.NON_CASH)
        assert [(s.benefit_class, s.realised) for s in programme_view([time, cash]).sums] == [
            (BenefitClass.CASH_RELEASING, 4),
            (BenefitClass.NON_CASH, 4),
        ]


TODAY = date(2026, 9, 1)


def put(pence: int, destination: str = "Neighbourhood policing", posts: int = 1) -> Allocation:
    return Allocation("forensics-1", TODAY, pence, destination, posts)


class TestReinvesting:
    @pytest.mark.parametrize(
        ("profile", "new", "says"),
        [
            (saving(benefit_class=BenefitClass.NON_CASH), put(1), "only what frees cash"),
            (saving(counted_in="two"), put(1), "reinvest it from there"),
            (saving(reference="two"), put(1), "not of two"),
            (saving(), put(0), "more than nothing"),
            (saving(), put(1, posts=-1), "more than nothing"),
            (saving(), put(1, " "), "where the cash goes"),
            (saving(), replace(put(1), on=date(2026, 9, 2)), "2 September 2026 is yet to come"),
            (saving(), replace(put(1), on=date(2026, 3, 31)), "Nothing had come on 31 March"),
            (saving(), put(41), "£0.41 is more than what is left of what was realised: £0.40"),
        ],
    )
    def test_is_refused(self, profile: Profile, new: Allocation, says: str) -> None:
        assert says in refusal_to_allocate(profile, 100, [put(60)], new, TODAY)

    def test_takes_what_is_left(self) -> None:
        assert refusal_to_allocate(saving(), 100, [put(60)], put(40), TODAY) == ""

    @given(st.integers(0, 10_000), st.lists(st.integers(-5, 5_000), max_size=12))
    def test_never_goes_beyond_what_was_realised(
        self, realised: int, wanted: list[int]
    ) -> None:
        made: list[Allocation] = []
        for each in wanted:
            if not refusal_to_allocate(saving(), realised, made, put(each), TODAY):
                made.append(put(each))
        assert reinvested(made, "forensics-1") <= realised
        assert overdrawn(realised, made, "forensics-1") == 0

    def test_says_what_a_corrected_figure_leaves_uncovered(self) -> None:
        assert overdrawn(50, [put(60), put(10)], "forensics-1") == 20
