"""The demonstration's duty inspector breaks the glass; the holder judges; a chief sees what leaving changes."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from rich.progress import Progress

from crossforce.kernel import clock
from crossforce.kernel.testing.standing import Standing
from crossforce.world import operations as world
from tests.journeys import stories
from tests.journeys.looking import Looker

RECORD = "Operation Heron: first account of the lock keeper"
EMERGENCY = "A child was seen aboard the same boat tonight."


def load_records() -> None:
    stories.load_units()
    with Progress(disable=True) as progress:
        world.load_records(progress, at=clock.now())


@pytest.fixture
def visit(
    live_server: LiveServer, worlds: Standing, new_page: Callable[[], Page]
) -> Callable[[str], Looker]:
    """A browser of its own for an account, where the demonstration has its records too."""
    cache.clear()
    worlds.stand("records", load_records)

    def signed_in(username: str) -> Looker:
        looker = Looker(new_page(), live_server.url)
        looker.demonstrating(username)
        return looker

    return signed_in


def test_a_duty_inspector_breaks_the_glass(visit: Callable[[str], Looker]) -> None:
    inspector = visit("duty-inspector")
    page = inspector.at("/records/?q=lock+keeper")
    page.get_by_role("link", name=RECORD).click()
    expect(page.get_by_text("decides who else may read it")).to_be_visible()
    page.get_by_role("link", name="Why can I not read this?").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(RECORD)
    expect(main).to_contain_text("Records of: ")
    inspector.closely("emergency-why-not")
    page.get_by_role("link", name="Break the glass").click()
    expect(main).to_contain_text("clause 9.2")
    page.get_by_label("What the emergency is").fill(EMERGENCY)
    page.get_by_label("It cannot wait for the holder").check()
    inspector.closely("emergency-glass")
    page.get_by_role("button", name="Break the glass").click()
    expect(main).to_contain_text("was told at that moment")
    page.get_by_role("link", name="The record itself").click()
    expect(page.get_by_text("outboard motor")).to_be_visible()
    inspector.closely("emergency-record")

    holder = visit("information-manager")
    theirs = holder.at("/access/notices/")
    row = theirs.get_by_role("row", name="Glass broken")
    expect(row).to_contain_text(RECORD)
    expect(row).to_contain_text("OFFICIAL-SENSITIVE")
    holder.closely("emergency-notices")
    row.get_by_role("link").first.click()
    expect(theirs.get_by_role("main")).to_contain_text(EMERGENCY)
    theirs.get_by_role("link", name="Say whether it was justified").click()
    theirs.get_by_label("Justified", exact=True).check()
    theirs.get_by_label("What you found").fill("The child was found there.")
    theirs.get_by_role("button", name="Record what you found").click()
    expect(theirs.get_by_role("main")).to_contain_text("The child was found there.")
    holder.closely("emergency-judged")

    officer = visit("data-protection-officer")
    said = officer.at("/log-queries/")
    expect(said.get_by_role("main")).to_contain_text("Opened by breaking the glass (opening ")
    officer.closely("emergency-log")


def test_a_chief_sees_what_leaving_changes(visit: Callable[[str], Looker]) -> None:
    chief = visit("chief-wiltshire")
    page = chief.at("/agreements/sw-major-crime/leave/")
    chief.closely("leave-with-preview")
    page.get_by_role("link", name="Preview: what changes if Wiltshire").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("without Wiltshire")
    expect(page.get_by_role("main")).to_contain_text("held by Wiltshire")
    chief.closely("leave-preview")
    page = chief.at("/agreements/sw-major-crime/versions/1/preview/")
    expect(page.get_by_role("main")).not_to_contain_text("there is no version in force")
