"""An investigator finds somebody as they are remembered, reads what may be read, and asks the holder for the rest."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import indexed
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.holding import statement
from tests.journeys.looking import Looker, enter_date

PNC = statement("identifier", type="pnc", number="2001/0012345A")


def test_an_investigator_searches_reads_and_asks(
    look: Looker, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexed, "folder", lambda: tmp_path)
    holding.own_policies()
    holding.shared("find")
    asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
    cast.asha("information-manager")  # who decides what is asked
    held = holding.person(asha.actor, "Jonathan", "Smyth", "1980-05-12", statements=[PNC])
    said = {"source": "custody 7", "confidence": "high", "as_of": "2025-03"}
    own = holding.person(
        bryn.actor,
        "John",
        "Smith",
        "1980-05-12",
        warnings=["weapons"],
        statements=[statement("warning", code="weapons") | said, PNC],
    )
    home = holding.place(bryn.actor, "3 High Street", latitude=51.86, longitude=-2.24)
    holding.tie(bryn.actor, own, home, "lives at", since="2020-01")
    indexing.turn()

    look.demonstrating(bryn.account.username)
    page = look.at("/")
    page.get_by_role("link", name="Find people").first.click()
    look.closely("nominals-search")
    box = page.get_by_label("A name and date of birth, a number, or an address")
    box.press_sequentially("john smi")
    expect(page.get_by_label("It may be one of these")).to_contain_text("SMITH, John")
    look.closely("nominals-typed")
    box.fill("jonathan smyth 12/5/1980")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(
        "1 found that you may read, 1 that you may only know of"
    )
    look.closely("nominals-found")
    page.get_by_role("link", name="SMITH, John").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("SMITH, John")
    expect(page.get_by_role("region", name="Warnings")).to_contain_text("Weapons")
    expect(page.get_by_role("row", name="custody 7")).to_contain_text("High")
    expect(page.get_by_role("row", name="3 High Street")).to_contain_text("Lives at")
    look.closely("nominals-person")
    page.get_by_role("link", name=f"for {held.number}").click()
    page.get_by_label("Read", exact=True).check()
    page.get_by_label("Why").fill("Somebody of the same PNC number is ours.")
    enter_date(page, "Last day", civil.day_of(clock.now()) + timedelta(days=3))
    page.get_by_role("button", name="Ask the holder").click()
    expect(page.get_by_role("main")).to_contain_text("it waits for the holder")
