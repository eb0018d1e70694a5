"""Figures that forces state of themselves: whose they are, what they count before, how a table brings them in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from crossforce.access.operations import put_grants
from crossforce.agreements import resolve
from crossforce.agreements.check import CheckContext
from crossforce.agreements.models import Agreement
from crossforce.agreements.operations import activation, give_notice, join_notice
from crossforce.agreements.preview.context import Figures
from crossforce.agreements.queries import leaving
from crossforce.agreements.tests import factories as agreed_factories
from crossforce.finance import models
from crossforce.finance.choices import BUDGET, FIGURE, MARKING, Driver
from crossforce.finance.operations import budgets, figures
from crossforce.finance.operations.figures import NewFigure
from crossforce.finance.operations.sheets import Brought, CannotBringIn, Sheet
from crossforce.finance.queries import agreed
from crossforce.finance.queries import figures as reads
from crossforce.finance.queries.figures import Wanted
from crossforce.finance.queries.worked import worked
from crossforce.finance.rules import keeping
from crossforce.finance.rules.years import FinancialYear
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import AVON, GLOS, NOW, REFERENCE, ROADS, WILTS
from crossforce.finance.views.worked import figures as table_of
from crossforce.kernel import guarded, guarded_watch
from crossforce.kernel.refusals import Missing, StaleVersion
from crossforce.organisations import api as organisations
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records import api as records_api
from crossforce.records.operations.creating import MayNotAdd
from crossforce.records.tests import factories as records

pytestmark = pytest.mark.django_db
APRIL = date(2027, 4, 1)
JANUARY = datetime(2027, 1, 15, 9, tzinfo=UTC)
HEADING = "what is counted,as at,figure,source,how sure\n"
ROW = 'officer-fte,2027-03-31,"1,102.30",Workforce return 2027,S\n'
REVENUE = 'method = "net-revenue-budget"'


def stated(
    actor: Actor, value: str = "100", driver: Driver = Driver.NET_REVENUE, **more: Any
) -> None:
    new = NewFigure(driver, APRIL, Decimal(value), more.pop("source", "Budget book"), **more)
    figures.state_figure(actor=actor, new=new, at=NOW)


def shares(actor: Actor) -> dict[str, Fraction]:
    year = FinancialYear(2027)
    with guarded.acting(actor):
        found = agreed.agreed(actor, REFERENCE, NOW).shared(ROADS, year, NOW.date())
    return dict(found.standing[0].shares)


def told(*holders: str, to: str = WILTS) -> None:
    """Clauses by which Wiltshire, or a body of it, reads the figures of these."""
    grants = [
        records.grant(FIGURE, holder=each, recipient=to, actions=("find", "read"))
        for each in holders
    ]
    with transaction.atomic():
        put_grants(f"figures-{to}", grants)


def counting(keeper: Actor) -> int:
    """What of Wiltshire's people counts, for shares from April."""
    with guarded.acting(keeper):
        live = Figures(organisations.directory(), {}, NOW.date(), REFERENCE)
        return int(live.figure("population", WILTS, APRIL) or 0)


def brought(actor: Actor, text: str, **more: bool) -> Brought:
    sent = Sheet("figures.csv", text.encode())
    return figures.bring_figures_in(actor=actor, sent=sent, at=NOW, **more).whole()


@pytest.fixture
def three(bodies: None) -> dict[str, Actor]:
    """Roads policing is shared by net revenue; each force states its own, and Wiltshire reads all."""
    factories.agreement(REVENUE)
    factories.policy(*agreed_factories.THREE, kinds=(*factories.KINDS, FIGURE))
    told(AVON)
    return {force: factories.officer(force) for force in agreed_factories.THREE}


def test_a_cost_is_shared_by_what_each_force_states(three: dict[str, Actor]) -> None:
    stated(three[AVON], "300")
    stated(three[WILTS], "100")
    keeper = three[WILTS]
    with pytest.raises(
        agreed.CannotShare, match="no net-revenue-budget figure is known for gloucestershire"
    ):
        shares(keeper)
    stated(three[GLOS], "100")
    with pytest.raises(agreed.CannotShare, match="gloucestershire"):
        shares(keeper)  # which nobody lets Wiltshire read
    told(AVON, GLOS)
    with CaptureQueriesContext(connection) as seen:
        assert shares(keeper)[AVON] == Fraction(3, 5)
    assert sum('FROM "finance_figure"' in each["sql"] for each in seen) == 1
    assert not reads.figures(keeper, Wanted(force=WILTS))[0].unused
    began = datetime(2020, 1, 1, tzinfo=UTC)
    activation.close_terms(Agreement.objects.get(reference=REFERENCE), at=began)
    assert reads.figures(keeper, Wanted(force=WILTS))[0].unused


def test_an_open_budget_keeps_its_figures_and_their_source(three: dict[str, Actor]) -> None:
    keeper = three[WILTS]
    told(AVON, GLOS)
    for actor in three.values():
        stated(actor, source="Budget book 2027/28, page 4")
    key = factories.opened(keeper)
    (mine,) = reads.figures(keeper, Wanted(force=WILTS))
    figures.correct_figure(
        actor=keeper, figure=mine.row.pk, version=1, given={"value": Decimal(900)}, at=NOW
    )
    row = factories.row(keeper, key)
    assert keeping.figures_kept(row.figures).figure("net-revenue-budget", WILTS, APRIL) == 100
    table = table_of(worked(keeper, row, NOW))
    assert "Wiltshire: Budget book 2027/28, page 4, as at 1 April 2027" in str(table.rows)
    with guarded.acting(keeper):
        before = list(models.Figure.pgh_event_model.objects.values_list("value", flat=True))  # type: ignore[attr-defined]
    assert Decimal(100) in before


def test_a_budget_tells_its_readers_the_figures_that_they_read_and_no_other(
    three: dict[str, Actor],
) -> None:
    """Avon and Somerset reads its own figure and the budget; what others state it reads in neither."""
    keeper, bryn = three[WILTS], three[AVON]
    told(AVON, GLOS)
    for number, actor in enumerate(three.values(), start=7):
        stated(actor, f"{number}00", source=f"Book {actor.organisation}")
    key = factories.opened(keeper)
    factories.sharing(AVON, kinds=(BUDGET,))
    of = {"keeper": (keeper, 3, 0), "reader": (bryn, 1, 2)}
    for reader, read, unread in of.values():
        row = factories.row(reader, key)
        table = str(table_of(worked(reader, row, NOW)).rows)
        assert (table.count(": Book "), table.count("do not read")) == (read, unread)
    (shown, _) = records_api.history(bryn, BUDGET, key)
    assert "figures" not in shown.row.values()
    with guarded.acting(keeper):
        row = models.Budget.objects.get(pk=key)
        assert (
            sum(share for share in keeping.standing_kept(row.standing)[0].shares.values()) == 1
        )


def test_sharing_looks_at_no_figure_that_it_does_not_need(three: dict[str, Actor]) -> None:
    told(AVON, GLOS)
    for actor in three.values():
        stated(actor)
        stated(actor, driver=Driver.POPULATION)
    keeper = three[WILTS]
    with guarded.acting(keeper):
        shares(keeper)
        assert len(guarded_watch.looks()[FIGURE].rows) == len(three)


def test_what_forces_spend_themselves_is_charged_to_the_penny(bodies: None) -> None:
    factories.agreement('method = "costs-lie-where-they-fall"', yearly="")
    factories.policy(*agreed_factories.THREE, kinds=(FIGURE,))
    told(AVON, GLOS)
    spent = {AVON: "1000000.10", GLOS: "20000", WILTS: "0.05"}
    for force, value in spent.items():
        stated(factories.officer(force), value, Driver.OWN_COST, agreement=REFERENCE)
    keeper = factories.officer()
    with guarded.acting(keeper):
        terms = agreed.agreed(keeper, REFERENCE, NOW).on(APRIL)
        assert terms
        live = Figures(organisations.directory(), {}, NOW.date(), REFERENCE)
        found = resolve.charges(terms, APRIL, live)
    assert found.due() == {AVON: 100_000_010, GLOS: 2_000_000, WILTS: 5}


def test_a_notice_settles_by_what_its_givers_may_read(bodies: None) -> None:
    """Wiltshire's people are 100 of 500 thousand: a fifth of £500. The reference files have more."""
    factories.agreement('method = "population"', settling="pence = 50_000, months = 12")
    factories.policy(*agreed_factories.THREE, kinds=(FIGURE,))
    for force, value in ((AVON, "300000"), (GLOS, "100000"), (WILTS, "100000")):
        stated(factories.officer(force), value, Driver.POPULATION)
    leavers = agreed_factories.parties(WILTS)
    chief = people.actor("chief-officer", leavers[0])
    pcc = people.actor("policing-body", leavers[1])
    _, untold = leaving.outlook(chief, REFERENCE, leavers[0], JANUARY)
    assert untold.settlement["pence"] > 10_000
    for each in leavers:
        told(*agreed_factories.THREE, to=each)
    _, outlook = leaving.outlook(chief, REFERENCE, leavers[0], JANUARY)
    asked: dict[str, Any] = {"reference": REFERENCE, "at": JANUARY}
    notice = give_notice(actor=chief, organisation=leavers[0], reason="Costs", **asked)
    follows = leaving.would_follow(pcc, notice, JANUARY)
    held = join_notice(actor=pcc, organisation=leavers[1], notice=notice.pk, **asked)
    assert follows
    sums = [each["pence"] for each in (outlook.settlement, follows.settlement, held.settlement)]
    assert sums == [10_000] * 3


def test_counts_before_the_reference_file_of_its_year_and_not_of_another(keeper: Actor) -> None:
    factories.policy(kinds=(*factories.KINDS, FIGURE))
    directory = organisations.directory()
    (shipped, *_) = [each for each in directory.figures if each.force == WILTS]
    later = max(
        each.on
        for each in directory.figures
        if each.force == WILTS and each.driver == shipped.driver
    )
    driver = Driver(shipped.driver.value)
    for on in (later, date(later.year - 3, later.month, later.day)):
        figures.state_figure(
            actor=keeper, new=NewFigure(driver, on, Decimal(7), "Return"), at=NOW
        )
    with guarded.acting(keeper):
        live = Figures(directory, {}, NOW.date(), REFERENCE)
        assert live.figure(driver, WILTS, later) == 7
        assert (
            live.source(driver, WILTS, later)
            == f"Wiltshire: Return, as at 31 March {later.year}"
        )
        between = date(later.year - 1, later.month, later.day)
        assert live.figure(driver, WILTS, between) == directory.figure(driver, WILTS, between)
    assert reads.figures(keeper, Wanted())[0].is_of_its_year


def test_what_a_force_uses_counts_for_its_agreement_alone(keeper: Actor) -> None:
    factories.policy(kinds=(*factories.KINDS, FIGURE))
    stated(keeper, "40", Driver.DEMAND, agreement=REFERENCE)
    with guarded.acting(keeper):
        directory = organisations.directory()
        for reference, wanted in ((REFERENCE, 40), ("other", None)):
            live = Figures(directory, {}, NOW.date(), reference)
            assert live.figure("demand", WILTS, APRIL) == wanted


@pytest.mark.parametrize(
    ("driver", "more", "says"),
    [
        (Driver.DEMAND, {}, "is of one agreement"),
        (Driver.POPULATION, {"agreement": REFERENCE}, "whatever the agreement"),
        (Driver.POPULATION, {"source": " "}, "has a source"),
        (Driver.POPULATION, {"value": "-1"}, "not less than nothing"),
        (Driver.POPULATION, {"value": "1.239"}, "two decimals at most"),
    ],
)
def test_refuses_a_figure_that_cannot_be(
    keeper: Actor, driver: Driver, more: dict[str, str], says: str
) -> None:
    with pytest.raises(figures.Unsound, match=says):
        stated(keeper, driver=driver, **more)


def test_is_stated_by_bodies_of_a_force_by_whom_an_agreement_lets(keeper: Actor) -> None:
    with pytest.raises(MayNotAdd):
        stated(keeper)
    with pytest.raises(figures.NotOfAForce):
        stated(replace(keeper, organisation="south-west"))
    factories.policy("pcc-wiltshire", kinds=(FIGURE,))
    body = people.actor("finance-officer", "pcc-wiltshire")
    stated(body)
    ((found),) = reads.figures(body, Wanted())
    assert (found.row.force, found.holder) == (WILTS, "pcc-wiltshire")
    with pytest.raises(Missing):
        reads.one(keeper, found.row.pk)


def test_of_two_bodies_the_figure_stated_last_counts_whatever_is_noted(keeper: Actor) -> None:
    factories.policy(WILTS, "pcc-wiltshire", kinds=(FIGURE,))
    told("pcc-wiltshire")
    body = people.actor("finance-officer", "pcc-wiltshire")
    first = NewFigure(Driver.POPULATION, APRIL, Decimal(1300), "Estimates")
    key = figures.state_figure(actor=body, new=first, at=NOW)
    last, later = replace(first, value=Decimal(1285)), NOW + agreed_factories.DAY
    figures.state_figure(actor=keeper, new=last, at=later)
    given, noted = {"note": "By hand"}, later + agreed_factories.DAY
    figures.correct_figure(actor=body, figure=key, version=1, given=given, at=noted)
    assert counting(keeper) == 1285
    said = {each.holder: each.why_not for each in reads.figures(keeper, Wanted())}
    assert not said[WILTS]
    assert {each.unused for each in reads.figures(keeper, Wanted())} == {"", reads.UNUSED}
    assert said["pcc-wiltshire"] == "Wiltshire stated 1,285.00 for the same day later."
    with guarded.acting(keeper):
        live = Figures(organisations.directory(), {}, NOW.date(), REFERENCE)
        assert "1,300" not in live.source(
            "population", WILTS, APRIL
        )  # a budget keeps it, for others


def test_the_list_asks_as_often_for_many_as_for_few(keeper: Actor) -> None:
    factories.policy(kinds=(*factories.KINDS, FIGURE))

    def asked(many: int) -> int:
        reads.figures(keeper, Wanted())
        with CaptureQueriesContext(connection) as seen:
            assert len(reads.figures(keeper, Wanted())) == many
        return len(seen)

    stated(keeper)
    few = asked(1)
    stated(keeper, driver=Driver.POPULATION)
    assert asked(2) == few


def test_one_marked_higher_or_set_apart_is_nobodys_share(keeper: Actor) -> None:
    """What a budget copies is read by all who read the budget."""
    factories.policy(kinds=(*factories.KINDS, FIGURE))
    heron = records.grant(FIGURE, holder=WILTS, recipient=WILTS, compartment="op-heron")
    with transaction.atomic():
        put_grants("heron", [heron])
    stated(keeper, "1285", Driver.POPULATION)
    assert counting(keeper) == 1285
    ((found),) = reads.figures(keeper, Wanted())
    apart = records_api.Place(WILTS, "", "op-heron", MARKING)
    records_api.move(
        actor=keeper, kind=FIGURE, record=found.row.pk, version=1, to=apart, reason="", at=NOW
    )
    assert counting(keeper) != 1285


def test_the_database_takes_no_use_without_its_agreement(keeper: Actor) -> None:
    factories.policy(kinds=(*factories.KINDS, FIGURE))
    stated(keeper)
    with guarded.acting(keeper), pytest.raises(IntegrityError), transaction.atomic():
        models.Figure.objects.update(driver="demand")


def test_a_table_twice_changes_nothing_and_corrects_what_differs(keeper: Actor) -> None:
    factories.policy(kinds=(*factories.KINDS, FIGURE))
    assert brought(keeper, HEADING + ROW, is_rehearsal=True) == Brought(1, 0, 0)
    assert brought(keeper, HEADING + ROW) == Brought(1, 0, 0)
    assert brought(keeper, HEADING + ROW) == Brought(0, 0, 1)
    assert brought(
        keeper, HEADING + ROW.replace("1,102.30", "1,110").replace(",S", ",")
    ) == Brought(0, 1, 0)
    (found,) = reads.figures(keeper, Wanted())
    assert (found.row.value, found.row.confidence, found.row.version) == (Decimal(1110), "S", 2)
    with pytest.raises(StaleVersion):
        figures.correct_figure(
            actor=keeper, figure=found.row.pk, version=1, given={"note": "Late"}, at=NOW
        )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("dogs,2027-03-31,5,Return,S\n", "A3: 'dogs' is not known under What is counted"),
        ("population,31/31/2027,5,Return,S\n", "B3: "),
        ("population,2027-03-31,-5,Return,S\n", "C3 is negative"),
        (
            "population,2027-03-31,5.123,Return,S\n",
            "C3 holds 5.123. Write it with two decimals",
        ),
        ("population,2027-03-31,=A1,Return,S\n", "C3 holds a formula"),
        ("population,2027-03-31,5,,S\n", "D3 is empty"),
        ("demand,2027-03-31,5,Return,S\n", "A3: What a force uses"),
        (ROW, "A3: This figure stands in the file twice"),
    ],
)
def test_of_a_bad_table_nothing_comes_in(keeper: Actor, row: str, says: str) -> None:
    factories.policy(kinds=(*factories.KINDS, FIGURE))
    with pytest.raises(CannotBringIn, match=says):
        brought(keeper, HEADING + ROW + row)
    assert not reads.figures(keeper, Wanted())


def test_a_table_states_nothing_of_another_force(keeper: Actor) -> None:
    factories.policy(kinds=(*factories.KINDS, FIGURE))
    text = f"force,{HEADING}Gloucestershire Constabulary,{ROW}"
    with pytest.raises(CannotBringIn, match="A2: Your organisation states figures of its own"):
        brought(keeper, text)


def test_a_draft_may_name_a_year_for_which_forces_state_figures() -> None:
    directory = organisations.directory()
    since = {"net-revenue-budget": {WILTS: APRIL}}
    told = CheckContext(
        directory, date(2028, 1, 1), stated_since=lambda driver, *_: since.get(driver, {})
    )
    untold = CheckContext(directory, date(2028, 1, 1))
    assert told.unknown("net-revenue-budget", [WILTS, GLOS], 2027) == [GLOS]
    assert told.unknown("demand", [WILTS], 2027) == [WILTS]
    assert untold.unknown("net-revenue-budget", [WILTS], 2027) == [WILTS]


def test_a_proposed_budget_that_lacks_a_figure_says_whose(three: dict[str, Actor]) -> None:
    key = factories.drafted(three[WILTS], lead=WILTS)
    with pytest.raises(agreed.CannotShare, match="figure is known for"):
        budgets.propose_budget(actor=three[WILTS], budget=key, version=1, at=NOW)
