"""Budgets from draft to open: what they freeze, and what is refused."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from crossforce.agreements.preview.context import Figures
from crossforce.finance import models
from crossforce.finance.choices import MOST_PENCE, RestOfYear, Sort, State
from crossforce.finance.operations import budgets
from crossforce.finance.queries import agreed, deciding, forecasting, lines
from crossforce.finance.queries import budgets as reads
from crossforce.finance.rules import keeping
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import AVON, GLOS, MILLION, NOW, ROADS, WILTS, YEAR
from crossforce.kernel import guarded
from crossforce.kernel.refusals import StaleVersion
from crossforce.kernel.stepping import Step
from crossforce.people.choices import Actor
from crossforce.records.api import Clashes
from crossforce.records.operations.changing import NothingChanges
from crossforce.records.operations.creating import MayNotAdd

pytestmark = pytest.mark.django_db


def test_a_budget_is_drafted_proposed_and_opened_by_a_decision(keeper: Actor) -> None:
    key = factories.opened(keeper)
    row = factories.row(keeper, key)
    assert (row.state, row.decision, row.lead) == (
        State.OPEN,
        "Board, item 4 (a decision outside this platform)",
        WILTS,
    )
    (stretch,) = keeping.standing_kept(row.standing)
    assert set(stretch.shares.values()) == {Fraction(1, 3)}
    assert stretch.why is not None
    assert stretch.why.clause == "5"


def test_its_shares_are_told_to_the_penny_with_their_clause(keeper: Actor) -> None:
    shown = reads.shown(keeper, factories.opened(keeper), NOW)
    assert [each.gross for each in shown.bearings] == [33_333_334, 33_333_333, 33_333_333]
    assert sum(each.due for each in shown.instalments) == MILLION
    assert shown.functions == (ROADS,)


def test_who_joins_in_the_year_pays_from_then_on(keeper: Actor) -> None:
    shown = reads.shown(keeper, factories.opened(keeper, year=2026), NOW)
    assert shown.position is not None
    (stretch,) = shown.position.plan.standing
    assert stretch.starts_on.isoformat() == "2026-12-01"
    assert [each.gross for each in shown.instalments if each.part.label == "2026/27 Q1"] == [
        0
    ] * 3


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"agreement": "unheard"}, agreed.NoSuchAgreement),
        ({"function": "dogs"}, agreed.NotShared),
        ({"year": 2020}, agreed.NotShared),
        ({"pence": 0}, budgets.CostsNothing),
        ({"lead": "unheard"}, budgets.NoLead),
        ({"lead": "cumbria"}, budgets.NoLead),
        ({"lead": f"pcc-{AVON}"}, budgets.NoLead),
        ({"pence": MOST_PENCE + 1}, budgets.CostsNothing),
    ],
)
def test_refuses_to_draft(
    keeper: Actor, wrong: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        factories.drafted(keeper, **wrong)


def test_a_cost_has_one_budget_a_year(keeper: Actor) -> None:
    factories.drafted(keeper)
    with pytest.raises(Clashes, match="has a budget for that year"):
        factories.drafted(keeper)


def test_the_lead_that_a_clause_names_keeps_the_budget(bodies: None) -> None:
    factories.agreement(lead=GLOS)
    factories.policy(WILTS, GLOS)
    with pytest.raises(budgets.NotTheLead):
        factories.drafted(factories.officer())
    there = factories.officer(GLOS)
    assert factories.row(there, factories.drafted(there)).lead == GLOS


def test_a_list_reads_nothing_that_it_does_not_show(keeper: Actor) -> None:
    for year in (2027, 2028, 2029):
        factories.opened(keeper, year=year)
    found = reads.budgets(keeper, reads.Wanted())
    assert all(found[0].row.get_deferred_fields() >= {"standing", "figures"} for _ in found)
    first = reads.page(keeper, reads.Wanted(), Step(1))
    second = reads.page(keeper, reads.Wanted(), Step(1, after=first.after))
    assert [each.row.pk for each in (*first.rows, *second.rows)] == [
        each.row.pk for each in found[:2]
    ]


@pytest.mark.parametrize(
    ("functions", "name"),
    [
        (["dogs"], "Dogs"),
        (["dogs", "roads-policing"], "Dogs and roads policing"),
        (["dogs", "dna-clean-room", "banking"], "Dogs, DNA clean room and banking"),
        ([f"a-very-long-word-{n}" for n in range(40)], "A very long word 0, a very"),
    ],
)
def test_is_called_by_all_that_it_pays_for(functions: list[str], name: str) -> None:
    said = agreed.title_of(functions, YEAR)
    assert said.startswith(name)
    assert len(said) < 150
    assert said.endswith(" more, 2027/28" if len(functions) > 3 else f"{name}, 2027/28")


class TestStates:
    def test_only_a_draft_is_changed(self, keeper: Actor) -> None:
        key = factories.drafted(keeper)
        given = {"pence": 5, "state": "open", "lead": AVON}
        budgets.change_budget(actor=keeper, budget=key, version=1, given=given, at=NOW)
        row = factories.row(keeper, key)
        assert (row.pence, row.state, row.lead) == (5, "draft", WILTS)
        budgets.propose_budget(actor=keeper, budget=key, version=2, at=NOW)
        with pytest.raises(budgets.NotInState, match="This one is proposed"):
            budgets.change_budget(actor=keeper, budget=key, version=3, given=given, at=NOW)
        budgets.take_back_to_draft(actor=keeper, budget=key, version=3, at=NOW)
        assert factories.row(keeper, key).state == State.DRAFT

    def test_nothing_opens_without_a_decision_or_unproposed(self, keeper: Actor) -> None:
        key = factories.drafted(keeper)
        wanted: dict[str, Any] = {"actor": keeper, "budget": key, "at": NOW}
        with pytest.raises(budgets.NotInState):
            budgets.open_budget(**wanted, version=1, decision="Item 4")
        budgets.propose_budget(actor=keeper, budget=key, version=1, at=NOW)
        with pytest.raises(deciding.NoDecision):
            budgets.open_budget(**wanted, version=2, decision=" ")
        with pytest.raises(StaleVersion):
            budgets.open_budget(**wanted, version=1, decision="Item 4")

    def test_a_method_without_its_figure_is_told_and_not_proposed(self, bodies: None) -> None:
        factories.agreement('method = "net-revenue-budget"')
        factories.policy()
        keeper = factories.officer()
        key = factories.drafted(keeper)
        shown = reads.shown(keeper, key, NOW)
        assert shown.position is None
        assert "no net-revenue-budget figure is known for avon-and-somerset" in shown.why_not
        with pytest.raises(agreed.CannotShare, match="avon-and-somerset"):
            budgets.propose_budget(actor=keeper, budget=key, version=1, at=NOW)


def test_later_figures_do_not_move_an_open_budget(
    bodies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.agreement('method = "population"')
    factories.policy()
    keeper = factories.officer()
    key = factories.opened(keeper)
    before = reads.shown(keeper, key, NOW).bearings
    monkeypatch.setattr(Figures, "figure", lambda *asked: 1)
    draft = reads.shown(keeper, factories.drafted(keeper, year=YEAR + 1), NOW)
    assert draft.bearings[-1].gross == MILLION // 3
    assert reads.shown(keeper, key, NOW).bearings == before
    with pytest.raises(NothingChanges):
        budgets.share_anew(actor=keeper, budget=key, version=3, at=NOW)


class TestForecast:
    def test_follows_each_rule(self, keeper: Actor) -> None:
        key = factories.opened(keeper)
        on = NOW.date().replace(year=YEAR, month=7, day=1)
        factories.posted(keeper, key, factories.line(30_000_000))
        found = {
            rule: forecasting.forecast(keeper, key, rule, on).outturn
            for rule in (
                RestOfYear.AS_BUDGETED,
                RestOfYear.AS_SO_FAR,
                RestOfYear.AS_BUDGET_WENT,
            )
        }
        assert found[RestOfYear.AS_SO_FAR] == 4 * 30_000_000
        assert abs(found[RestOfYear.AS_BUDGETED] - 105_000_000) < 20
        assert abs(found[RestOfYear.AS_BUDGET_WENT] - 120_000_000) < 20

    def test_states_what_forecast_lines_say(self, keeper: Actor) -> None:
        key = factories.opened(keeper)
        factories.posted(keeper, key, factories.line(7, sort=Sort.FORECAST))
        on = NOW.date().replace(year=YEAR, month=5, day=1)
        assert forecasting.forecast(keeper, key, RestOfYear.STATED, on).outturn == 7
        later = date(YEAR + 1, 1, 10)
        with pytest.raises(forecasting.NoForecast, match="No forecast line is posted"):
            forecasting.forecast(keeper, key, RestOfYear.STATED, later)

    def test_refuses_what_cannot_be_told(self, keeper: Actor) -> None:
        key = factories.opened(keeper)
        with pytest.raises(forecasting.NoForecast, match="Nothing is closed yet"):
            forecasting.forecast(
                keeper, key, RestOfYear.AS_SO_FAR, (NOW - timedelta(days=1)).date()
            )


class TestAccess:
    def test_nobody_keeps_money_without_a_clause(self, bodies: None) -> None:
        factories.agreement()
        with pytest.raises(MayNotAdd):
            factories.drafted(factories.officer())

    def test_a_partner_reads_what_a_clause_opens_and_changes_nothing(
        self, keeper: Actor
    ) -> None:
        key = factories.opened(keeper)
        bryn, cole = factories.officer(GLOS), factories.officer("cumbria")
        with pytest.raises(reads.NoSuchBudget):
            reads.shown(bryn, key, NOW)
        factories.sharing(GLOS)
        shown = reads.shown(bryn, key, NOW)
        assert (shown.may_edit, shown.may_post) == (False, False)
        assert lines.lines(bryn, key) == []
        with pytest.raises(reads.MayNotPost):
            factories.posted(bryn, key, factories.line(5))
        for reading in (reads.one, lines.lines):
            with pytest.raises(reads.NoSuchBudget):
                reading(cole, key)
        assert not reads.budgets(cole, reads.Wanted())

    def test_row_security_hides_lines_from_whoever_forgets(self, keeper: Actor) -> None:
        key = factories.opened(keeper)
        factories.posted(keeper, key, factories.line(5))
        with guarded.acting(factories.officer(GLOS)):
            assert not models.Line.objects.filter(budget=key).exists()
            assert not models.Budget.objects.all().count()
