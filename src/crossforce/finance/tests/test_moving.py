"""A budget that is restricted takes its lines along, or stays where it is."""

from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from crossforce.access.operations import put_grants
from crossforce.finance import models
from crossforce.finance.choices import BUDGET, LINE, MARKING, Sort
from crossforce.finance.operations import charging, invoices, moving
from crossforce.finance.queries import budgets, lines, summing, years
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import GLOS, NOW, REFERENCE, WILTS, YEAR
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor
from crossforce.records import api as records
from crossforce.records.tests import factories as records_factories

pytestmark = pytest.mark.django_db
ROLES = ("finance-officer",)
APART = records.Place(WILTS, "case:op-heron", "", MARKING)


def moved(actor: Actor, record: UUID, kind: str = BUDGET, model: Any = models.Budget) -> Any:
    version = factories.row(actor, record, model).version
    return records.move(
        actor=actor, kind=kind, record=record, version=version, to=APART, reason="", at=NOW
    )


def spent(actor: Actor) -> UUID:
    budget = factories.opened(actor)
    more = factories.line(7, GLOS, Sort.IN_KIND)
    factories.posted(actor, budget, factories.line(90_000_000), more)
    return budget


def test_its_lines_go_with_it(keeper: Actor) -> None:
    factories.sharing(GLOS, collection="function:roads-policing")
    bryn, budget = factories.officer(GLOS), spent(keeper)
    assert len(lines.lines(bryn, budget)) == 2
    other = factories.officer()
    moved(other, budget)
    with guarded.acting(other):
        row = models.Budget.objects.get(pk=budget)
        now = [
            (each.scope_id, each.version, each.changed_at, each.changed_by, each.created_by)
            for each in models.Line.objects.filter(budget=budget)
        ]
        wanted = (summing.lines_scope(row), 2, NOW, other.reference, keeper.reference)
        assert now == [wanted] * 2
    factories.posted(keeper, budget, factories.line(5, words="Later"))
    (trued,) = years.true_ups(keeper, YEAR)
    assert (trued.is_whole, trued.answer.actual.pence) == (True, 90_000_012)
    with pytest.raises(budgets.NoSuchBudget):
        lines.lines(bryn, budget)
    assert not years.true_ups(bryn, YEAR)


def test_one_that_was_charged_stays_with_its_invoices(keeper: Actor) -> None:
    budget = spent(keeper)
    raised = charging.raise_invoices(
        actor=keeper, agreement=REFERENCE, year=YEAR, part="2027/28 Q1", at=NOW
    )
    with pytest.raises(moving.Charged, match="Withdraw those that were not sent yet"):
        moved(keeper, budget)
    for each in raised:
        invoices.withdraw_invoice(
            actor=keeper, invoice=each, version=1, words="To move", at=NOW
        )
    moved(keeper, budget)
    again = charging.raise_invoices(
        actor=keeper, agreement=REFERENCE, year=YEAR, part="2027/28 Q1", at=NOW
    )
    with guarded.acting(keeper):
        places = records.places_of(
            models.Invoice.objects.get(pk=each).scope_id for each in again
        )
        assert {each.collection for each in places.values()} == {APART.collection}


def test_a_line_is_not_moved_by_itself(keeper: Actor) -> None:
    (line, _) = lines.lines(keeper, spent(keeper))
    with pytest.raises(moving.StandsByItsBudget):
        moved(keeper, line.row.pk, LINE, models.Line)


@pytest.mark.parametrize("actions", [("find", "read", "add"), ("find", "add", "edit")])
def test_it_stays_where_its_lines_would_stay_behind(
    bodies: None, actions: tuple[str, ...]
) -> None:
    factories.agreement()
    own = partial(records_factories.grant, holder=WILTS, recipient=WILTS, roles=ROLES)
    with transaction.atomic():
        put_grants("money-policy", [own(BUDGET), own(LINE, actions=actions)])
    keeper = factories.officer()
    budget = spent(keeper)
    with pytest.raises(moving.LinesStay):
        moved(keeper, budget)
    assert factories.row(keeper, budget).version == 3


def test_the_page_of_the_record_says_why_not(bodies: None, cast: Cast) -> None:
    factories.agreement()
    factories.policy()
    asha = cast.asha("finance-officer")
    (line, _) = lines.lines(asha.actor, spent(asha.actor))
    form = {
        "idempotency_key": str(new_id()),
        "marking": MARKING,
        "collection": APART.collection,
        "reason": "",
        "version": 1,
    }
    answer = asha.client.post(f"/records/{LINE}/{line.row.pk}/move/", form)
    assert answer.status_code == 409
    assert "Move the budget: all of its lines go with it" in answer.content.decode()
