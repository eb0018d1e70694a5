"""A duty inspector of three forces sees everyone on duty on one board, and who answers for each."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from rich.progress import Progress

from crossforce.kernel import clock
from crossforce.world import operations as world
from tests.journeys import duties, stories
from tests.journeys.looking import Looker

INSPECTOR = "duty-inspector"
STRANGER = "duty-inspector-devon-and-cornwall"


@pytest.fixture
def night(live_server: LiveServer) -> duties.Night:
    cache.clear()
    stories.load_world("south-west", "internal")
    with Progress(disable=True) as progress:
        world.load_accounts(progress, at=clock.now())  # those posted to units, which now exist
    return duties.night(clock.now())


@pytest.fixture
def visit(
    night: duties.Night, live_server: LiveServer, new_page: Callable[[], Page]
) -> Callable[[str], Looker]:
    def signed_in(username: str) -> Looker:
        looker = Looker(new_page(), live_server.url)
        looker.demonstrating(username)
        return looker

    return signed_in


def acting_operationally(looker: Looker) -> Page:
    return looker.at("/duty/")


def test_the_inspector_sees_three_forces_and_who_answers(
    visit: Callable[[str], Looker], night: duties.Night
) -> None:
    inspector = visit(INSPECTOR)
    page = inspector.at("/duty/")
    board = page.locator("#duty-board")
    expect(board).to_contain_text("18 people on duty or on call, of 3 forces")
    inspector.closely("duty-board")
    inspector.on_paper("duty-board")
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("row", name="Ash Rowan")).to_have_count(3)
    inspector.closely("duty-timeline")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator("#duty-map[data-drawn]")).to_be_visible()
    inspector.closely("duty-map")
    page.get_by_role("link", name="Table").click()
    page.get_by_text("Another time, or only some of them").click()
    page.get_by_label("Authority in date").select_option("Authorised firearms officer")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#duty-board")).to_contain_text("3 people")
    inspector.closely("duty-board-armed")
    page.get_by_role("link", name="Ash Rowan").last.click()
    expect(page.locator("#sentence")).to_contain_text("under the direction and control of")
    inspector.closely("duty-card")
    inspector.on_paper("duty-card")
    page.get_by_label("Deployed in the area of").select_option("Gloucestershire Constabulary")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#commander")).to_have_text("Chief Constable of Gloucestershire")
    page.get_by_role("link", name="clause 7.2").click()
    expect(page.locator("[id='clause-7.2']")).to_be_in_viewport()
