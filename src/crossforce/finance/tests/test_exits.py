"""The price of leaving: from what is held, kept every night, said in a preview."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from crossforce.agreements.preview.context import Figures
from crossforce.agreements.queries import preview
from crossforce.agreements.tests import factories as agreed_factories
from crossforce.finance import jobs, models
from crossforce.finance.choices import MOST_PENCE, ExitItem, ExitShare, ItemSort
from crossforce.finance.operations import items, pricing
from crossforce.finance.queries import agreed, exits
from crossforce.finance.queries import items as held
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import AVON, GLOS, NOW, REFERENCE, WILTS
from crossforce.finance.views import files
from crossforce.kernel import clock, companions, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Missing
from crossforce.kernel.stepping import NoSuchRow, Step
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db
ON = NOW.date()


def of(actor: Actor, force: str = GLOS) -> dict[ExitItem, int]:
    found = exits.leaving(actor, REFERENCE, ON, NOW).prices.known[force]
    return {line.item: line.pence for line in found.lines}


def test_is_worked_out_of_what_is_held(keeper: Actor) -> None:
    before = of(keeper)
    assert ExitItem.CONTRACT not in before
    factories.item(keeper)
    factories.item(keeper, ItemSort.ASSET, pence=900_000, life_years=10, ends_on=None)
    factories.item(keeper, ItemSort.POST, pence=300_000, ends_on=None)
    after = of(keeper)
    assert after[ExitItem.CONTRACT] > 0
    assert after[ExitItem.REDUNDANCY] == 100_000
    assert after[ExitItem.ASSET] < 0


def test_the_dearer_way_out_of_a_contract_is_not_taken(keeper: Actor) -> None:
    factories.item(keeper, break_pence=300, share=ExitShare.WHOLE)
    assert of(keeper)[ExitItem.CONTRACT] == 300


@pytest.mark.parametrize(
    ("sort", "wrong", "says"),
    [
        (ItemSort.CONTRACT, {"ends_on": None}, "the day after its last one"),
        (ItemSort.ASSET, {"life_years": None}, "a life of 1 year"),
        (ItemSort.ASSET, {"starts_on": None, "life_years": 5}, "on which it was bought"),
        (ItemSort.POST, {"starts_on": None}, "its first day"),
        (ItemSort.CONTRACT, {"ends_on": date(2020, 1, 1)}, "ends after it begins"),
        (ItemSort.CONTRACT, {"pence": -1}, "not below nothing"),
        (ItemSort.POST, {"break_pence": 5}, "Only a contract"),
        (
            ItemSort.CONTRACT,
            {"break_pence": MOST_PENCE + 1},
            "10,000,000,000,000 pounds at most",
        ),
    ],
)
def test_refuses_an_item_that_cannot_be(
    keeper: Actor, sort: ItemSort, wrong: dict[str, Any], says: str
) -> None:
    with pytest.raises(items.Unsound, match=says):
        factories.item(keeper, sort, **wrong)


@pytest.mark.parametrize(
    "wrong", [{"sort": "asset", "life_years": None}, {"break_pence": -1}, {"share": "half"}]
)
def test_the_database_takes_no_item_that_cannot_be(
    keeper: Actor, wrong: dict[str, Any]
) -> None:
    key = factories.item(keeper)
    with guarded.acting(keeper), pytest.raises(IntegrityError), transaction.atomic():
        models.Holding.objects.filter(pk=key).update(**wrong)


def test_an_item_is_changed_and_stays_what_it_is(keeper: Actor) -> None:
    key = factories.item(keeper)
    given = {"pence": 5, "sort": "post", "share": "equal"}
    items.change_item(actor=keeper, item=key, version=1, given=given, at=NOW)
    row = held.one_item(keeper, key)
    assert (row.pence, row.sort, row.share) == (5, "contract", "equal")
    with pytest.raises(items.Unsound):
        items.change_item(actor=keeper, item=key, version=2, given={"ends_on": None}, at=NOW)


def test_what_is_held_no_more_costs_nothing(keeper: Actor) -> None:
    both = {
        ItemSort.CONTRACT: factories.item(keeper, pence=10**9),
        ItemSort.ASSET: factories.item(keeper, ItemSort.ASSET, life_years=10, ends_on=None),
        ItemSort.POST: factories.item(keeper, ItemSort.POST, ends_on=None),
    }
    before = of(keeper)
    for key in both.values():
        items.end_item(actor=keeper, item=key, version=1, on=date(2027, 1, 1), at=NOW)
    after = of(keeper)
    gone = {ExitItem.CONTRACT, ExitItem.REDUNDANCY, ExitItem.ASSET}
    assert gone <= before.keys()
    assert not gone & after.keys()
    with pytest.raises(items.Unsound, match="ends after it begins"):
        items.end_item(
            actor=keeper, item=both[ItemSort.POST], version=2, on=date(2026, 1, 1), at=NOW
        )


def test_a_list_of_items_has_pages_either_way(keeper: Actor) -> None:
    keys = [factories.item(keeper, code=f"{number}") for number in range(5)]
    first = held.item_page(keeper, REFERENCE, Step(2))
    middle = held.item_page(keeper, REFERENCE, Step(2, after=first.after))
    items.end_item(actor=keeper, item=keys[0], version=1, on=date(2027, 1, 1), at=NOW)
    last = held.item_page(keeper, REFERENCE, Step(2, after=middle.after))
    back = held.item_page(keeper, REFERENCE, Step(2, before=middle.before))
    told = [each.row.code for page in (first, middle, last) for each in page.rows]
    assert told == ["0", "1", "2", "3", "4"]
    assert [each.row.code for each in back.rows] == ["0", "1"]
    assert (first.before, last.after, back.before) == (None, None, None)
    assert back.after == first.after
    with pytest.raises(NoSuchRow):
        held.item_page(keeper, REFERENCE, Step(2, after=new_id()))


def test_prices_are_kept_and_renewed(keeper: Actor) -> None:
    pricing.keep_prices(actor=keeper, agreement=REFERENCE, at=NOW)
    first = exits.leaving(keeper, REFERENCE, ON, NOW).kept
    assert set(first) == {AVON, GLOS, WILTS}
    factories.item(keeper)
    assert len(pricing.keep_prices(actor=keeper, agreement=REFERENCE, at=NOW)) == 3
    again = exits.leaving(keeper, REFERENCE, ON, NOW).kept
    assert (again[GLOS].row.pence or 0) > (first[GLOS].row.pence or 0)
    assert again[GLOS].row.pk == first[GLOS].row.pk
    assert not pricing.keep_prices(actor=keeper, agreement=REFERENCE, at=NOW)


def test_what_is_held_or_spent_together_is_priced(
    keeper: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A budget alone has a price too: what goes on being paid while notice runs."""
    factories.drafted(keeper, year=2028)
    assert not exits.worth_pricing(keeper)
    factories.opened(keeper)
    assert exits.worth_pricing(keeper) == exits.never_priced(keeper) == [REFERENCE]
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert jobs.priced(keeper, exits.never_priced) == 3
    assert not exits.never_priced(keeper)
    assert exits.worth_pricing(keeper) == [REFERENCE]


def test_each_night_they_are_worked_out_once(
    keeper: Actor, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    factories.item(keeper)
    settings.FINANCE_NIGHTLY, settings.VAR = ["asha:finance-officer"], tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(jobs, "_acting", lambda user: keeper)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    jobs.tonight()
    kept = exits.leaving(keeper, REFERENCE, ON, NOW).kept
    assert set(kept) == {AVON, GLOS, WILTS}
    monkeypatch.setattr(jobs, "priced", lambda actor, wanted: pytest.fail("a second time"))
    jobs.tonight()


def test_what_was_never_priced_is_priced_as_the_server_begins(
    keeper: Actor, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    """Also where today's prices were worked out before anything was held."""
    settings.FINANCE_NIGHTLY, settings.VAR = ["asha:finance-officer"], tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(jobs, "_acting", lambda user: keeper)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    jobs.tonight()
    factories.item(keeper)
    jobs.tonight()
    assert not exits.leaving(keeper, REFERENCE, ON, NOW).kept
    seconds = iter([True, False])
    jobs.price_on(lambda: next(seconds))
    assert set(exits.leaving(keeper, REFERENCE, ON, NOW).kept) == {AVON, GLOS, WILTS}
    assert not exits.never_priced(keeper)


def test_the_doctor_says_when_nobody_is_named(
    keeper: Actor, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.FINANCE_NIGHTLY, settings.VAR = [], tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)
    (said,) = jobs.look_at_prices()
    assert said.grade == "warning"
    assert said.said.startswith("nobody is named")
    assert "CROSSFORCE_FINANCE_NIGHTLY" in said.remedy
    settings.FINANCE_NIGHTLY = ["asha"]
    (said,) = jobs.look_at_prices()
    assert (said.grade, said.said) == (
        "sound",
        "worked out each night as asha, while it is served",
    )
    monkeypatch.setattr(companions, "standing", lambda: {"prices of leaving": True})
    for day, grade in ((ON, "sound"), (ON - timedelta(days=2), "warning")):
        (tmp_path / "finance-priced-asha").write_text(day.isoformat())
        assert [each.grade for each in jobs.look_at_prices()] == [grade]


def test_the_doctor_asks_nothing_where_nothing_is_in_force(settings: Any) -> None:
    settings.FINANCE_NIGHTLY = []
    (said,) = jobs.look_at_prices()
    assert said.grade == "sound"


def test_a_price_that_is_the_same_is_left_with_its_day(keeper: Actor) -> None:
    pricing.keep_prices(actor=keeper, agreement=REFERENCE, at=NOW)
    assert not pricing.keep_prices(
        actor=keeper, agreement=REFERENCE, at=NOW + timedelta(hours=25)
    )
    kept = exits.leaving(keeper, REFERENCE, ON, NOW).kept
    assert {(each.row.version, each.row.notice_on) for each in kept.values()} == {(1, ON)}


def test_each_keeper_keeps_its_own_price(keeper: Actor) -> None:
    """Prices that another organisation keeps are read, and neither changed nor taken for one's own."""
    pricing.keep_prices(actor=keeper, agreement=REFERENCE, at=NOW)
    factories.policy(WILTS, GLOS)
    factories.sharing(GLOS)
    factories.sharing(WILTS, holder=GLOS)
    bryn = factories.officer(GLOS)
    factories.item(bryn)
    assert len(pricing.keep_prices(actor=bryn, agreement=REFERENCE, at=NOW)) == 3
    for actor, holder in ((keeper, WILTS), (bryn, GLOS)):
        kept = exits.leaving(actor, REFERENCE, ON, NOW).kept
        assert {each.holder for each in kept.values()} == {holder}


def test_after_a_fault_an_hour_goes_by(
    keeper: Actor, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.FINANCE_NIGHTLY, settings.VAR = ["nobody"], tmp_path
    tried: list[int] = []
    monkeypatch.setattr(connections, "close_all", lambda: None)
    left = iter([True] * 3_000 + [False])
    monkeypatch.setattr(jobs, "_acting", missing(tried))
    jobs.price_on(lambda: next(left))
    assert len(tried) == 1


def missing(tried: list[int]) -> Any:
    """Nobody of that name acts."""

    def find(user: str) -> Actor:
        tried.append(1)
        raise Missing

    return find


def test_a_preview_goes_by_the_figures_that_a_budget_keeps(
    bodies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.agreement('method = "population"')
    factories.policy()
    keeper = factories.officer()
    factories.opened(keeper)
    monkeypatch.setattr(Figures, "figure", lambda *asked: 1)
    found = preview.of_version(keeper, REFERENCE, 1, NOW)
    assert {row.kind for row in found.section("service.budgets").rows} == {"same"}


def test_a_settlement_says_what_each_item_costs(keeper: Actor) -> None:
    factories.item(keeper)
    found = exits.settlement(keeper, REFERENCE, GLOS, ON, NOW)
    assert found.price.pence == sum(line.pence for line in found.price.lines)
    with pytest.raises(exits.NoPrice, match="cumbria does not take part"):
        exits.settlement(keeper, REFERENCE, "cumbria", ON, NOW)


def test_what_would_be_bought_instead_is_priced_by_the_tariff(bodies: None) -> None:
    demand = 'method = "tariff"\ntariff_pence = 5000\ndemand = { "avon-and-somerset" = 10, "gloucestershire" = 20, "wiltshire" = 30 }'
    factories.agreement(demand)
    factories.policy()
    keeper = factories.officer()
    (found,) = exits.settlement(keeper, REFERENCE, GLOS, ON, NOW).fallbacks
    assert (found.months, found.pence) == (18, 30 * 5000)


def test_nobody_prices_what_they_may_not_know_of(keeper: Actor) -> None:
    factories.item(keeper)
    cole = factories.officer("cumbria")
    with pytest.raises(agreed.NoSuchAgreement):
        exits.leaving(cole, REFERENCE, ON, NOW)
    assert not exits.worth_pricing(cole)
    bryn = factories.officer(GLOS)
    assert not held.items(bryn, REFERENCE)
    with pytest.raises(agreed.NoSuchAgreement):
        held.items(cole, REFERENCE)


def test_a_preview_says_it_with_what_is_held_and_with_budgets(keeper: Actor) -> None:
    factories.opened(keeper)
    factories.item(keeper)
    found = preview.of_version(keeper, REFERENCE, 1, NOW)
    assert {row.kind for row in found.section("service.budgets").rows} == {"same"}
    assert len(found.section("service.leaving").rows) == 3
    text = agreed_factories.document().replace(
        'method = "equal"',
        'method = "fixed"\nshares = { "avon-and-somerset" = "1/2", "gloucestershire" = "1/4", "wiltshire" = "1/4" }',
    )
    after = preview.of_document(agreed_factories.programme(), text, NOW)
    assert not after.section("service.budgets").rows


def test_parts_of_prices_say_what_is_missing() -> None:
    price: Any = SimpleNamespace(lines=(), unknown=("Fuel: no figure is known",))
    found = [
        exits.PriceTold(AVON, None, "no clause says what leaving costs", None),
        exits.PriceTold(GLOS, price, "", None),
    ]
    rows = [[each.value(part) for each in files.PARTS] for part in files.in_parts(found)]
    assert [(row[0], row[-2], row[-1]) for row in rows] == [
        (AVON, "no clause says what leaving costs", ""),
        (GLOS, "", "Fuel: no figure is known"),
    ]
