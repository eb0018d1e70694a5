"""An invoice as it is sent: by which clause, what was invoiced before, until when."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from crossforce.finance.choices import INVOICE
from crossforce.finance.operations import charging, invoices
from crossforce.finance.queries import billing
from crossforce.finance.tests import factories
from crossforce.finance.tests.factories import GLOS, NOW, REFERENCE, YEAR
from crossforce.finance.views import billed
from crossforce.kernel.testing.cast import Cast
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db


def raised(actor: Actor, quarter: int) -> UUID:
    """The invoice of that quarter to the policing body of Gloucestershire."""
    part = f"{YEAR}/28 Q{quarter}"
    found = charging.raise_invoices(
        actor=actor, agreement=REFERENCE, year=YEAR, part=part, at=factories.charged_at(part)
    )
    return next(
        key for key in found if billing.bill(actor, key).shown.row.debtor == f"pcc-{GLOS}"
    )


def test_says_clause_share_and_what_was_invoiced_before(keeper: Actor) -> None:
    factories.opened(keeper)
    first, second = raised(keeper, 1), raised(keeper, 2)
    assert not billing.bill(keeper, first).before
    found = billing.bill(keeper, second)
    (line,) = found.billed
    assert (line.force, line.share, line.why[:9]) == (GLOS, "1/3", "clause 5:")
    assert [each.row.pk for each in found.before] == [first]
    assert found.before_pence == billing.bill(keeper, first).shown.pence > 0
    assert found.due_on == found.shown.row.raised_on + timedelta(days=30)
    invoices.withdraw_invoice(actor=keeper, invoice=first, version=1, words="Wrong", at=NOW)
    assert not billing.bill(keeper, second).before


def test_of_a_budget_that_is_not_open_only_the_charge_is_told(bodies: None) -> None:
    factories.agreement()
    factories.policy()
    keeper = factories.officer()
    factories.opened(keeper)
    key = raised(keeper, 1)
    factories.policy(kinds=(INVOICE,))
    (line,) = billing.bill(keeper, key).billed
    assert (line.budget, line.why) == (None, "")
    assert line.claim.pence > 0
    assert len(billed.charges(billing.bill(keeper, key)).rows) == 3


def test_is_drawn_the_same_for_page_programs_and_paper(bodies: None, cast: Cast) -> None:
    factories.agreement()
    factories.policy()
    asha, cole = cast.asha("finance-officer"), cast.cole("finance-officer")
    factories.opened(asha.actor)
    raised(asha.actor, 1)
    key = raised(asha.actor, 2)
    page = asha.client.get(reverse("finance:invoice", args=[key])).content.decode()
    assert "Due on" in page
    assert "Invoiced before" in page
    told = asha.client.get(f"/api/v1/finance/invoices/{key}/bill").json()
    assert (told["lines"][0]["share"], len(told["before"])) == ("1/3", 1)
    for path in (
        reverse("finance:invoice-pdf", args=[key]),
        f"/api/v1/finance/invoices/{key}/bill.pdf",
    ):
        paper = asha.client.get(path).getvalue()
        assert paper.startswith(b"%PDF")
        assert b"/StructTreeRoot" in paper
        assert cole.client.get(path).status_code == 404
