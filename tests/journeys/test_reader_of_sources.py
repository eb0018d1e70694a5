"""A member of the public reads what a source states, what of it is doubted, and where it is held."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.journeys.looking import NARROW, Looker


@pytest.mark.usefixtures("south_west")
def test_a_reader_follows_a_statement_to_its_clause(look: Looker) -> None:
    page = look.at("/register/")
    page.get_by_role("link", name="Source documents").click()
    look.closely("sources")
    page.get_by_role("link", name="003: South West Police Collaboration Programme").click()
    look.closely("source")
    row = page.locator("#D06")
    expect(row).to_contain_text("Arrangement")
    row.get_by_role("link", name=re.compile("clause 2")).click()
    expect(page).to_have_url(re.compile(r"/register/sw-major-crime/#clause-2$"))
    expect(page.locator("#clause-2")).to_be_visible()


@pytest.mark.usefixtures("south_west")
def test_what_is_doubted_is_a_query_and_no_fact(look: Looker) -> None:
    page = look.at("/register/sources/000/")
    query = page.locator("#query-A10-billion")
    expect(query).to_contain_text("£6.2billion")
    expect(query).to_contain_text("Likely reading")
    facts = page.locator("#A10")
    expect(facts).not_to_contain_text("country-wide savings plan")
    expect(facts).to_contain_text("£52m")
    asked = facts.locator('a[href="#query-A10-billion"]')
    expect(asked).to_contain_text(query.get_by_role("heading").inner_text())
    asked.click()
    expect(page).to_have_url(re.compile("#query-A10-billion$"))
    with page.expect_download() as downloading:
        page.get_by_role("link", name="This page as JSON").click()
    told = json.loads(Path(downloading.value.path()).read_text("utf-8"))
    assert told["number"] == "000"


@pytest.mark.usefixtures("south_west")
def test_it_reads_in_welsh_without_javascript_on_a_small_screen(
    browser: Browser, live_server: LiveServer, look: Looker
) -> None:
    look.at("/register/sources/002/?lang=cy")
    look.closely("source-cy")
    context = browser.new_context(
        java_script_enabled=False,
        viewport=NARROW,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/register/sources/002/?lang=cy")
    expect(page.get_by_role("heading", name="Ymholiadau, nid ffeithiau")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    context.close()
