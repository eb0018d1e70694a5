"""A performance report: the programme officer publishes it, and a member of the public reads it."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.finance.tests import factories as finance
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.programme.tests import reporting
from tests.journeys.looking import Looker

__all__ = ["bodies", "few_bodies"]
CODE = "joint-roads-2027-28"


def signed_in(look: Looker, player: Player) -> None:
    session = player.client.cookies[settings.SESSION_COOKIE_NAME]
    look.page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": look.address}]
    )


@pytest.fixture
def officer(look: Looker, bodies: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Player:
    """Wiltshire's programme officer: three forces share roads policing, its money, a project, a saving."""
    monkeypatch.setattr(agreed, "BEGINS", date(2026, 4, 1))
    reporting.agreement()
    reporting.policy()
    player = cast.asha("programme-officer")
    reporting.project(player.actor)
    reporting.milestone(player.actor)
    reporting.benefit(player.actor)
    budget = finance.opened(player.actor)
    some = [finance.line(pence) for pence in (12_000_000, 14_500_000, 9_900_000)]
    finance.posted(player.actor, budget, *some)
    signed_in(look, player)
    return player


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def begun(look: Looker) -> Page:
    page = look.at("/programme/reports/")
    look.closely("report-none")
    press(page, "Begin a report")
    page.get_by_label("Code", exact=True).fill(CODE)
    page.get_by_label("Title", exact=True).fill("Joint roads policing: how it goes")
    page.get_by_label("Title, in Welsh").fill("Plismona ffyrdd ar y cyd: sut mae'n mynd")
    page.get_by_label("Agreement").select_option(label="Joint roads policing")
    page.get_by_label("Financial year").fill(str(reporting.YEAR))
    page.get_by_label("What it is for", exact=True).fill(
        "Three forces police their roads together, so that help comes sooner."
    )
    page.get_by_label("What it is for, in Welsh").fill(
        "Mae tri heddlu'n plismona eu ffyrdd gyda'i gilydd, fel y daw cymorth yn gynt."
    )
    page.get_by_label("What comes next", exact=True).fill("Ask PC Smith.")
    page.get_by_label("About these figures", exact=True).fill("All sums are synthetic.")
    look.closely("report-begin")
    press(page, "Save")
    return page


def published(look: Looker) -> None:
    page = begun(look)
    expect(page.get_by_role("main")).to_contain_text("may name a person: PC Smith")
    press(page, "Change it")
    page.get_by_label("What comes next", exact=True).fill("The radios of all three are joined.")
    press(page, "Save")
    press(page, "Draw the figures")
    expect(page.get_by_role("row", name="New radios")).to_contain_text("Marked above OFFICIAL")
    look.closely("report-drawn")
    press(page, "Mark yours OFFICIAL and draw anew")
    page.get_by_label("Why they may be public").fill("The board wants them known")
    look.closely("report-lower")
    press(page, "Mark them OFFICIAL")
    press(page, "Mark yours OFFICIAL and draw anew")  # the steps of a project that is named now
    page.get_by_label("Why they may be public").fill("The board wants them known")
    press(page, "Mark them OFFICIAL")
    expect(page.get_by_role("heading", name="What stays out of it")).to_have_count(0)
    look.closely("report-lowered")
    press(page, "Publish it")
    press(page, "Publish")
    expect(page.get_by_role("alert")).to_contain_text("Read it first")
    look.closely("report-publish")
    page.get_by_label("Decision").fill("Roads board, 3 November 2026, item 4")
    page.get_by_label("I have read it").check()
    press(page, "Publish")
    look.closely("report-published")


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as downloading:
        page.get_by_role("link", name=link).click()
    return Path(downloading.value.path()).read_bytes()


def test_a_report_is_published_and_read_in_both_languages(
    officer: Player, look: Looker
) -> None:
    published(look)
    page = look.page
    page.context.clear_cookies()
    look.at(f"/register/{reporting.REFERENCE}/")
    page.get_by_role("link", name="Joint roads policing: how it goes").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("£364,000")
    expect(main).to_contain_text("Programme officer, Wiltshire")
    expect(main).not_to_contain_text(officer.actor.name)
    look.closely("report-public")
    look.on_paper("report-public")
    pdf = downloaded(page, "Download this report as PDF")
    assert b"/StructTreeRoot" in pdf
    rows = list(
        csv.reader(downloaded(page, "Its figures as CSV").decode("utf-8-sig").splitlines())
    )
    assert ["joint-roads", "spent", "Roads policing, 2027/28", "", "pence", "36400000"] in rows
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Plismona ffyrdd ar y cyd: sut mae'n mynd"
    )
    expect(main).to_contain_text("Mae tri heddlu'n plismona eu ffyrdd")
    expect(main).to_contain_text("yn Saesneg yn unig")
    look.closely("report-public-cy")
    assert downloaded(page, "Lawrlwytho'r adroddiad hwn fel PDF").startswith(b"%PDF-")
    look.at("/register/reports/")
    look.closely("reports-public-cy")


def test_a_report_is_corrected_and_withdrawn(officer: Player, look: Looker) -> None:
    key = reporting.published(officer.actor)
    page = look.at(f"/programme/reports/{key}/")
    press(page, "Begin a correction")
    press(page, "Draw the figures")
    press(page, "Publish it")
    page.get_by_label("Reason, where no board decided").fill("A sum was wrong")
    page.get_by_label("I have read it").check()
    press(page, "Publish")
    look.at(f"/register/reports/{reporting.CODE}/1/")
    expect(page.get_by_role("main")).to_contain_text("A later version stands in its place.")
    look.closely("report-replaced")
    page = look.at(f"/programme/reports/{key}/")
    press(page, "Withdraw it")
    page.get_by_label("Why it is withdrawn").fill("The sums of one force were wrong.")
    look.closely("report-withdraw")
    press(page, "Withdraw")
    look.at(f"/register/reports/{reporting.CODE}/1/")
    expect(page.get_by_role("main")).to_contain_text("The sums of one force were wrong.")
    expect(page.get_by_role("main")).not_to_contain_text("What it costs")
    look.closely("report-withdrawn")
