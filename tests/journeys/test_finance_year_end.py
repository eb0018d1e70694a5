"""The finance officer's year end: a budget opened, charged, settled, paid; and the price of leaving."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page, expect

from crossforce.access.operations import put_grants
from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.finance.choices import FIGURE, IMPORT, Driver
from crossforce.finance.operations.figures import NewFigure, state_figure
from crossforce.finance.tests import factories
from crossforce.kernel import clock
from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests.factories import grant
from tests.journeys.looking import Looker, enter_date

__all__ = ["bodies", "few_bodies"]
CSV = """reference,sort,date,force,amount,words
GL-1,actual,2025-06-01,wiltshire,"1,310,000.00",Pay and fuel
GL-2,in-kind,2025-07-01,gloucestershire,25000.00,A garage
"""


@pytest.fixture
def officer(look: Looker, bodies: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Looker:
    """Wiltshire's finance officer; three forces share roads policing since April 2025."""
    monkeypatch.setattr(agreed, "BEGINS", date(2025, 4, 1))
    factories.agreement()
    factories.policy()
    return signed_in(look, cast)


@pytest.fixture
def sharing(look: Looker, bodies: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Looker:
    """The same, by the net revenue that each force states; two have, and Wiltshire may read theirs."""
    monkeypatch.setattr(agreed, "BEGINS", date(2025, 4, 1))
    factories.agreement('method = "net-revenue-budget"')
    factories.policy(*agreed.THREE, kinds=(*factories.KINDS, FIGURE, IMPORT))
    others = (factories.AVON, factories.GLOS)
    reading = {"recipient": factories.WILTS, "actions": ("find", "read")}
    with transaction.atomic():
        put_grants("figures", [grant(FIGURE, holder=each, **reading) for each in others])
    alike = NewFigure(Driver.NET_REVENUE, date(2025, 4, 1), Decimal(130_000_000), "Budget book")
    for each in others:
        state_figure(actor=factories.officer(each), new=alike, at=clock.now())
    return signed_in(look, cast)


def signed_in(look: Looker, cast: Cast) -> Looker:
    """As Wiltshire's finance officer."""
    asha = cast.asha("finance-officer")
    session = asha.client.cookies[settings.SESSION_COOKIE_NAME]
    look.page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": look.address}]
    )
    return look


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def state_revenue(officer: Looker) -> None:
    """What Wiltshire raises in the year; until then the cost is shared by nobody."""
    page = officer.at("/finance/figures/")
    page.get_by_role("button", name="State a figure").click()
    page.get_by_label("What it counts").select_option("net-revenue-budget")
    enter_date(page, "As at", date(2025, 4, 1))
    page.get_by_label("Figure", exact=True).fill("130,000,000")
    page.get_by_label("Source", exact=True).fill("Budget book, page 4")
    officer.closely("finance-figure")
    press(page, "State a figure")
    expect(page.get_by_text("The figure is stated.")).to_be_visible()
    officer.closely("finance-figures")


def opened_and_charged(officer: Looker) -> Page:
    """A budget of £1.2 million, opened by a decision, of which two quarters are invoiced."""
    page = officer.at("/finance/")
    page.get_by_role("button", name="Draft a budget").click()
    press(page, "Continue")
    page.get_by_label("What is shared").select_option(label="Roads policing")
    page.get_by_label("Financial year").fill("2025")
    page.get_by_label("Cost of the year").fill("1,200,000")
    officer.closely("finance-draft")
    press(page, "Draft a budget")
    expect(page.get_by_text("Part of the cost").first).to_be_visible()
    press(page, "Propose it")
    page.get_by_role("button", name="Open it by a decision").click()
    page.get_by_label("Decision").fill("Programme board of 2 March 2025, decision 4")
    press(page, "Open the budget")
    officer.closely("finance-budget")
    page.get_by_label("Charge what falls due until the end of").select_option("2025/26 Q2")
    press(page, "Raise the invoices")
    officer.closely("finance-invoices")
    return page


def test_a_year_is_budgeted_charged_settled_and_paid(sharing: Looker) -> None:
    officer = sharing
    state_revenue(officer)
    page = opened_and_charged(officer)
    page.goto(officer.address + "/finance/")
    page.get_by_role("link", name="Roads policing, 2025/26").click()
    page.get_by_role("link", name="All lines").click()
    page.get_by_role("button", name="Bring in a file").click()
    page.get_by_label("Spreadsheet").set_input_files(
        {"name": "lines.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    )
    press(page, "Bring lines in")
    expect(page.get_by_text("2 lines posted")).to_be_visible()
    officer.closely("finance-lines")
    page.goto(officer.address + "/finance/imports/")
    expect(page.get_by_role("link", name="lines.csv")).to_be_visible()
    officer.closely("finance-files")
    page.go_back()
    page.get_by_role("link", name="Roads policing, 2025/26").click()
    page.get_by_role("link", name="The end of the year, step by step").click()
    officer.closely("finance-year-end")
    press(page, "Settle the year")
    expect(page.get_by_text("The year is settled. Invoices raised: 2.")).to_be_visible()
    page.get_by_role("link", name="Invoices of the year").click()
    for number in page.get_by_role(
        "link", name=re.compile("pcc-gloucestershire")
    ).all_text_contents():
        page.goto(officer.address + "/finance/invoices/")
        page.get_by_role("link", name=number).click()
        press(page, "Note that it was sent")
    officer.closely("finance-invoice")
    page.goto(officer.address + "/finance/invoices/settle/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    enter_date(page, "Paid on", date(2026, 5, 1))
    page.get_by_label("Reference of the payment").fill("BACS 4711")
    officer.closely("finance-settle")
    press(page, "Settle invoices")
    expect(page.get_by_text(re.compile("Gloucestershire.* pays"))).to_be_visible()
    page.goto(officer.address + "/finance/years/2025/")
    officer.closely("finance-year")
    expect(page.get_by_text("£0 still has to change hands")).to_be_visible()


def test_leaving_has_a_price_and_a_document(officer: Looker) -> None:
    page = officer.at("/finance/leaving/")
    page.get_by_role("link", name="Joint roads policing").click()
    page.get_by_role("button", name="Add an item").click()
    page.get_by_label("What it is").select_option(label="A contract that runs on")
    page.get_by_label("Code").fill("LEASE-1")
    page.get_by_label("In words").fill("Lease of twelve cars")
    page.get_by_label("Sum").fill("240,000")
    enter_date(page, "Until before", date(2029, 4, 1))
    page.get_by_label("Borne by").select_option(label="All, by their shares of the cost")
    officer.closely("finance-item")
    press(page, "Add an item")
    press(page, "Keep today's prices")
    expect(page.get_by_text("Prices kept: 3.")).to_be_visible()
    officer.closely("finance-leaving")
    page.get_by_role("link", name="Gloucestershire").click()
    officer.closely("finance-settlement")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download as PDF").click()
    assert taken.value.suggested_filename.startswith("settlement-joint-roads-gloucestershire")
