"""A browser at a live server that runs as the application role."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from crossforce.kernel.testing.standing import Standing
from tests.journeys import stories
from tests.journeys.looking import Looker

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture
def look(page: Page, live_server: LiveServer) -> Looker:
    """Go somewhere on the live server, and look at what is there."""
    cache.clear()
    return Looker(page, live_server.url)


@pytest.fixture
def south_west(live_server: LiveServer, worlds: Standing) -> None:
    """The demonstration, with every collaboration of the South West."""
    cache.clear()
    worlds.stand("south-west", partial(stories.load_world, "south-west"))


@pytest.fixture
def with_units(live_server: LiveServer, worlds: Standing) -> None:
    """The same and the forces' own policies, with those who are posted to the joint units."""
    cache.clear()
    worlds.stand("with-units", stories.load_units)


@pytest.fixture
def signed_in(live_server: LiveServer, new_page: Callable[[], Page]) -> Callable[[str], Looker]:
    """A browser of its own for an account of whatever world there is."""

    def found(username: str) -> Looker:
        cache.clear()
        looker = Looker(new_page(), live_server.url)
        looker.demonstrating(username)
        return looker

    return found


@pytest.fixture
def visit(south_west: None, signed_in: Callable[[str], Looker]) -> Callable[[str], Looker]:
    """The same, for an account of the demonstration with the South West in it."""
    return signed_in
