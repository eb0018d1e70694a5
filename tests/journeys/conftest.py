"""A browser at a live server that runs as the application role."""

from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

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
