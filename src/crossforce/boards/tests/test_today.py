"""Today is judged by now, so that what was signed at noon governs in the evening; any other day as it begins."""

from datetime import UTC, datetime, timedelta

import pytest

from crossforce.agreements.tests import factories as agreed
from crossforce.boards.queries import boards
from crossforce.boards.tests import factories
from crossforce.kernel import civil, clock
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 12, 2, 12, tzinfo=UTC)
SIGNED_ON = civil.day_of(NOON)


@ground.fixture
def asha(bodies: None) -> Actor:
    """The last party signs at noon."""
    version = agreed.proposed(agreed.document() + factories.APPROVALS)
    for organisation in agreed.parties(*agreed.THREE):
        agreed.signed_by(organisation, number=version.number, at=NOON)
    factories.policy()
    return factories.secretary()


@pytest.mark.parametrize(
    ("hours", "governed"), [(-1, []), (6, ["roads-policing"]), (24, [])], ids=str
)
def test_what_is_signed_at_noon_governs_in_the_evening(
    asha: Actor, monkeypatch: pytest.MonkeyPatch, hours: int, governed: list[str]
) -> None:
    row = boards.board(asha, factories.board(asha))
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=hours))
    found = boards.sitting(asha, row, SIGNED_ON)
    assert [each.function for each in found.governs] == governed
    assert bool(found.seats) is bool(governed)
