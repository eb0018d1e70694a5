"""An open budget whose shares differ from those of who takes part now: it is said, and nothing charged."""

from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from django.urls import reverse

from crossforce.finance import models, views
from crossforce.finance.operations import budgets, charging
from crossforce.finance.queries import budgets as reads
from crossforce.finance.queries.apart import SharedOtherwise
from crossforce.finance.rules import keeping
from crossforce.finance.rules.standing import Standing
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import AVON, GLOS, NOW, OVER, REFERENCE, WILTS, YEAR
from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db
Q1 = f"{YEAR}/28 Q1"


def opened_by_two(actor: Actor) -> UUID:
    """A million pounds, opened when two forces bore it by halves; three take part now."""
    key = factories.opened(actor)
    halves = {AVON: Fraction(1, 2), WILTS: Fraction(1, 2)}
    kept = keeping.standing([Standing(date(YEAR, 4, 1), date(YEAR + 1, 4, 1), halves)])
    with guarded.acting(actor):
        models.Budget.objects.filter(pk=key).update(standing=kept)
    return key


def test_says_what_each_pays_by_either(keeper: Actor) -> None:
    found = reads.shown(keeper, opened_by_two(keeper), NOW).apart
    assert found is not None
    assert {force: found.of(force) for force in found.forces} == {
        AVON: (50_000_000, 33_333_334),
        GLOS: (0, 33_333_333),
        WILTS: (50_000_000, 33_333_333),
    }


def test_charges_nothing_until_they_are_worked_out_anew(keeper: Actor) -> None:
    key = opened_by_two(keeper)
    said = "avon-and-somerset £500,000 as kept, £333,333.34 now; gloucestershire £0 as kept"
    with pytest.raises(SharedOtherwise, match=said):
        charging.raise_invoices(actor=keeper, agreement=REFERENCE, year=YEAR, part=Q1, at=NOW)
    with pytest.raises(SharedOtherwise, match="out anew, then charge"):
        factories.settled(keeper, key, OVER)
    version = factories.row(keeper, key).version
    budgets.share_anew(actor=keeper, budget=key, version=version, at=NOW)
    assert reads.shown(keeper, key, NOW).apart is None
    raised = charging.raise_invoices(
        actor=keeper, agreement=REFERENCE, year=YEAR, part=Q1, at=NOW
    )
    assert len(raised) == 2


def test_says_nothing_where_they_are_the_same(keeper: Actor) -> None:
    assert reads.shown(keeper, factories.drafted(keeper, year=YEAR + 1), NOW).apart is None
    assert reads.shown(keeper, factories.opened(keeper), NOW).apart is None


def test_the_page_and_the_api_say_so(
    bodies: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.pinned(monkeypatch, views)
    factories.agreement()
    factories.policy()
    asha = cast.asha("finance-officer")
    key = opened_by_two(asha.actor)
    page = reverse("finance:budget", args=[key])
    said = asha.client.get(page).content.decode()
    assert "Who takes part has changed" in said
    assert "Work the shares out anew" in said
    assert "Charge an instalment" not in said
    found = asha.client.get(f"/api/v1/finance/budgets/{key}").json()
    assert {"force": GLOS, "kept": 0, "now": 33_333_333} in found["apart"]
    version = factories.row(asha.actor, key).version
    budgets.share_anew(actor=asha.actor, budget=key, version=version, at=NOW)
    said = asha.client.get(page).content.decode()
    assert "Who takes part has changed" not in said
    assert "Charge an instalment" in said
