"""Money of which a reader may read only a part: told as such, or not at all."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.finance import api as money
from crossforce.finance.choices import BUDGET, Sort
from crossforce.finance.tests import factories as finance
from crossforce.finance.tests.factories import GLOS, MILLION, NOW, REFERENCE, YEAR
from crossforce.kernel.money import in_pounds
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor
from crossforce.programme.endpoints import meetings
from crossforce.programme.queries import packed
from crossforce.programme.rules.packs import GAP, Table, Text
from crossforce.programme.views import dashboard

__all__ = ["bodies", "few_bodies"]
pytestmark = pytest.mark.django_db
SPENT = 90_000_000
IN_YEAR = NOW.replace(year=YEAR, month=6)


@ground.fixture
def keeper(bodies: None) -> Actor:
    """Wiltshire has spent; Gloucestershire reads its budgets, and none of their lines."""
    finance.agreement()
    finance.policy()
    finance.sharing(GLOS, kinds=(BUDGET,))
    keeper = finance.officer()
    more = (finance.line(5, sort=Sort.COMMITMENT), finance.line(7, GLOS, Sort.IN_KIND))
    finance.posted(keeper, finance.opened(keeper), finance.line(SPENT), *more)
    return keeper


def rows(actor: Actor) -> tuple[list[tuple[str, ...]], list[str]]:
    """The money of the agreement's budgets as a pack tells it to the actor: rows and sentences."""
    blocks = [b for each in packed.money_of(actor, [REFERENCE], IN_YEAR) for b in each.blocks]
    tables = [each for each in blocks if isinstance(each, Table)]
    told = [each.words for each in blocks if isinstance(each, Text)]
    return [row for each in tables for row in each.rows], told


def test_a_pack_tells_no_sum_of_a_part_of_the_lines(keeper: Actor) -> None:
    (whole, *bearing), told = rows(keeper)
    assert whole[1:] == tuple(map(in_pounds, (MILLION, SPENT, 5, MILLION - SPENT - 5 - 7)))
    charged = {row[0]: row[3:] for row in bearing if len(row) == 5}
    assert charged["Wiltshire"] == (GAP, GAP)
    assert charged["Gloucestershire"] == ("£0", "£333,333.33")
    assert packed.IN_PART not in told
    (first, *bearing), told = rows(finance.officer(GLOS))
    assert first[1:] == ("£1,000,000", *[packed.UNREAD] * 3)
    assert packed.IN_PART in told
    parties = [row for row in bearing if len(row) == 5]
    assert len(parties) == 3
    assert all(row[1].startswith("£333,333.3") for row in parties)
    assert {row[3:] for row in parties} == {(packed.UNREAD, packed.UNREAD), (GAP, GAP)}


def test_totals_of_a_part_are_told_as_such(keeper: Actor) -> None:
    whole, part = (money.totals(each, YEAR) for each in (keeper, finance.officer(GLOS)))
    assert (whole.partial, whole.left) == (0, MILLION - SPENT - 5 - 7)
    assert (part.budgets, part.pence, part.spent) == (1, MILLION, 0)
    assert (part.partial, part.left) == (1, None)


def test_the_dashboard_leaves_out_what_it_cannot_tell(
    keeper: Actor, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (dashboard, meetings):
        monkeypatch.setattr(module, "clock", SimpleNamespace(now=lambda: IN_YEAR))
    bryn = cast.bryn("finance-officer").client
    said = bryn.get(reverse("programme:dashboard")).content.decode()
    assert "Of 1 of these budgets not every line is open to you" in said
    assert "Not told" in said
    told = bryn.get("/api/v1/programme/dashboard").json()["money"]
    assert (told["pence"], told["left"], told["partial"]) == (MILLION, None, 1)
