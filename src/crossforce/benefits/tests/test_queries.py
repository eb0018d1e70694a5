"""What benefits come to together, savings programmes, and measures of the platform."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction

from crossforce.access.operations import put_grants
from crossforce.benefits import models
from crossforce.benefits.choices import (
    AREA,
    KINDS,
    MARKING,
    POSTS,
    PURPOSES,
    READING,
    SAVING,
    TARGET,
    BenefitClass,
    Light,
    ShareRule,
    Span,
    Status,
)
from crossforce.benefits.operations.readings import NotMeasured, measure, rounded
from crossforce.benefits.queries import benefits, measuring, savings
from crossforce.benefits.queries.portfolio import portfolio
from crossforce.benefits.queries.sharing import Dividing
from crossforce.benefits.rules.baselines import Promise
from crossforce.benefits.rules.measuring import Figure
from crossforce.benefits.rules.profile import Measure, Profile
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.factories import AFTER_ONE, AFTER_TWO, HERE
from crossforce.benefits.tests.profiles import THREE, answering, quarter, saving
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.records import api as records

pytestmark = pytest.mark.django_db
MILLION = 100_000_000


@ground.fixture
def actor() -> Actor:
    factories.policy()
    factories.bodies()
    return factories.officer()


def kept(actor: Actor, kind: str, **values: Any) -> None:
    given = {"title": "A row", "programme": "csr", "force": HERE, "purposes": list(PURPOSES)}
    place = records.Place(actor.organisation, "", "", MARKING)
    new = records.NewRecord(kind, place, given | values)
    records.create(actor=actor, new=new, at=AFTER_ONE)


class TestListed:
    def test_tells_lights_of_the_day(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.reported(actor, key, 1, 100_00)
        factories.added(actor, answering(15))
        found = benefits.listed(actor, benefits.Wanted(), date(2026, 7, 2))
        assert [(e.row.code, e.signal.light) for e in found] == [
            ("control-room-1", Light.NONE),
            ("forensics-1", Light.GREEN),
        ]
        later = benefits.listed(actor, benefits.Wanted(light="amber"), date(2027, 7, 2))
        assert [(each.row.code, each.status) for each in later] == [("forensics-1", "at-risk")]

    def test_tells_no_light_before_it_is_frozen(self, actor: Actor) -> None:
        factories.added(actor, answering(15))
        (found,) = benefits.listed(actor, benefits.Wanted(), date(2027, 7, 2))
        assert found.signal.light is Light.NONE
        assert "its baseline is not frozen" in found.signal.words
        assert found.found.unreported == ()

    def test_reads_all_readings_at_once(
        self, actor: Actor, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(4):
            key = factories.running(actor, reference=f"b-{number}")
            factories.reported(actor, key, 1, 100_00)
        benefits.listed(actor, benefits.Wanted(), date(2026, 7, 2))
        with django_assert_max_num_queries(100) as of_four:
            found = benefits.listed(actor, benefits.Wanted(), date(2026, 7, 2))
        for number in range(4, 8):
            key = factories.running(actor, reference=f"b-{number}")
            factories.reported(actor, key, 1, 100_00)
        with django_assert_max_num_queries(len(of_four.captured_queries)):
            of_eight = benefits.listed(actor, benefits.Wanted(), date(2026, 7, 2))
        assert (len(found), len(of_eight)) == (4, 8)

    def test_tells_no_light_of_what_may_not_be_read(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.reported(actor, key, 1, 79_00)
        with transaction.atomic():
            put_grants("policy", [])
        factories.policy(kinds=tuple(kind for kind in KINDS if kind != READING))
        (found,) = benefits.listed(actor, benefits.Wanted(), date(2026, 12, 2))
        assert (found.is_told, found.signal.light, found.status) == (
            False,
            Light.NONE,
            Status.UNDER_WAY,
        )
        together = portfolio(actor, benefits.Wanted(), AFTER_TWO)
        assert together.programme.lights == {Light.NONE: 1}
        assert [each.planned for each in together.programme.sums] == [0]
        ((_, why),) = together.undivided
        assert "may not read what was reported" in why
        with pytest.raises(benefits.NotAllRead):
            factories.moved(actor, key, Status.REALISED, at=AFTER_TWO)

    def test_comes_in_pages(self, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(benefits, "PAGE", 2)
        for number in range(3):
            factories.added(actor, reference=f"b-{number}")
        on = date(2026, 7, 2)
        for light in ("", "none"):
            asked = benefits.Wanted(light=light)
            pages = [benefits.page(actor, asked, date(2026, 3, 2), n) for n in (0, 1, 2, 9)]
            assert [[e.row.code for e in each.found] for each in pages] == [
                ["b-0", "b-1"],
                ["b-0", "b-1"],
                ["b-2"],
                ["b-2"],
            ]
            assert [(each.number, each.pages, each.total) for each in pages[1:3]] == [
                (1, 2, 3),
                (2, 2, 3),
            ]
        assert benefits.page(actor, benefits.Wanted(owner="nobody"), on, 1).total == 0


class TestNamed:
    def test_is_refused_where_two_holders_have_it(self, actor: Actor) -> None:
        factories.policy(HERE, factories.PARTNER)
        mine = factories.added(actor)
        theirs = factories.added(factories.officer(factories.PARTNER))
        factories.sharing(factories.PARTNER, HERE)
        with pytest.raises(benefits.Ambiguous, match=str(theirs)):
            benefits.named(actor, "forensics-1")
        assert benefits.named(actor, str(mine)).pk == mine
        with pytest.raises(benefits.NoSuchBenefit):
            benefits.named(actor, "gone")


class TestPortfolio:
    def test_forces_are_the_programme_and_nothing_is_counted_twice(self, actor: Actor) -> None:
        parted = saving(100_00, share_rule=ShareRule.WHERE_IT_FALLS)
        key = factories.running(actor, parted)
        for force, pence in zip(THREE, (50_00, 30_00, 10_00), strict=True):
            factories.reported(actor, key, 1, pence, force=force)
        by_effort = saving(90_00, reference="two", share_rule=ShareRule.EFFORT)
        two = factories.running(actor, by_effort, effort={"wiltshire": 2, "gloucestershire": 1})
        factories.reported(actor, two, 1, 90_00)
        factories.running(actor, reference="three", counted_in="two")
        found = portfolio(actor, benefits.Wanted(), AFTER_ONE)
        (whole,) = [s for s in found.programme.sums if s.realised]
        assert (whole.benefit_class, whole.realised) == (BenefitClass.CASH_RELEASING, 180_00)
        told = {view.name: view.sums[0].realised for view in found.forces if view.name}
        assert told == {
            "avon-and-somerset": 50_00,
            "gloucestershire": 60_00,
            "wiltshire": 70_00,
        }
        assert found.programme.lights == {Light.AMBER: 1, Light.BLUE: 1}

    def test_counts_each_benefit_though_two_holders_call_theirs_the_same(
        self, actor: Actor
    ) -> None:
        factories.policy(HERE, factories.PARTNER)
        mine = factories.running(actor)
        factories.reported(actor, mine, 1, 100_00)
        bryn = factories.officer(factories.PARTNER)
        factories.added(bryn, reference="whole")
        theirs = factories.running(bryn, counted_in="whole")
        factories.reported(bryn, theirs, 1, 70_00)
        factories.sharing(factories.PARTNER, HERE)
        found = portfolio(actor, benefits.Wanted(), AFTER_ONE)
        assert [each.realised for each in found.programme.sums] == [100_00]
        assert found.faults == (
            "forensics-1 stands for more than one benefit: give each its own reference.",
        )

    def test_looks_beyond_what_is_wanted_for_where_one_is_counted(self, actor: Actor) -> None:
        factories.added(actor, reference="whole", owner="chief-finance-officer")
        factories.added(actor, counted_in="whole")
        asked = benefits.Wanted(owner="head-of-forensics")
        found = portfolio(actor, asked, AFTER_ONE)
        assert [each.row.code for each in found.standings] == ["forensics-1"]
        assert (found.faults, found.programme.sums) == ((), ())

    def test_tells_levels_by_themselves_as_the_list_does(self, actor: Actor) -> None:
        key = factories.running(actor, answering(15, 10))
        factories.reported(actor, key, 1, 16)
        factories.added(actor, promise=Promise(None, None, ()))
        found = portfolio(actor, benefits.Wanted(), AFTER_ONE)
        (level,) = found.levels
        listed = benefits.listed(actor, benefits.Wanted(), AFTER_ONE.date())
        assert level.found in [each.found for each in listed]
        assert (level.planned, level.realised) == (5, 4)
        assert (found.programme.sums, found.forces) == ((), ())
        assert sum(found.programme.lights.values()) == 2

    def test_works_the_shares_of_an_agreement_and_function_out_once(
        self, actor: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[tuple[str, str]] = []

        def worked_out(self: Any, agreement: str, function: str) -> dict[str, Fraction]:
            asked.append((agreement, function))
            return {HERE: Fraction(1)}

        monkeypatch.setattr(Dividing, "_worked_out", worked_out)
        for number in range(3):
            factories.added(actor, reference=f"b-{number}")
        portfolio(actor, benefits.Wanted(), AFTER_ONE)
        assert asked == [("", "")]

    def test_periods_that_do_not_count_divide_nothing(self, actor: Actor) -> None:
        parted = saving(100_00, 100_00, share_rule=ShareRule.WHERE_IT_FALLS)
        key = factories.running(actor, parted)
        for force, pence in zip(THREE, (100_00, 0, -10_00), strict=True):
            factories.reported(actor, key, 1, pence, force=force)
        factories.reported(actor, key, 2, 500_00, force=THREE[1])
        found = portfolio(actor, benefits.Wanted(), AFTER_TWO)
        told = {view.name: view.sums[0] for view in found.forces}
        assert {name: each.realised for name, each in told.items()} == {
            THREE[0]: 100_00,
            THREE[1]: 0,
            THREE[2]: -10_00,
        }
        assert [told[name].planned for name in THREE] == [100_00, 0, 0]

    def test_says_what_nobody_can_divide(self, actor: Actor) -> None:
        key = factories.running(actor)
        factories.reported(actor, key, 1, 100_00)
        found = portfolio(actor, benefits.Wanted(), AFTER_ONE)
        assert found.undivided == (
            ("forensics-1", "No agreement in force and function say whose the cost is."),
        )
        assert found.forces[0].name == ""
        assert found.forces[0].sums == found.programme.sums


class TestSavings:
    def test_tells_force_year_area_and_posts(self, actor: Actor) -> None:
        for year in (2026, 2027):
            kept(actor, TARGET, year=year, pence=16 * MILLION, counting="cash-in-year")
        common = {"starts_on": date(2026, 4, 1), "recurrence": "recurrent"}
        kept(actor, SAVING, area="custody", full_year=10 * MILLION, confidence="", **common)
        kept(
            actor, SAVING, area="estates", full_year=5 * MILLION, confidence="medium", **common
        )
        kept(actor, AREA, title="custody", pence=200 * MILLION)
        kept(actor, AREA, title="estates", pence=10 * MILLION)
        kept(actor, POSTS, at_risk=4, redeployed=3, kept=1, lost=0, most_lost=0)
        found = savings.programme(actor, "csr", date(2026, 7, 2))
        assert [line.gap for line in found.lines] == [3 * MILLION, 3 * MILLION]
        assert found.lines[-1].gap_so_far == 6 * MILLION
        (judged,) = found.areas
        assert [area.name for area in judged.answer.failing] == ["estates"]
        assert [each.breach for each in found.posts] == [""]
        assert savings.programmes(actor) == ["csr"]

    def test_is_not_there_for_a_stranger(self, actor: Actor) -> None:
        kept(actor, TARGET, year=2026, pence=1, counting="cash-in-year")
        cole = factories.officer(factories.ELSEWHERE)
        with pytest.raises(savings.NoSuchProgramme):
            savings.programme(cole, "csr", date(2026, 7, 2))

    def test_what_two_organisations_hold_counts_once_and_is_told(self, actor: Actor) -> None:
        values: dict[str, Any] = {"full_year": 5_00, "starts_on": date(2026, 4, 1)}
        bryn = factories.officer(factories.PARTNER)
        factories.policy(HERE, factories.PARTNER)
        for who, pence in ((bryn, 90_00), (actor, 70_00)):
            kept(who, TARGET, year=2026, pence=pence, counting="cash-in-year", title="T")
            kept(who, SAVING, recurrence="recurrent", title="S", **values)
            kept(who, AREA, title="custody", pence=pence)
            kept(who, POSTS, at_risk=pence, redeployed=0, kept=0, lost=0, most_lost=0)
        kept(actor, SAVING, recurrence="recurrent", title="S", **values)
        factories.sharing(factories.PARTNER, HERE)
        found = savings.programme(actor, "csr", date(2026, 7, 2))
        assert [(e.target, e.realised) for e in found.lines] == [(70_00, 10_00)]
        assert [each.baseline for each in found.areas[0].areas] == [70_00]
        assert [each.impact.at_risk for each in found.posts] == [70_00]
        assert len(found.doubts) == 4
        assert found.doubts[0].startswith("wiltshire and gloucestershire hold “T” of wiltshire")

    def test_judges_areas_by_the_years_that_have_a_target(self, actor: Actor) -> None:
        for year in (2008, 2030):
            kept(actor, TARGET, year=year, pence=1, counting="cash-in-year", title="Assumed")
        for area, baseline, saved in (("witness", 2000, 110), ("hi-tech", 3000, 140)):
            kept(actor, AREA, title=area, pence=baseline)
            values = {"recurrence": "one-off", "starts_on": date(2008, 4, 1)}
            kept(actor, SAVING, area=area, full_year=saved, confidence="", **values)
        found = savings.programme(actor, "csr", date(2026, 7, 2))
        (judged,) = found.areas
        assert judged.year == 2008
        assert [area.name for area in judged.answer.failing] == ["hi-tech"]
        assert {each.name: each.saved for each in judged.areas} == {
            "witness": 110,
            "hi-tech": 140,
        }
        assert [(each.year, each.title) for each in found.targets] == [
            (2008, "Assumed"),
            (2030, "Assumed"),
        ]

    def test_says_that_its_targets_count_one_thing_and_another(self, actor: Actor) -> None:
        kept(actor, TARGET, year=2026, pence=1, counting="cash-in-year")
        kept(actor, TARGET, year=2027, pence=1, counting="new-in-year")
        found = savings.programme(actor, "csr", date(2026, 7, 2))
        assert found.counting is None
        assert "mixes the two" in found.doubts[0]

    def test_one_that_is_made_once_has_no_end(self, actor: Actor) -> None:
        values = {"full_year": 1, "starts_on": date(2026, 4, 1), "ends_on": date(2027, 4, 1)}
        with pytest.raises(records.Clashes, match="has no end"):
            kept(actor, SAVING, recurrence="one-off", **values)


class TestMeasured:
    def test_the_platform_reports_with_its_evidence(
        self, actor: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def told(who: Actor, profile: Profile, function: str, span: Span) -> Figure:
            return Figure(Fraction(1, 3), f"3 duties in {span}")

        monkeypatch.setitem(
            measuring.measures._items, "thirds", measuring.Told(told, "minutes")
        )
        profile = answering(
            15, measure=Measure("minutes to answer", "minutes", source="thirds")
        )
        key = factories.running(actor, profile)
        measure(actor=actor, benefit=key, span=quarter(1), at=AFTER_ONE)
        (found,) = benefits.shown(actor, key, date(2026, 7, 2)).standing.readings
        assert (str(found.value), found.evidence) == (
            "0.3333",
            "3 duties in 1 April 2026 to 30 June 2026",
        )

    def test_is_refused_where_it_cannot_tell(self, actor: Actor) -> None:
        key = factories.running(actor)
        with pytest.raises(NotMeasured):
            measure(actor=actor, benefit=key, span=quarter(1), at=AFTER_ONE)

    def test_duty_hours_are_of_whole_months_that_may_be_read(self, actor: Actor) -> None:
        odd = Span(date(2026, 4, 2), date(2026, 7, 1))
        assert measuring.hours_given(actor, saving(), "firearms", odd) is None
        assert measuring.hours_received(actor, saving(), "firearms", quarter(1)) is None

    def test_figures_are_kept_to_four_decimals(self) -> None:
        assert [str(rounded(Fraction(n, 3))) for n in (1, 6)] == ["0.3333", "2.0000"]


def test_history_keeps_every_state(actor: Actor) -> None:
    key = factories.running(actor)
    assert models.Benefit.__name__ == "Benefit"
    changed = records.history(actor, "benefits.benefit", key)
    assert len(list(changed)) >= 2
    assert datetime(2026, 3, 2, tzinfo=UTC).date() == benefits.one(actor, key).frozen_on
