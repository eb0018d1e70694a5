"""A partner asks why, asks the holder, breaks the glass; the holder decides, judges, explores."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from crossforce.access.choices import Grant
from crossforce.access.tests.factories import CLAUSE, given
from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast
from crossforce.people.tests import factories
from tests.journeys.looking import Looker, enter_date

KIND, MANAGER = "people.staff", "information-manager"
REASON = "A threat to life is being assessed tonight."
FIND = replace(CLAUSE, actions=("find",))
GLASS = replace(FIND, clause="9.3", glass_minutes=60, glass_roles=("investigator",))


def granted(clause: Grant) -> None:
    """The clause is in force."""
    with transaction.atomic():
        given(clause)


@pytest.fixture
def sign_in(live_server: LiveServer, new_page: Callable[[], Page]) -> Callable[[str], Looker]:
    """A browser of its own for an account."""
    cache.clear()

    def opened(username: str) -> Looker:
        looker = Looker(new_page(), live_server.url)
        looker.demonstrating(username)
        return looker

    return opened


def test_a_request_leads_to_sight(sign_in: Callable[[str], Looker], cast: Cast) -> None:
    row = factories.staff(name="Robin Hill")
    granted(FIND)
    bryn, manager = sign_in(cast.bryn("investigator").account.username), cast.asha(MANAGER)
    page = bryn.at("/access/")
    page.get_by_label("Record kind").select_option("Member of staff")
    page.get_by_label("Record (optional)").fill(str(row.pk))
    bryn.closely("access-start")
    page.get_by_role("button", name="Explain").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why can I not see this?")
    expect(page.get_by_role("main")).to_contain_text("It allows only: find.")
    bryn.closely("access-why-not")
    page.get_by_role("link", name="Ask the holder for access").click()
    page.get_by_label("Read", exact=True).check()
    page.get_by_role("button", name="Ask the holder").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the reason")
    bryn.closely("access-ask-wrong")
    page.get_by_label("Why").fill(REASON)
    enter_date(page, "Last day", civil.day_of(clock.now() + timedelta(days=7)))
    page.get_by_role("button", name="Ask the holder").click()
    expect(page.get_by_role("main")).to_contain_text("it waits for the holder")

    ida = sign_in(manager.account.username)
    theirs = ida.at("/access/")
    theirs.get_by_role("link", name="1 notice waits").click()
    ida.closely("access-notices")
    theirs.get_by_role("table").get_by_role("link").click()
    theirs.get_by_label("Grant it, as asked").check()
    ida.closely("access-decide")
    theirs.get_by_role("button", name="Record your decision").click()
    expect(theirs.get_by_role("main")).to_contain_text("Granted on")

    bryn.at(f"/access/why/{KIND}/{row.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Why can I see this?")
    expect(page.get_by_role("main")).to_contain_text("Opened by its holder on request")
    bryn.closely("access-why")
    bryn.at("/access/openings/")
    bryn.closely("access-openings")
    page.get_by_role("table").get_by_role("link").click()
    page.get_by_role("button", name="End it now").click()
    expect(page.get_by_role("main")).to_contain_text("(over)")


def test_a_broken_glass_is_judged(sign_in: Callable[[str], Looker], cast: Cast) -> None:
    row = factories.staff(name="Robin Hill")
    granted(GLASS)
    bryn = sign_in(cast.bryn("investigator").account.username)
    page = bryn.at(f"/access/why/{KIND}/{row.pk}/")
    page.get_by_role("link", name="Break the glass").click()
    page.get_by_label("What the emergency is").fill(REASON)
    page.get_by_label("It cannot wait for the holder").check()
    bryn.closely("access-glass")
    page.get_by_role("button", name="Break the glass").click()
    expect(page.get_by_role("main")).to_contain_text("was told at that moment")
    bryn.closely("access-glass-broken")

    ida = sign_in(cast.asha("information-manager").account.username)
    theirs = ida.at("/access/notices/")
    theirs.get_by_role("table").get_by_role("link").click()
    theirs.get_by_role("link", name="Say whether it was justified").click()
    theirs.get_by_label("Justified", exact=True).check()
    theirs.get_by_label("What you found").fill("The threat was real.")
    ida.closely("access-review")
    theirs.get_by_role("button", name="Record what you found").click()
    expect(theirs.get_by_role("main")).to_contain_text("The threat was real.")
    ida.closely("access-opening")


def test_an_auditor_explores(sign_in: Callable[[str], Looker], cast: Cast) -> None:
    row = factories.staff(name="Robin Hill")
    cast.bryn("investigator")
    cast.asha("duty-inspector")
    granted(CLAUSE)
    manager = sign_in(cast.asha("information-manager").account.username)
    of_row = manager.at(f"/people/{row.pk}/")
    of_row.get_by_role("link", name="Why can I see this?").click()
    of_row.get_by_role("link", name="Who can see this record").click()
    expect(of_row.get_by_role("table")).to_contain_text("Anybody of Gloucestershire")
    dee = sign_in(cast.dee().account.username)
    page = dee.at(f"/access/who-can/{KIND}/{row.pk}/")
    expect(page.get_by_role("table")).to_contain_text("9.1")
    dee.closely("access-who-can")
    dee.at("/access/explorer/")
    dee.closely("access-explorer")
    page.get_by_role("row", name="Duty inspector").get_by_role("link", name="Posting").click()
    dee.closely("access-explorer-of")
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text("Standing access of the office")
    dee.closely("access-why-for")
