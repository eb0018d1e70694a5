"""What the pages of finance refuse: filters that they do not know, and forms to whoever may only read."""

from typing import Any

import pytest
from django.urls import reverse

from crossforce.finance import views
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import GLOS, REFERENCE, YEAR
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.people.tests.cast import made

pytestmark = pytest.mark.django_db


@ground.fixture
def asha(bodies: None) -> Player:
    factories.agreement()
    factories.policy()
    return made(ASHA, "finance-officer")


@pytest.mark.parametrize(
    ("name", "args", "asked"),
    [
        ("budgets", (), {"state": "opened"}),
        ("budgets", (), {"yaer": "2027"}),
        ("invoices", (), {"after": "x"}),
        ("invoices", (), {"year": "27"}),
        ("invoices-settle", (), {"body": "x"}),
        ("year", (YEAR,), {"format": "xlsx"}),
        ("leaving", (REFERENCE,), {"on": "tomorrow"}),
        ("settlement", (REFERENCE, GLOS), {"day": "2027-06-01"}),
    ],
)
def test_what_a_page_does_not_know_is_refused(
    asha: Player, name: str, args: tuple[Any, ...], asked: dict[str, str]
) -> None:
    answer = asha.client.get(reverse(f"finance:{name}", args=args), asked)
    assert answer.status_code == 400


def test_whoever_may_only_read_is_shown_no_form_and_whom_to_ask(
    asha: Player, cast: Cast
) -> None:
    key = factories.opened(asha.actor)
    factories.sharing(GLOS)
    bryn = cast.bryn("finance-officer")
    for name in ("budget-change", "budget-open", "line-add", "lines-bring-in"):
        answer = bryn.client.get(reverse(f"finance:{name}", args=[key]))
        assert answer.status_code == 403, name
        assert "Wiltshire Police" in answer.content.decode()


def test_no_line_is_taken_back_and_no_item_entered_by_whoever_may_only_read(
    asha: Player, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.pinned(monkeypatch, views)
    key = factories.opened(asha.actor)
    [line] = factories.posted(asha.actor, key, factories.line(5)).new
    factories.sharing(GLOS)
    bryn = cast.bryn("finance-officer")
    for name, asked, says in (
        ("line-back", line, "Wiltshire Police"),
        ("item-add", REFERENCE, "No agreement or policy lets you add"),
    ):
        address = reverse(f"finance:{name}", args=[asked])
        assert asha.client.get(address).status_code == 200, name
        answer = bryn.client.get(address)
        assert answer.status_code == 403, name
        assert says in answer.content.decode()
