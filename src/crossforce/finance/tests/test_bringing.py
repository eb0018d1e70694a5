"""Budgets by a table: what is wrong is told by its cell, and nothing is half loaded."""

import pytest

from crossforce.finance.choices import IMPORT
from crossforce.finance.operations import bringing
from crossforce.finance.operations.bringing import Cost
from crossforce.finance.operations.sheets import Brought, CannotBringIn, Sheet
from crossforce.finance.queries import budgets, imports
from crossforce.finance.queries.budgets import Wanted
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import NOW, REFERENCE, ROADS
from crossforce.kernel import guarded
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db
HEADING = "agreement,function,year,amount,rhythm\n"
GOOD = f'{REFERENCE},{ROADS},2027,"1,200.00",month\n'


def brought(actor: Actor, text: str) -> int:
    return sent(actor, text).whole().new


def sent(actor: Actor, text: str) -> Brought:
    return bringing.bring_in(actor=actor, sent=Sheet("costs.csv", text.encode()), at=NOW)


def test_are_drafted_together(keeper: Actor) -> None:
    assert brought(keeper, HEADING + GOOD + GOOD.replace("2027", "2028")) == 2
    found = budgets.budgets(keeper, Wanted())
    assert [(each.row.year, each.row.pence, each.row.rhythm) for each in found] == [
        (2028, 120_000, "month"),
        (2027, 120_000, "month"),
    ]


def test_the_same_table_twice_changes_nothing_and_another_sum_is_told_with_its_cell(
    keeper: Actor,
) -> None:
    brought(keeper, HEADING + GOOD)
    later = GOOD.replace("2027", "2028")
    done = sent(keeper, HEADING + GOOD + later)
    assert (done.new, done.unchanged) == (1, 1)
    with pytest.raises(CannotBringIn, match="D2: This cost has another budget"):
        brought(keeper, HEADING + GOOD.replace("1,200", "1,300"))


def test_a_method_without_its_driver_is_told_with_its_cell(bodies: None) -> None:
    factories.agreement('method = "net-revenue-budget"')
    factories.policy()
    keeper = factories.officer()
    says = r"B2: .*no net-revenue-budget figure is known for avon-and-somerset"
    with pytest.raises(CannotBringIn, match=says):
        brought(keeper, HEADING + GOOD)
    assert not budgets.budgets(keeper, Wanted())


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("unheard,dogs,2027,5,\n", "A3: There is no such agreement"),
        (f"{REFERENCE},dogs,2028,5,\n", "B3: No signed clause"),
        (f"{REFERENCE},{ROADS},27,5,\n", "C3: 27 is no year"),
        (f"{REFERENCE},{ROADS},2028,=A1,\n", "D3 holds a formula"),
        (f"{REFERENCE},{ROADS},2028,-5,\n", "D3 is negative"),
        (f"{REFERENCE},{ROADS},2028,5,daily\n", "E3: 'daily' is not known under Rhythm"),
        (f",{ROADS},2028,5,\n", "A3 is empty"),
        (f"{REFERENCE},{ROADS},2028,0,\n", "D3: a budget is of more than nothing"),
        (f"{REFERENCE},{ROADS},2028,5,,Fuel\n", "F3 holds something and has no heading"),
        (GOOD, "B3: This cost stands in the file twice"),
        ('"broken', "Row 3 is not CSV"),
    ],
)
def test_of_a_bad_file_nothing_is_drafted(keeper: Actor, row: str, says: str) -> None:
    with pytest.raises(CannotBringIn, match=says):
        brought(keeper, HEADING + GOOD + row)
    assert not budgets.budgets(keeper, Wanted())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty"),
        ("agreement\n", "No row has the headings"),
        (HEADING, "There is no row below"),
        ("\0", "zero bytes"),
        ('"x"y,z\n', "Row 1 is not CSV"),
    ],
)
def test_what_is_no_table_is_refused(keeper: Actor, text: str, says: str) -> None:
    with pytest.raises(CannotBringIn, match=says):
        brought(keeper, text)


def test_who_may_spend_is_told_with_its_cell(keeper: Actor) -> None:
    text = HEADING.replace("rhythm", "lead") + GOOD.replace("month", "dorset")
    with pytest.raises(CannotBringIn, match=r"E2: .*There are: avon"):
        brought(keeper, text)


def test_each_file_is_kept_with_what_became_of_it(keeper: Actor) -> None:
    assert sent(keeper, HEADING + GOOD).record is None  # no clause lets them keep it
    factories.policy(kinds=(*factories.KINDS, IMPORT))
    later = GOOD.replace("2027", "2028")
    assert sent(keeper, HEADING + GOOD + later).record
    costs = f"{REFERENCE},{ROADS},2029,5,\n{REFERENCE},{ROADS},2030,5,dorset\n"
    assert sent(keeper, HEADING.replace("rhythm", "lead") + costs).is_refused
    refused, done = imports.imports(keeper)
    assert (done.row.state, done.counts) == (
        "done", {"new": 1, "changed": 0, "unchanged": 1, "faults": 0},
    )  # fmt: skip
    assert refused.row.file_name == "costs.csv"
    assert refused.row.findings.startswith("E3: ")
    assert (refused.by, len(refused.row.file_sha256)) == ("you", 64)
    assert {each.row.year for each in budgets.budgets(keeper, Wanted())} == {2027, 2028}


def test_budgets_that_no_row_names_are_not_looked_at(keeper: Actor) -> None:
    brought(keeper, HEADING + GOOD + GOOD.replace("2027", "2028"))
    costs = [Cost(REFERENCE, ROADS, 2027), Cost("another-agreement", ROADS, 2028)]
    with guarded.acting(keeper):
        assert [each.year for each in bringing._there(costs)] == [2027]
        assert bringing._there([]) == []
