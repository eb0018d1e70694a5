"""A real browser for the journeys: the system's Chromium, or the one that Playwright installed.

A journey fails when the page raises a script error, breaks its content security policy or asks
anything of a host that is not this machine.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import Any, Final

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as TookTooLong

from crossforce.kernel.testing import axe

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Chromium opens a window for every visitor, keeps two hidden pages ready behind its address bar, and a spare process:
# a second of work for each. To name features takes the place of Playwright's own list, so that it is said again here.
WITHOUT: Final = (
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "SpareRendererForSitePerProcess",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
ARGUMENTS: Final = (
    f"--disable-features={','.join(WITHOUT)}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
# A document that is about to be left says so: the driver returns from a click before the next one is there.
LEAVING: Final = """
  const leaves = is => document.documentElement.toggleAttribute("data-leaving", is);
  addEventListener("submit", event => event.defaultPrevented || leaves(true));
  addEventListener("pageshow", () => leaves(false));
  navigation.addEventListener("navigateerror", () => leaves(false));
  navigation.addEventListener("navigate", event => {
    leaves(!event.destination.sameDocument && event.downloadRequest === null);
  });
"""
HERE: Final = ("http://127.0.0.1", "http://localhost", "data:", "blob:")
PATIENCE: Final = 60_000
"""Milliseconds for whatever is to come: a slow machine is no fault of a page."""


def system_chromium() -> str | None:
    """The first Chromium on PATH; None leaves the choice to Playwright."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def arriving(act: Callable[..., None]) -> Callable[..., None]:
    """The act, ended when the page to which it leads has loaded: what follows never reads the one before.

    A download leaves the page where it was, and the page cannot know.
    """

    @wraps(act)
    def acted(found: Locator, *given: Any, **named: Any) -> None:
        taken: list[Download] = []

        def take(download: Download) -> None:
            taken.append(download)

        found.page.on("download", take)
        act(found, *given, **named)
        _arrive(found.page, taken)
        found.page.remove_listener("download", take)

    return acted


def _arrive(page: Page, taken: list[Download]) -> None:
    until = monotonic() + PATIENCE / 1_000
    while not _stays(page) and not taken:
        assert monotonic() < until, f"{page.url} was left for a page that never came"
    if taken:
        page.evaluate("document.documentElement.removeAttribute('data-leaving')")
    page.wait_for_load_state()


def _stays(page: Page) -> bool:
    try:
        page.locator("html:not([data-leaving])").wait_for(state="attached", timeout=200)
    except TookTooLong:
        return False
    return True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop on this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=system_chromium(), args=arguments)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(Locator, "click", arriving(Locator.click))
            patched.setattr(Locator, "press", arriving(Locator.press))
            # Else each answer waits until the head of it was acknowledged, which a browser puts off for 40 ms.
            patched.setattr(WSGIRequestHandler, "disable_nagle_algorithm", True)
            expect.set_options(timeout=PATIENCE)
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
        context.add_init_script(LEAVING)
        context.on("request", lambda request: note_elsewhere(request, faults))
        visitor = context.new_page()
        watch(visitor, faults)
        visitor.set_default_timeout(PATIENCE)
        return visitor

    yield opened
    for context in contexts:
        context.close()
    _answered()
    assert not faults, "\n".join(faults)


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """One fresh visitor."""
    return new_page()


def _answered() -> None:
    """Wait until the server has done with what was asked: it would write into the database of the next test."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE / 1_000)


def watch(page: Page, faults: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))


def note_elsewhere(request: Request, faults: list[str]) -> None:
    """It goes nowhere: the browser knows no other host. To hold it up and let it go would cost each a round."""
    if not request.url.startswith(HERE):
        faults.append(f"asked for {request.url}")


def assert_accessible(page: Page, *, is_resized: bool = False) -> None:
    """No violation of WCAG 2.2 A and AA that axe can see, and nothing outside every landmark (`axe.violations`)."""
    violations = [
        f"{row['id']} ({row['impact']}): {row['help']}: "
        + "; ".join(" ".join(map(str, node["target"])) for node in row["nodes"][:3])
        for row in axe.violations(page, is_resized=is_resized)
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
