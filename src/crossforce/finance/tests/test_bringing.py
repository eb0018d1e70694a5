"""Budgets by a table: what is wrong is told by its cell, and nothing is half loaded."""

import pytest

from crossforce.finance.operations import bringing
from crossforce.finance.queries import budgets
from crossforce.finance.queries.budgets import Wanted
from crossforce.finance.rules import budget_tables
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import NOW, REFERENCE, ROADS
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db
HEADING = "agreement,function,year,amount,rhythm\n"
GOOD = f'{REFERENCE},{ROADS},2027,"1,200.00",month\n'


def brought(actor: Actor, text: str) -> int:
    table = budget_tables.read(text.encode())
    return len(bringing.bring_in(actor=actor, table=table, at=NOW))


def test_are_drafted_together(keeper: Actor) -> None:
    assert brought(keeper, HEADING + GOOD + GOOD.replace("2027", "2028")) == 2
    found = budgets.budgets(keeper, Wanted())
    assert [(each.row.year, each.row.pence, each.row.rhythm) for each in found] == [
        (2028, 120_000, "month"),
        (2027, 120_000, "month"),
    ]


def test_a_method_without_its_driver_is_told_with_its_cell(bodies: None) -> None:
    factories.agreement('method = "net-revenue-budget"')
    factories.policy()
    keeper = factories.officer()
    says = r"Row 2, column “function”: .*no net-revenue-budget figure is known for avon-and-somerset"
    with pytest.raises(bringing.CannotBringIn, match=says):
        brought(keeper, HEADING + GOOD)
    assert not budgets.budgets(keeper, Wanted())


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("unheard,dogs,2027,5,\n", "Row 3, column “agreement”: There is no such agreement"),
        (f"{REFERENCE},dogs,2028,5,\n", "Row 3, column “function”: No signed clause"),
        (f"{REFERENCE},{ROADS},27,5,\n", "Row 3, column “year”: “27” is no year"),
        (f"{REFERENCE},{ROADS},2028,=A1,\n", "Row 3, column “amount”: “=A1” is no sum"),
        (f"{REFERENCE},{ROADS},2028,-5,\n", "Row 3, column “amount”: “-5” is no sum"),
        (f"{REFERENCE},{ROADS},2028,5,daily\n", "Row 3, column “rhythm”: “daily” is none of"),
        (f",{ROADS},2028,5,\n", "Row 3, column “agreement”: The cell is empty"),
        (GOOD, "Row 3, column “function”: This cost stands in the file twice"),
        ('"broken', "The row cannot be read"),
    ],
)
def test_of_a_bad_file_nothing_is_drafted(keeper: Actor, row: str, says: str) -> None:
    with pytest.raises(bringing.CannotBringIn, match=says):
        brought(keeper, HEADING + GOOD + row)
    assert not budgets.budgets(keeper, Wanted())


@pytest.mark.parametrize("text", ["", "agreement\n", HEADING, "\0", '"x"y,z\n'])
def test_what_is_no_table_is_refused(keeper: Actor, text: str) -> None:
    with pytest.raises(bringing.CannotBringIn, match="Row 1"):
        brought(keeper, text)


def test_who_may_spend_is_told_with_its_cell(keeper: Actor) -> None:
    text = HEADING.replace("rhythm", "lead") + GOOD.replace("month", "cumbria")
    with pytest.raises(
        bringing.CannotBringIn, match=r"Row 2, column “lead”: .*There are: avon"
    ):
        brought(keeper, text)
