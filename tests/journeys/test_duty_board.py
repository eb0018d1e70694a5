"""A duty inspector of three forces sees everyone on duty on one board, and who answers for each."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from crossforce.duty.tests import factories
from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.testing.standing import Standing
from tests.journeys import duties, stories
from tests.journeys.looking import Looker

INSPECTOR = "duty-inspector"
STRANGER = "duty-inspector-devon-and-cornwall"


@pytest.fixture
def night(live_server: LiveServer, worlds: Standing) -> duties.Night:
    cache.clear()
    return worlds.stand("night", night_falls)


def night_falls() -> duties.Night:
    stories.load_units()
    return duties.night(clock.now())


@pytest.fixture
def visit(night: duties.Night, signed_in: Callable[[str], Looker]) -> Callable[[str], Looker]:
    return signed_in


@pytest.fixture
def visit_cast(south_west: None, signed_in: Callable[[str], Looker]) -> Callable[[str], Looker]:
    """For somebody of the cast, in a world that knows every force."""
    return signed_in


def test_the_inspector_sees_three_forces_and_who_answers(
    visit: Callable[[str], Looker], night: duties.Night
) -> None:
    inspector = visit(INSPECTOR)
    page = inspector.at("/duty/")
    board = page.locator("#duty-board")
    expect(board).to_contain_text("18 on duty or on call, of 3 forces")
    inspector.closely("duty-board")
    inspector.on_paper("duty-board")
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("row", name="Ash Rowan")).to_have_count(3)
    inspector.closely("duty-timeline")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator("#duty-map[data-drawn]")).to_be_visible()
    inspector.closely("duty-map")
    page.set_viewport_size({"width": 320, "height": 640})
    expect(page.locator("#duty-map[data-pins=narrow]")).to_be_visible()
    crowd = page.locator("#duty-map details").first
    crowd.locator("summary").press("Enter")
    expect(crowd.get_by_text("XA01")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Table").click()
    page.get_by_text("Another time, or only some of them").click()
    page.get_by_label("Authority in date").select_option("Authorised firearms officer")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#duty-board")).to_contain_text("3 on duty or on call")
    inspector.closely("duty-board-armed")
    page.get_by_role("link", name="Ash Rowan", exact=True).last.click()
    expect(page.locator("#sentence")).to_contain_text("under the direction and control of")
    inspector.closely("duty-card")
    inspector.on_paper("duty-card")
    page.get_by_label("Deployed in the area of").select_option("Gloucestershire Constabulary")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#commander")).to_have_text(
        "Chief Constable of Gloucestershire Constabulary"
    )
    page.get_by_role("link", name="clause 7.2").click()
    expect(page.locator("[id='clause-7.2']")).to_be_in_viewport()
    inspector.at("/duty/commands/")
    inspector.closely("duty-commands")
    page.get_by_role("link", name="Tri Force Specialist Operations Unit").click()
    page.get_by_label("Deployed in the area of").select_option("Wiltshire Police")
    page.get_by_role("button", name="Show").click()
    for force in ("Avon and Somerset Constabulary", "Gloucestershire Constabulary"):
        section = page.get_by_role("region", name=f"Members from {force}")
        expect(section.get_by_role("definition").first).to_contain_text(
            "Chief Constable of Wiltshire"
        )
    inspector.closely("duty-unit-card")


def test_a_suspended_authority_is_off_the_board_at_once(
    visit: Callable[[str], Looker], night: duties.Night
) -> None:
    inspector = visit(INSPECTOR)
    page = inspector.at(f"/duty/?authority={duties.ARMED}")
    expect(page.locator("#duty-board")).to_contain_text("3 on duty or on call")
    duties.suspended(night.armed["wiltshire"])
    page.get_by_role("link", name="Refresh").click()
    expect(page.locator("#duty-board")).to_contain_text("2 on duty or on call")
    expect(page.locator("#duty-board")).not_to_contain_text("XW01")
    page = inspector.at("/duty/")
    expect(page.get_by_role("row", name="XW01")).to_contain_text(
        "Not valid: Authorised firearms officer"
    )


def test_a_force_that_is_not_party_sees_nothing_and_is_told_why(
    visit: Callable[[str], Looker], night: duties.Night
) -> None:
    stranger = visit(STRANGER)
    page = stranger.at("/duty/")
    expect(page.locator("#duty-board")).to_contain_text("You may see duties")
    page = stranger.at(f"/duty/?unit={duties.UNIT}")
    board = page.locator("#duty-board")
    expect(board).to_contain_text("You see nobody of Tri Force Specialist Operations Unit.")
    expect(board).to_contain_text("No clause that is in force lets you")
    expect(board).not_to_contain_text("Ash Rowan")
    stranger.closely("duty-board-empty")


def test_everything_works_by_keyboard_and_without_scripts(
    night: duties.Night, live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    looker = Looker(page, live_server.url)
    looker.demonstrating(INSPECTOR)
    page.goto(f"{live_server.url}/duty/?show=map")
    expect(page.locator("svg.cf-map")).to_be_visible()
    page.locator("summary", has_text="Another time, or only some of them").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Function").focus()
    page.keyboard.type("Dogs")
    page.get_by_role("button", name="Show").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#duty-board")).to_contain_text("3 on duty or on call")
    page.get_by_role("link", name="Cedar Hawthorn", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sentence")).to_contain_text("Cedar Hawthorn")
    context.close()


def test_the_card_of_a_past_instant_shows_what_held_then(
    visit_cast: Callable[[str], Looker], cast: Cast
) -> None:
    factories.policy()
    now = clock.now()
    staff = duties.one_armed_officer("wiltshire", now)
    inspector = visit_cast(cast.asha("duty-inspector").account.username)
    page = inspector.at("/duty/")
    page.get_by_role("link", name="Ash Rowan", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Authorised firearms officer Valid")
    duties.suspended(staff)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Authorised firearms officer Not valid")
    local = (now - timedelta(minutes=5)).astimezone(civil.LONDON)
    page.get_by_label("Day").fill(f"{local:%Y-%m-%d}")
    page.get_by_label("Time").fill(f"{local:%H:%M}")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("main")).to_contain_text("As it was at")
    expect(page.get_by_role("main")).to_contain_text("Authorised firearms officer Valid")
    expect(page.locator("#commander")).to_have_text("Chief Constable of Wiltshire Police")
    inspector.closely("duty-card-past")
