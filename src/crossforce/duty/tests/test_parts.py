"""Of a shared unit somebody may see a part: then nobody is told that it is short."""

from datetime import UTC, datetime

import pytest

from crossforce.agreements.api import InForce
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.agreements.tests.factories import AVON, GLOS, THREE, WILTS
from crossforce.duty import queries
from crossforce.duty.choices import COVER
from crossforce.duty.queries import Filter
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS, described
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records import api

__all__ = ["bodies", "few_bodies"]

pytestmark = pytest.mark.django_db
UNIT = f"{agreed.REFERENCE}-unit"
AT = datetime(2027, 4, 20, 9, tzinfo=UTC)


@ground.fixture
def three_forces(bodies: None) -> Actor:
    """They share a unit; she is of Wiltshire."""
    agreed.in_force()
    people.joint_unit(UNIT, agreed.REFERENCE)
    factories.policy(*THREE)
    factories.person("1234", WILTS)
    return people.actor("duty-inspector", WILTS)


@pytest.fixture
def asha(three_forces: Actor, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """The same, with one on duty in a unit of three forces that needs three."""
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: AT)
    asha = three_forces
    changes = (('SOU = "tri-force-sou"', f'SOU = "{UNIT}"'),)
    of = described(SHIFTS.replace(b'RPU = "roads"\n', b""), *changes)
    factories.brought_in(asha, factories.rows("1;1234;20/04/2027;07:00;15:00;SOU;;;AV;;"), of)
    values = {
        "unit": UNIT, "function": "", "weekdays": "1234567", "begins": "00:00", "ends": "00:00",
        "minimum": 3, "purposes": ["duty-from-law"],
    }  # fmt: skip
    place = api.Place(WILTS, "", "", "OFFICIAL-SENSITIVE")
    api.create(actor=asha, new=api.NewRecord(COVER, place, values), at=AT)
    return asha


def count(board: queries.Board) -> queries.Count:
    (found,) = (each for each in board.counts if each.unit == UNIT and not each.function)
    return found


def test_who_sees_one_force_of_three_is_not_told_of_gaps(asha: Actor) -> None:
    board = queries.on_duty(asha, AT, Filter())
    assert (board.total, board.gaps, board.hidden) == (1, [], [UNIT])
    assert (count(board).has, count(board).is_part, count(board).is_short) == (1, True, False)


def test_who_sees_all_three_is(asha: Actor) -> None:
    factories.sharing((AVON, WILTS), (GLOS, WILTS), collection=f"unit:{UNIT}")
    board = queries.on_duty(asha, AT, Filter())
    assert (board.hidden, count(board).is_part, count(board).is_short) == ([], False, True)
    assert board.gaps


def test_who_asks_for_one_force_of_them_is_not(asha: Actor) -> None:
    factories.sharing((AVON, WILTS), (GLOS, WILTS), collection=f"unit:{UNIT}")
    board = queries.on_duty(asha, AT, Filter(force=WILTS))
    assert (board.hidden, board.gaps, count(board).is_short) == ([UNIT], [], False)


@pytest.mark.parametrize("is_acted_on", [True, False])
def test_who_may_not_read_the_cover_is_not_told_that_none_is_set(
    asha: Actor, monkeypatch: pytest.MonkeyPatch, is_acted_on: bool
) -> None:
    factories.sharing((WILTS, GLOS), collection=f"unit:{UNIT}")
    monkeypatch.setattr(InForce, "is_acted_on", is_acted_on)
    found = count(queries.on_duty(people.actor("duty-inspector", GLOS), AT, Filter()))
    assert (found.has, found.minimum, found.is_told) == (1, 0, False)
    assert count(queries.on_duty(asha, AT, Filter())).is_told
