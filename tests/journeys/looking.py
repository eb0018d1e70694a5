"""Looking at a page as different people do: wide, narrow, with rules of access, on paper.

What was seen is kept under var/screenshots, unless CROSSFORCE_SCREENSHOTS is 0.
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.utils.crypto import get_random_string
from playwright.sync_api import Page

from crossforce.kernel.testing import browser

SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
ARE_KEPT = os.environ.get("CROSSFORCE_SCREENSHOTS", "1") != "0"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
SIGN_IN = "/account/demonstration/"
MAP = "#register-map, #duty-map"
DRAWN = "#register-map[data-drawn], #duty-map[data-drawn]"


@dataclass(frozen=True)
class Looker:
    """A visitor at the live server."""

    page: Page
    address: str

    def at(self, path: str) -> Page:
        """Go there."""
        self.page.goto(self.address + path)
        return self.page

    def closely(self, name: str) -> None:
        """Nothing breaks the rules of access, and nothing runs off a screen of 320 pixels."""
        self._shot(name, WIDE)
        browser.assert_accessible(self.page)
        self._shot(f"{name}-narrow", NARROW)
        browser.assert_accessible(self.page, is_resized=True)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW["width"], f"{self.page.url} is {width} pixels wide at 320"
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]

    def on_paper(self, name: str) -> None:
        """What the printer gets."""
        if ARE_KEPT:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            self.page.pdf(path=SCREENSHOTS / f"{name}.pdf", format="A4")

    def demonstrating(self, username: str) -> None:
        """Sign in as an account of the demonstration, by what its button sends: test_frame looks for it and presses it."""
        secret = get_random_string(CSRF_SECRET_LENGTH)
        self.page.context.add_cookies(
            [{"name": settings.CSRF_COOKIE_NAME, "value": secret, "url": self.address}]
        )
        sent: dict[str, Any] = {"account": username, "csrfmiddlewaretoken": secret}
        answer = self.page.request.post(self.address + SIGN_IN, form=sent, max_redirects=0)
        assert answer.status == 302, f"{username} cannot sign in"

    def _shot(self, name: str, size: dict[str, int]) -> None:
        self.page.set_viewport_size(size)  # type: ignore[arg-type]
        if self.page.locator(MAP).count():
            self.page.locator(DRAWN).first.wait_for()
        if ARE_KEPT:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def enter(page: Page) -> None:
    """Press Enter on what has the focus, as somebody without a mouse does."""
    page.locator(":focus").press("Enter")


def enter_date(page: Page, group: str, day: date) -> None:
    """Type a date into its three boxes."""
    boxes = page.get_by_role("group", name=group)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(label).fill(str(value))


def sent_twice(page: Page, button: str) -> None:
    """Press a button, go back and press it again: what a hurried user does on a slow day."""
    form = page.locator("form", has=page.get_by_role("button", name=button, exact=True))
    fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
    target = form.evaluate("form => form.action")
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()
    answer = page.request.post(target, form=fields, max_redirects=0)
    assert answer.status == 302, f"{target} answered {answer.status} the second time"
    assert page.url.endswith(answer.headers["location"]), answer.headers["location"]
