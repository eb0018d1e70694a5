"""A real browser for the journeys: the system's Chromium, or the one that Playwright installed.

A journey fails when the page raises a script error, breaks its content security policy or asks
anything of a host that is not this machine.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Route,
    sync_playwright,
)

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ASKED: Final = {
    "runOnly": {"type": "tag", "values": RULES},
    "rules": {"region": {"enabled": True}},  # no success criterion asks for it
    "resultTypes": ["violations"],  # of what passes, axe need not describe every element
}
VIOLATIONS: Final = "async asked => (await axe.run(asked)).violations"
HERE: Final = ("http://127.0.0.1", "http://localhost", "data:", "blob:")


def system_chromium() -> str | None:
    """The first Chromium on PATH; None leaves the choice to Playwright."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop on this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=system_chromium(), args=arguments)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Visitors, each fresh: no cookies of another, English, a desktop's width."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def opened() -> Page:
        context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
        contexts.append(context)
        context.route("**/*", lambda route: refuse_elsewhere(route, faults))
        visitor = context.new_page()
        watch(visitor, faults)
        visitor.set_default_timeout(10_000)
        return visitor

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """One fresh visitor."""
    return new_page()


def watch(page: Page, faults: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


def refuse_elsewhere(route: Route, faults: list[str]) -> None:
    if route.request.url.startswith(HERE):
        route.continue_()
    else:
        faults.append(f"asked for {route.request.url}")
        route.abort()


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 A and AA that axe can see, and nothing outside every landmark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(VIOLATIONS, ASKED)
    violations = [
        f"{row['id']} ({row['impact']}): {row['help']}: "
        + "; ".join(" ".join(map(str, node["target"])) for node in row["nodes"][:3])
        for row in found
    ]
    assert not violations, f"{page.url}\n" + "\n".join(violations)


def browser_is_there() -> bool:
    """Whether `make` still has to fetch one."""
    if system_chromium():
        return True
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


if __name__ == "__main__":
    raise SystemExit(int(not browser_is_there()))
