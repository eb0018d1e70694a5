"""Projects, trials, phases, bids, risks, findings and contribution reviews, as an officer reads them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.programme.choices import (
    BidOutcome,
    Case,
    Completeness,
    FindingKind,
    FindingState,
    Gate,
    Light,
    ProjectState,
    ReviewOutcome,
    ReviewState,
    TrialState,
)
from crossforce.programme.rules import (
    bids,
    inspections,
    phases,
    projects,
    reviews,
    risks,
    trials,
)
from crossforce.programme.rules.timelines import Span, timeline
from crossforce.programme.tests.figured import FIGURES, TODAY

FULL = dict.fromkeys(Case, Completeness.FULL)
OUTLINE = {**dict.fromkeys(Case, Completeness.OUTLINE), Case.STRATEGIC: Completeness.FULL}
PROJECT = projects.Project(
    ProjectState.EXPLORING,
    "one dog section",
    "a dog sooner",
    FULL,
    phases=3,
    lesson="start early",
)
TRIAL = trials.Trial(date(2016, 1, 1), date(2016, 7, 1))
BID = bids.Bid("Police Innovation Fund", 600_00, fallback="in one force first")
FINDING = inspections.Finding(
    FindingKind.AREA_FOR_IMPROVEMENT, date(2015, 12, 1), date(2016, 6, 1), ("train",), "log"
)
REVIEW = reviews.Review(
    ReviewState.GATHERING,
    100_00,
    90_00,
    "hours times rate",
    "resilience",
    ReviewOutcome.CONTINUE,
)


class TestProjects:
    @given(state=st.sampled_from(ProjectState), to=st.sampled_from(ProjectState))
    def test_with_everything_in_place_exactly_the_legal_moves_are_made(
        self, state: ProjectState, to: ProjectState
    ) -> None:
        told = projects.refusals(
            replace(PROJECT, state=state), to, FIGURES, decision="D1", reason="asked"
        )
        assert bool(told) == (to not in projects.STATES[state])

    def test_a_gate_says_which_case_is_wanting(self) -> None:
        at = replace(PROJECT, state=ProjectState.BUSINESS_CASE, cases=OUTLINE)
        assert projects.refusals(at, ProjectState.APPROVED, FIGURES) == [
            "the economic case is outline, and OBC needs it full",
            "no decision of a board is named for the gate OBC",
        ]
        [told] = projects.gate_lacks({}, Gate.FBC, FIGURES)
        assert told == (
            "the strategic, economic, commercial, financial and management cases are absent,"
            " and FBC needs them full"
        )
        assert projects.gates_passed(OUTLINE, FIGURES) == (Gate.SOC,)
        assert projects.gates_passed(FULL, FIGURES) == tuple(Gate)

    def test_no_project_goes_on_without_purpose_and_benefit(self) -> None:
        told = projects.refusals(
            projects.Project(ProjectState.EXPLORING), ProjectState.BID, FIGURES
        )
        assert told == ["its purpose is not stated", "its benefit to the public is not stated"]

    def test_no_phase_no_phases(self) -> None:
        at = replace(PROJECT, state=ProjectState.IN_DEVELOPMENT, phases=0)
        told = projects.refusals(at, ProjectState.PHASED, FIGURES, decision="D1")
        assert told == ["no phase is planned"]

    @pytest.mark.parametrize("state", [ProjectState.IN_DEVELOPMENT, ProjectState.PHASED])
    def test_it_goes_live_on_a_full_case_by_a_decision(self, state: ProjectState) -> None:
        at = replace(PROJECT, state=state, cases={**FULL, Case.FINANCIAL: Completeness.OUTLINE})
        assert projects.refusals(at, ProjectState.LIVE, FIGURES) == [
            "the financial case is outline, and FBC needs it full",
            "no decision of a board is named for the gate FBC",
        ]

    def test_what_is_ahead_when_it_goes_live_is_named_and_given_a_reason(self) -> None:
        at = replace(PROJECT, state=ProjectState.IN_DEVELOPMENT, ahead=("M2", "M3"))
        assert projects.refusals(at, ProjectState.LIVE, FIGURES, decision="D1") == [
            "no reason is given for going live before what is not done: M2, M3"
        ]
        live = {"decision": "D1", "reason": "the rota can wait"}
        assert not projects.refusals(at, ProjectState.LIVE, FIGURES, **live)

    def test_a_project_closes_with_its_lesson_and_early_with_a_reason(self) -> None:
        told = projects.refusals(replace(PROJECT, lesson=""), ProjectState.CLOSED, FIGURES)
        assert told == [
            projects.UNLEARNED,
            "no reason is given for closing",
        ]


class TestTrials:
    @pytest.mark.parametrize(
        ("on", "state"),
        [
            (date(2015, 12, 31), TrialState.TO_COME),
            (date(2016, 6, 30), TrialState.RUNNING),
            (date(2016, 7, 1), TrialState.LAPSED),
        ],
    )
    def test_a_trial_lapses_by_its_dates(self, on: date, state: TrialState) -> None:
        assert trials.standing(TRIAL, on) is state

    def test_what_was_adopted_in_time_stays(self) -> None:
        adopted = replace(TRIAL, adopted_on=date(2016, 6, 30))
        assert trials.standing(adopted, date(2020, 1, 1)) is TrialState.ADOPTED
        late = replace(TRIAL, adopted_on=date(2016, 7, 1))
        assert trials.standing(late, date(2020, 1, 1)) is TrialState.LAPSED

    @pytest.mark.parametrize(
        ("to", "on", "decision", "lack"),
        [
            (date(2016, 12, 1), TODAY, "", "no decision is named"),
            (date(2018, 1, 2), TODAY, "D1", "no longer than 24 months"),
            (TODAY, TODAY, "D1", "not to come"),
            (date(2016, 12, 1), date(2016, 7, 1), "D1", "begin another"),
        ],
    )
    def test_a_trial_is_made_longer_in_time_by_a_decision(
        self, to: date, on: date, decision: str, lack: str
    ) -> None:
        assert lack in trials.refusals(TRIAL, to, on, decision, FIGURES)[0]
        assert not trials.refusals(TRIAL, date(2018, 1, 1), TODAY, "D1", FIGURES)

    def test_it_ends_after_it_starts(self) -> None:
        with pytest.raises(ValueError, match="after it starts"):
            trials.Trial(TODAY, TODAY)


class TestPhases:
    FORENSICS = (
        phases.Phase(1, "forensics", "wiltshire", live_on=date(2014, 10, 1)),
        phases.Phase(2, "forensics", "dorset", planned_on=date(2016, 2, 1)),
        phases.Phase(3, "forensics", "devon-and-cornwall", planned_on=date(2016, 6, 1)),
        phases.Phase(1, "dogs", "dorset", live_on=date(2012, 1, 1), ended_on=date(2013, 1, 1)),
    )

    def test_each_function_says_who_has_it_and_who_is_next(self) -> None:
        dogs, forensics = phases.rollouts(self.FORENSICS, TODAY)
        assert forensics.live == ("wiltshire",)
        assert forensics.to_come == ("devon-and-cornwall", "dorset")
        assert (forensics.next_on, forensics.overdue) == (date(2016, 6, 1), ("dorset",))
        assert (dogs.live, dogs.to_come) == ((), ())


class TestBids:
    def test_what_is_hoped_for_is_not_there(self) -> None:
        lost = bids.Bid("Demonstrator Site", 300_00, BidOutcome.LOST)
        won = bids.Bid("Reserve", 200_00, BidOutcome.WON, awarded=100_00)
        money = bids.funding(1000_00, 300_00, [BID, lost, won])
        assert (money.won, money.hoped_for, money.lost) == (100_00, 600_00, 300_00)
        assert (money.gap, money.gap_if_all_comes) == (600_00, 0)

    def test_a_plan_holds_without_the_grant_or_says_why_not(self) -> None:
        assert not bids.doubts(1000_00, 500_00, [BID], TODAY)
        leaning = replace(BID, fallback="", decision_due_on=date(2016, 2, 1))
        assert bids.doubts(1000_00, 300_00, [leaning], TODAY) == [
            "£100 is not met even if every bid is won",
            "it leans on the bid to Police Innovation Fund and says nothing of what is done without it",
            "the decision on the bid to Police Innovation Fund was due on 2016-02-01",
        ]

    def test_a_sum_that_is_not_known_is_told_and_never_counted(self) -> None:
        unknown = replace(BID, asked=None)
        assert bids.funding(1000_00, 300_00, [unknown]).hoped_for == 0
        assert bids.doubts(1000_00, 300_00, [unknown], TODAY) == [
            "what the bid to Police Innovation Fund asks for is not known"
        ]


class TestRisks:
    @given(st.integers(1, 5), st.integers(1, 5))
    def test_every_score_falls_in_the_band_of_its_figures(self, one: int, other: int) -> None:
        band = risks.band(risks.Risk("money", one, other), FIGURES)
        score = one * other
        assert band == (
            "low"
            if score < 5
            else "medium"
            if score < 10
            else "high"
            if score < 16
            else "critical"
        )

    def test_above_the_appetite_of_its_category_it_needs_an_action(self) -> None:
        risk = risks.Risk("safety", 1, 5, owner="head of operations")
        assert risks.doubts(risk, TODAY, FIGURES) == [
            "its score 5 is above the 4 that may be borne, and no action is written"
        ]
        assert not risks.doubts(replace(risk, category="money"), TODAY, FIGURES)
        assert not risks.doubts(replace(risk, is_closed=True, owner=""), TODAY, FIGURES)

    def test_an_ownerless_risk_past_its_review_says_both(self) -> None:
        risk = risks.Risk("other", 1, 1, review_on=date(2016, 2, 1))
        assert risks.doubts(risk, TODAY, FIGURES) == [
            "it has no owner",
            "its review was due on 2016-02-01",
        ]

    def test_figures_beyond_the_scale_are_no_risk(self) -> None:
        with pytest.raises(ValueError, match="from 1 to 5"):
            risks.Risk("money", 6, 1)


class TestFindings:
    @pytest.mark.parametrize(
        ("finding", "state"),
        [
            (FINDING, FindingState.OPEN),
            (replace(FINDING, actions=()), FindingState.NO_ACTION),
            (replace(FINDING, due_on=date(2016, 2, 1)), FindingState.OVERDUE),
            (replace(FINDING, submitted_on=TODAY), FindingState.WITH_INSPECTORATE),
            (replace(FINDING, closed_on=TODAY), FindingState.CLOSED),
            (replace(FINDING, kind=FindingKind.NOTEWORTHY_PRACTICE), FindingState.SHARED),
        ],
    )
    def test_where_a_finding_stands(
        self, finding: inspections.Finding, state: FindingState
    ) -> None:
        assert inspections.standing(finding, TODAY) is state

    def test_comments_are_published_within_56_days(self) -> None:
        assert inspections.comments_due_on(date(2015, 12, 1), FIGURES) == date(2016, 1, 26)


class TestReviews:
    @pytest.mark.parametrize(
        ("value", "outcome"),
        [(80, ReviewOutcome.CONTINUE), (79, ReviewOutcome.VARY), (49, ReviewOutcome.WITHDRAW)],
    )
    def test_what_the_figures_speak_for(self, value: int, outcome: ReviewOutcome) -> None:
        review = replace(REVIEW, share=100, value=value)
        assert reviews.advice(review, FIGURES)[0] is outcome
        assert reviews.worth(review) == Fraction(value, 100)

    def test_without_both_figures_nothing_is_advised(self) -> None:
        assert reviews.advice(replace(REVIEW, value=None), FIGURES)[0] is None
        assert reviews.worth(replace(REVIEW, share=0)) is None

    def test_a_proposal_stands_on_figures_method_and_what_is_not_money(self) -> None:
        assert not reviews.refusals(REVIEW, ReviewState.PROPOSED)
        bare = reviews.Review(ReviewState.GATHERING)
        assert len(reviews.refusals(bare, ReviewState.PROPOSED)) == 4

    def test_a_decision_has_a_name_and_an_outcome(self) -> None:
        review = replace(REVIEW, state=ReviewState.PROPOSED)
        assert reviews.refusals(review, ReviewState.DECIDED) == [
            "no decision is named",
            "the decision has no outcome",
        ]
        assert not reviews.refusals(
            review, ReviewState.DECIDED, decision="D1", outcome=ReviewOutcome.VARY
        )
        assert (
            "goes to nothing"
            in reviews.refusals(
                replace(REVIEW, state=ReviewState.DECIDED), ReviewState.PLANNED
            )[0]
        )


class TestTimeline:
    SPANS = (
        Span("firearms", "Scoping", date(2016, 1, 10), date(2016, 4, 10), Light.GREEN),
        Span("forensics", "Go-live", date(2016, 6, 15), date(2016, 6, 15)),
    )

    def test_bars_lie_between_the_first_month_and_the_last(self) -> None:
        found = timeline(self.SPANS, TODAY)
        assert found
        assert (found.starts_on, found.ends_on) == (date(2016, 1, 1), date(2016, 7, 1))
        assert [name for name, _ in found.rows] == ["firearms", "forensics"]
        bar, mark = found.rows[0][1][0], found.rows[1][1][0]
        assert (bar.left, bar.width, mark.width, found.today) == (49, 500, 0, 329)
        assert [tick.day.month for tick in found.ticks] == [1, 2, 3, 4, 5, 6]

    def test_nothing_has_no_timeline_and_today_may_lie_outside(self) -> None:
        assert timeline([], TODAY) is None
        found = timeline(self.SPANS, date(2020, 1, 1))
        assert found
        assert found.today is None

    @given(
        st.lists(
            st.tuples(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 4000)),
            min_size=1,
            max_size=8,
        )
    )
    def test_every_bar_lies_within_the_whole(self, given: list[tuple[date, int]]) -> None:
        spans = [
            Span("row", str(n), day, date.fromordinal(day.toordinal() + days))
            for n, (day, days) in enumerate(given)
        ]
        found = timeline(spans, TODAY)
        assert found
        assert len(found.ticks) <= 12
        for placed in found.rows[0][1]:
            assert 0 <= placed.left <= placed.left + placed.width <= 1000
