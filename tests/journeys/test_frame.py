"""The pages that belong to the service as a whole, as everybody meets them."""

import re

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from crossforce.people.signin.tests.conftest import PASSWORD, seat
from tests.journeys.looking import Looker, enter

ABOUT = ["", "accessibility/", "cookies/", "privacy/", "licences/", "api/v1/docs", "nothing/"]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("path", ABOUT)
def test_every_page_is_accessible_in_both_languages(
    look: Looker, path: str, language: str
) -> None:
    page = look.at(f"/{path}?lang={language}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    name = path.strip("/").replace("/", "-") or "home"
    look.closely(f"{name}-{language}")


def test_a_reader_changes_the_language_and_keeps_it(look: Looker) -> None:
    page = look.at("/")
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("heddluoedd")
    page.get_by_role("link", name="Cwcis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cwcis")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cookies")


def test_the_keyboard_skips_to_the_content(look: Looker) -> None:
    page = look.at("/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to main content")).to_be_focused()
    enter(page)
    expect(page).to_have_url(re.compile("#main-content$"))


def test_somebody_signs_in_acts_and_signs_out(look: Looker) -> None:
    seat("duty-inspector", "asha")
    page = look.at("/account/tokens/")
    expect(page).to_have_title(re.compile("^Sign in"))
    look.closely("sign-in")
    page.get_by_label("User name or work email address").fill("asha")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("The user name or the password is wrong")
    look.closely("sign-in-wrong")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose your posting")
    look.closely("posting")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Who you are acting as")).to_contain_text("Duty inspector")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tokens for machines")
    page.get_by_label("What is the token for?").fill("nightly copy")
    page.get_by_role("button", name="Issue token").click()
    expect(page.locator(".cf-secret")).to_contain_text("cf1_")
    look.closely("tokens")
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("cell", name=re.compile("^Revoked"))).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Who you are acting as")).to_have_count(0)


def test_the_demonstration_lets_anybody_choose(look: Looker) -> None:
    seat("duty-inspector", "asha")
    page = look.at("/account/login/")
    page.get_by_role("link", name="Choose a demonstration account").click()
    look.closely("demonstration")
    page.get_by_role("button", name="Sign in as asha").click()
    expect(page.get_by_label("Who you are acting as")).to_contain_text("Wiltshire")
    look.at("/account/")
    look.closely("account")
    look.at("/account/second-factor/")
    look.closely("second-factor")


def test_everything_works_without_javascript(browser: Browser, live_server: LiveServer) -> None:
    seat("duty-inspector", "asha")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/account/login/")
    page.get_by_label("User name or work email address").fill("asha")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Who you are acting as")).to_contain_text("Duty inspector")
    context.close()


def test_paper_gets_the_words_and_no_navigation(look: Looker) -> None:
    page = look.at("/cookies/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("link", name="Cymraeg")).to_be_hidden()


def test_every_sheet_of_paper_begins_with_its_marking(look: Looker) -> None:
    page = look.at("/cookies/")
    page.emulate_media(media="print")
    sheet = page.locator(".cf-sheet")
    assert sheet.evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert sheet.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
