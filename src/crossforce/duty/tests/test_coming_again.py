"""A file that came before comes in again when somebody changed its duties by hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from crossforce.duty.operations import arriving
from crossforce.duty.operations.entries import cancel_entry, change_entry
from crossforce.duty.tests.exports import SHIFTS
from crossforce.duty.tests.factories import AT, EARLY, entries, rows
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place
from crossforce.intake import api as intake
from crossforce.kernel.testing.cast import Player

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = pytest.mark.django_db(transaction=True)
LATER, LAST = AT + timedelta(minutes=5), AT + timedelta(minutes=9)


def cancelled(player: Player) -> None:
    (row,) = entries(player.actor)
    cancel_entry(actor=player.actor, entry=row.pk, version=row.version, at=LATER)


def changed(player: Player) -> None:
    (row,) = entries(player.actor)
    given = {"call_sign": "XG99"}
    change_entry(actor=player.actor, entry=row.pk, version=row.version, given=given, at=LATER)


@pytest.mark.parametrize("by_hand", [cancelled, changed])
def test_it_is_brought_in_again(asha: Player, by_hand: Callable[[Player], None]) -> None:
    file = intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(EARLY)])
    first, is_new = arriving.receive(actor=asha.actor, file=file, at=AT)
    assert is_new
    arriving.DESK.run(actor=asha.actor, key=first, at=AT)
    assert arriving.receive(actor=asha.actor, file=file, at=LATER) == (first, False)
    by_hand(asha)
    again, is_new = arriving.receive(actor=asha.actor, file=file, at=LAST)
    assert is_new
    outcome = arriving.DESK.run(actor=asha.actor, key=again, at=LAST)
    assert (outcome.counts["new"], outcome.counts["changed"]) == (0, 1)
    (row,) = entries(asha.actor)
    assert (row.cancelled_at, row.call_sign) == (None, "XG01")
    assert arriving.receive(actor=asha.actor, file=file, at=LAST) == (again, False)
