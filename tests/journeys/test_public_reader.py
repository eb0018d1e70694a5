"""A member of the public reads the register: searching, a matrix through time, a paper, downloads."""

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.looking import NARROW, Looker, enter

UNIT = "Tri-Force Specialist Operations"
UNIT_IN_WELSH = "Gweithrediadau Arbenigol Tri Heddlu"
PLACE = "/register/sw-tri-force-specialist-operations/"
FOCUSED = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  const label = e.labels && e.labels[0] ? e.labels[0].innerText : e.innerText;
  return [label.trim(), s.outlineStyle !== 'none' || s.boxShadow !== 'none'];
}"""
MAJOR_CRIME = "/register/matrix/?reference=sw-major-crime&on=2015-11-30"


def downloaded(page: Page, link: str) -> Path:
    with page.expect_download() as downloading:
        page.get_by_role("link", name=link).click()
    return Path(downloading.value.path())


def search(page: Page, words: str) -> None:
    page.get_by_label("Words").fill(words)
    page.get_by_role("button", name="Apply filter").click()


@pytest.mark.usefixtures("south_west")
def test_a_reader_finds_and_reads_an_agreement(look: Looker) -> None:
    page = look.at("/")
    page.get_by_role("navigation").get_by_role("link", name="Register").click()
    look.closely("register")
    search(page, "no such words")
    expect(page.get_by_role("main")).not_to_contain_text(UNIT)
    look.closely("register-nothing")
    search(page, "specialist operations")
    expect(page.get_by_role("link", name=UNIT)).to_be_visible()
    look.closely("register-searched")
    exported = downloaded(page, "Download as CSV").read_text("utf-8-sig")
    assert any(UNIT in row for row in csv.reader(exported.splitlines()))
    page.get_by_role("link", name=UNIT).click()
    expect(page.get_by_text("Assumed").first).to_be_visible()
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    withheld = page.locator("section", has=page.get_by_text("Withheld", exact=True))
    expect(withheld).to_contain_text("Ground: safety of a person")
    expect(page.get_by_role("main")).to_contain_text("No body has signed it")
    look.closely("register-agreement")
    look.on_paper("register-agreement")
    public = json.loads(downloaded(page, "Public text (JSON)").read_text("utf-8"))
    assert public["reference"] == "sw-tri-force-specialist-operations"
    page.go_back()
    expect(page.get_by_label("Words")).to_have_value("specialist operations")


@pytest.mark.usefixtures("south_west")
def test_a_reader_follows_a_unit_through_time(look: Looker) -> None:
    page = look.at(MAJOR_CRIME)
    table = page.get_by_role("main").get_by_role("table").first
    expect(table).not_to_contain_text("Gloucestershire")
    expect(page.locator("#register-map[data-drawn] canvas")).to_be_visible()
    look.closely("matrix-before")
    page.get_by_role("link", name="Next change: 1 December 2015").click()
    expect(table).to_contain_text("Gloucestershire")
    look.closely("matrix-after")
    shown = json.loads(downloaded(page, "Download as JSON").read_text("utf-8"))
    assert shown["day"] == "2015-12-01"
    look.at("/register/matrix/?on=last+tuesday")
    expect(page.get_by_text("is not a day")).to_be_visible()
    look.at("/register/matrix/?region=south-west")
    look.closely("matrix-region")


@pytest.mark.usefixtures("south_west")
def test_a_reader_takes_the_paper_of_a_region_home(look: Looker) -> None:
    page = look.at("/register/")
    page.get_by_role("link", name="Regional summaries").click()
    look.closely("summaries")
    page.get_by_role("link", name="South West").click()
    expect(page.get_by_role("heading", name="Existing operational")).to_be_visible()
    expect(page.get_by_role("heading", name="in development")).to_be_visible()
    look.closely("summary")
    pdf = downloaded(page, "Download this paper as PDF").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in pdf


@pytest.mark.usefixtures("south_west")
def test_everything_reads_in_welsh(look: Looker) -> None:
    page = look.at("/register/?lang=cy")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    look.closely("register-cy")
    look.at(PLACE)
    expect(page.get_by_role("main")).to_contain_text("Nid oes unrhyw gorff wedi'i lofnodi")
    expect(page.get_by_role("main")).not_to_contain_text(re.compile(r"\bWithheld\b|Sources"))
    look.closely("register-agreement-cy")
    look.at("/register/matrix/")
    look.closely("matrix-cy")
    look.at("/register/summary/south-west/")
    look.closely("summary-cy")
    assert downloaded(page, "PDF").read_bytes().startswith(b"%PDF-")


@pytest.mark.usefixtures("south_west")
def test_it_all_works_without_javascript_on_a_small_screen(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(
        java_script_enabled=False,
        viewport=NARROW,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(live_server.url + "/")
    page.get_by_role("navigation").get_by_role("link", name="Register").click()
    search(page, "specialist operations")
    page.get_by_role("link", name=UNIT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(UNIT)
    page.goto(live_server.url + MAJOR_CRIME)
    page.get_by_role("link", name="Next change").click()
    expect(page.get_by_role("main").get_by_role("table").first).to_contain_text(
        "Gloucestershire"
    )
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    context.close()


@pytest.mark.usefixtures("south_west")
def test_it_all_works_by_keyboard_alone(look: Looker) -> None:
    page = look.at("/register/")
    tab_to(page, "Words")
    page.keyboard.type("specialist operations")
    enter(page)
    expect(page.get_by_role("link", name=UNIT)).to_be_visible()
    tab_to(page, UNIT)
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(UNIT)
    tab_to(page, "Who takes part, through time")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Who takes part in what")
    tab_to(page, "Download as CSV")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what bears the name, and is seen to be there."""
    for _ in range(150):
        page.keyboard.press("Tab")
        label, is_seen = page.evaluate(FOCUSED)
        if label == name:
            assert is_seen, f"{name} does not show that it has the focus"
            return
    raise AssertionError(f"{name} is not reached by Tab")
