"""A duty inspector leaves the board open: it keeps itself current, and loses what may not be seen."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from crossforce.duty.models import Entry
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import HERE, PARTNER
from crossforce.duty.tests.test_live import on
from crossforce.kernel import clock, guarded
from crossforce.kernel.live import place
from crossforce.kernel.periods import Period
from crossforce.kernel.testing import soon
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.testing.live import Streaming
from crossforce.people.choices import Actor
from crossforce.records.tests import factories as records
from tests.journeys.looking import Looker


@pytest.fixture
def streams(live_server: LiveServer, streaming: Streaming) -> Streaming:
    """The stream, for pages of the live server."""
    place.ports.web = urlsplit(live_server.url).port or 80
    return streaming


@pytest.fixture
def planner() -> Actor:
    """Who brings duties in, in this force."""
    return factories.planner()


@pytest.fixture
def bryn(cast: Cast) -> Player:
    """An inspector of the partner force, who sees this force's duties in the unit by an agreement."""
    factories.policy()
    factories.unit()
    factories.sharing((HERE, PARTNER))
    return cast.bryn("duty-inspector")


@pytest.fixture
def sits_down(
    streams: Streaming, live_server: LiveServer, new_page: Callable[[], Page]
) -> Callable[[Player], Looker]:
    """A browser in which a player is signed in."""

    def opened(player: Player) -> Looker:
        page = new_page()
        page.context.add_cookies([_cookie(player, live_server.url)])
        return Looker(page, live_server.url)

    return opened


def _cookie(player: Player, url: str) -> Any:
    value = player.client.cookies["crossforce_session"].value
    return {"name": "crossforce_session", "value": value, "url": url}


def test_a_change_comes_to_the_screen_by_itself(
    bryn: Player, planner: Actor, sits_down: Callable[[Player], Looker]
) -> None:
    robin = on("Robin Hill", planner)
    looker = sits_down(bryn)
    page = looker.at("/duty/")
    board, line = page.locator("#duty-board"), page.locator(".cf-live")
    expect(line).to_contain_text(re.compile(r"Live\. Changed at \d"))
    link = board.get_by_role("link", name="Robin Hill", exact=True)
    link.focus()
    on("Adam Brook", planner)
    expect(board).to_contain_text("Adam Brook")
    expect(link).to_be_focused()
    looker.closely("live-board")

    line.get_by_role("button", name="Pause").press("Enter")
    expect(line).to_contain_text("Paused at")
    on("Sam Lowe", planner)
    with guarded.acting(planner):
        rows = Entry.objects.filter(pk=robin.pk)
        rows.update(ends_at=clock.now(), version=2, changed_by=planner.reference)
    expect(board).not_to_contain_text("Robin Hill")
    expect(board).not_to_contain_text("Sam Lowe")
    looker.closely("live-board-paused")
    line.get_by_role("button", name="Go on").press("Enter")
    expect(board).to_contain_text("Sam Lowe")


def test_a_leaver_vanishes_from_the_open_screen_and_nothing_runs_to_make_it_so(
    bryn: Player, planner: Actor, sits_down: Callable[[Player], Looker]
) -> None:
    on("Robin Hill", planner)
    looker = sits_down(bryn)
    board = looker.at("/duty/").locator("#duty-board")

    def left(at: datetime) -> None:
        factories.sharing((HERE, PARTNER), holds=Period(records.LONG_AGO, at))
        looker.at("/duty/")
        was_there = "Robin Hill" in board.inner_text()
        soon.before(at)
        assert was_there
        expect(board).not_to_contain_text("Robin Hill")
        assert clock.now() >= at

    soon.attempted(left, seconds=3)
    looker.closely("live-board-left")


def test_signing_out_elsewhere_takes_it_from_the_screen(
    bryn: Player, planner: Actor, sits_down: Callable[[Player], Looker]
) -> None:
    on("Robin Hill", planner)
    looker = sits_down(bryn)
    page = looker.at("/duty/")
    expect(page.locator(".cf-live")).to_contain_text("Live.")
    bryn.client.logout()
    board = page.locator("#duty-board")
    expect(board).not_to_contain_text("Robin Hill")
    expect(board).to_contain_text(re.compile(r"You were signed out at \d\d:\d\d:\d\d"))
    expect(board).to_contain_text("not because there is nothing to show")
    looker.closely("live-board-ended")


def test_a_wall_screen_that_nobody_touches_says_so_and_is_never_merely_empty(
    bryn: Player, planner: Actor, sits_down: Callable[[Player], Looker]
) -> None:
    on("Robin Hill", planner)
    page = sits_down(bryn).at("/duty/")
    expect(page.locator(".cf-live")).to_contain_text("Live.")
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    board = page.locator("#duty-board")
    expect(board).to_contain_text("You were signed out at")
    expect(board).not_to_contain_text("Robin Hill")
    board.get_by_role("link", name="Sign in again").click()
    expect(page).to_have_url(re.compile("/account/login/"))


def test_a_board_of_another_instant_does_not_move(
    bryn: Player, planner: Actor, sits_down: Callable[[Player], Looker]
) -> None:
    page = sits_down(bryn).at("/duty/?on=2026-01-05&time=10:00")
    expect(page.locator(".cf-live")).to_have_count(0)


def test_without_scripts_it_says_of_when_it_is_and_offers_to_refresh(
    bryn: Player, planner: Actor, streams: Streaming, live_server: LiveServer, browser: Browser
) -> None:
    on("Robin Hill", planner)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([_cookie(bryn, live_server.url)])
    page = context.new_page()
    page.goto(f"{live_server.url}/duty/")
    expect(page.locator(".cf-live")).to_be_hidden()
    expect(page.locator("#duty-board time").first).to_be_visible()
    on("Adam Brook", planner)
    page.get_by_role("link", name="Refresh").click()
    expect(page.locator("#duty-board")).to_contain_text("Adam Brook")
    context.close()
