"""An inspector adds a duty by hand, mends it, sets a status and cancels it; what is wrong is said at its field."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from crossforce.duty.tests import factories
from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast
from tests.journeys import duties
from tests.journeys.looking import Looker


@pytest.fixture
def inspector(look: Looker, south_west: None, cast: Cast) -> Looker:
    """Somebody who may write duties of their own force, of whom one person is known."""
    factories.policy()
    factories.unit()
    factories.person("1234", name="Robin Hill")
    look.demonstrating(cast.asha("duty-inspector").account.username)
    return look


def times(page: Page, begins: timedelta, ends: timedelta) -> None:
    """From when until when, from now."""
    for day, time, after in (("First day", "From", begins), ("Last day", "Until", ends)):
        instant = clock.now() + after
        while not duties.is_said_once(instant):
            instant += timedelta(hours=1)
        at = instant.astimezone(civil.LONDON)
        page.get_by_label(day, exact=True).fill(f"{at:%Y-%m-%d}")
        page.get_by_label(time, exact=True).fill(f"{at:%H:%M}")


def test_a_duty_is_added_mended_and_cancelled_by_hand(inspector: Looker) -> None:
    page = inspector.at("/duty/entries/add/")
    page.get_by_label("Number or name").fill("hill")
    page.get_by_role("button", name="Find").click()
    inspector.closely("duty-entry-person")
    page.get_by_role("link", name="Robin Hill").click()

    times(page, timedelta(hours=2), timedelta(hours=-1))
    page.get_by_role("button", name="Save").click()
    summary = page.get_by_role("alert")
    summary.get_by_role("link", name="give an end that is after the beginning").click()
    expect(page.locator(":focus")).to_have_class(re.compile("govuk-input--error"))
    inspector.closely("duty-entry-refused")

    times(page, timedelta(hours=-1), timedelta(hours=6))
    page.get_by_label("Call sign").fill("XW77")
    page.get_by_label("Where", exact=True).fill("Devizes")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#duty-board")).to_contain_text("XW77")
    inspector.closely("duty-entry-added")

    page.get_by_role("link", name="Robin Hill", exact=True).click()
    page.get_by_role("link", name="Change this duty").click()
    expect(page.get_by_label("Call sign")).to_have_value("XW77")
    inspector.closely("duty-entry-change")
    page.get_by_label("Call sign").fill("XW78")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#duty-board")).to_contain_text("XW78")

    page.get_by_role("link", name="Robin Hill", exact=True).click()
    page.get_by_role("link", name="Set the status").click()
    inspector.closely("duty-entry-status")
    page.get_by_label("Status", exact=True).select_option("6")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("link", name="Robin Hill", exact=True).click()
    page.get_by_role("link", name="Cancel this duty").click()
    inspector.closely("duty-entry-cancel")
    page.get_by_role("button", name="Cancel this duty").click()
    expect(page.locator("#duty-board")).not_to_contain_text("XW78")
