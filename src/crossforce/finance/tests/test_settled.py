"""The settlement of a leave as it is read: what each item is, what is not counted, what remains to be done."""

from datetime import timedelta
from typing import Any

import pytest

from crossforce.agreements.tests import factories as agreed
from crossforce.finance.choices import ExitItem, ItemSort
from crossforce.finance.queries import exits
from crossforce.finance.queries import items as held
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import GLOS, NOW, REFERENCE, WILTS
from crossforce.finance.views import leaving, settled
from crossforce.kernel.web import dates
from crossforce.kernel.web.tables import Table
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db


def texts(table: Table) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in table.rows]


def settlement(keeper: Actor) -> exits.Settlement:
    return exits.settlement(keeper, REFERENCE, GLOS, NOW.date(), NOW)


def test_says_days_and_parts_as_people_read_them(keeper: Actor) -> None:
    factories.item(keeper, break_pence=30_000)
    found = settlement(keeper)
    leave = found.price.leave
    rows = texts(settled.items(found))
    days = (leave.last_day + timedelta(days=1) - leave.notice_on).days
    said = (
        f"Notice from {dates.day(leave.notice_on)} to {dates.day(leave.last_day)}: {days} days"
    )
    assert rows[0][1].startswith(said)
    assert str(leave.last_day) not in rows[0][1]
    lease = next(row for row in rows if row[1] == "Vehicles on lease")
    assert lease[2:] == ["£300", "33.33%", "£100"]
    assert not any("of which" in row[1] for row in rows)


def test_says_what_is_held_and_not_counted_and_what_remains(
    bodies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stated = '{ item = "redundancy", pence = 900000, share = "equal", assumed = "invented" }, {'
    text = agreed.document().replace("settlement = [{", f"settlement = [{stated}")
    monkeypatch.setattr(agreed, "document", lambda *asked: text)
    factories.agreement()
    factories.policy()
    keeper = factories.officer()
    factories.item(keeper, ItemSort.POST, pence=300_000, ends_on=None)
    found = settlement(keeper)
    assert [line.item for line in found.price.set_aside] == [ExitItem.REDUNDANCY]
    assert texts(settled.set_aside(found))[0][1] == "Vehicles on lease"
    (row,) = [row for row in texts(settled.items(found)) if row[0] == "Redundancy"]
    assert row[1].startswith("The sum that clause ")
    assert row[1].endswith("states (assumed)")
    assert "invented" in settled.assumed(found)
    leave, told = found.price.leave, settled.duties(found)
    assert told[0].startswith(f"By {dates.day(leave.last_day)}: hand over ")
    ends = dates.day(leave.winding_up_until - timedelta(days=1))
    assert f"Until {ends}: winding up" in told


def test_a_reason_says_its_day_as_people_read_it() -> None:
    assert settled.dated("No way out on 2027-06-01.") == "No way out on 1 June 2027."


@pytest.mark.parametrize(
    ("sort", "more", "says"),
    [
        (ItemSort.CONTRACT, {"break_pence": 500}, "£1,000 a year; £5 to break it"),
        (ItemSort.ASSET, {"life_years": 5, "ends_on": None}, "£1,000 when bought"),
        (ItemSort.POST, {"ends_on": None}, "£1,000 to end it"),
    ],
)
def test_says_of_each_item_what_its_sum_is_of(
    keeper: Actor, sort: ItemSort, more: dict[str, Any], says: str
) -> None:
    factories.item(keeper, sort, **more)
    (row,) = texts(leaving._items(held.items(keeper, REFERENCE)))
    assert row[-1] == says
    assert row[-3] == "By cost share"
    assert WILTS not in row
