"""A programme officer's month: a register comes in, an idea passes its test, a project is kept in time."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.boards import api as boards
from crossforce.boards.choices import Cycle
from crossforce.boards.tests import factories as governing
from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.programme.tests import factories
from crossforce.programme.tests.workbooks import workbook
from tests.journeys.looking import Looker, enter_date

__all__ = ["bodies", "few_bodies"]
HEADINGS = ("Reference", "Title", "Stage", "Function", "Forces", "Owner", "Entered on")
ROWS = [
    ("W-1", "Joint dog section", "idea", "dogs", "Wiltshire; Gloucestershire", "Head of operations", "2024-01-05"),
    ("W-2", "The joint dog section", "idea", "dogs", "Wiltshire", "", "2026-10-01"),
    ("W-3", "Shared custody", "idea", "=A1", "Wiltshire", "Head of custody", "2026-10-01"),
    ("W-4", "Range", "dreamt", "", "Narnia", "Head of training", "April 2024"),
]  # fmt: skip


def signed_in(look: Looker, cast: Cast) -> Player:
    factories.policy()
    player = cast.asha("programme-officer")
    look.demonstrating(player.account.username)
    return player


def sent(page: Page, path: Path, act: str) -> None:
    page.get_by_label("File").set_input_files(path)
    page.get_by_label(act).check()
    page.get_by_role("button", name="Send").click()


def test_a_register_is_brought_in_and_looked_through(
    look: Looker, cast: Cast, live_server: LiveServer, tmp_path: Path
) -> None:
    signed_in(look, cast)
    file = tmp_path / "register.xlsx"
    file.write_bytes(workbook([HEADINGS, *ROWS]))
    page, main = look.at("/programme/"), look.page.get_by_role("main")
    look.closely("programme-none")
    page.get_by_role("button", name="Bring a spreadsheet in").click()
    look.closely("programme-import")
    sent(page, file, "Only check it")
    expect(main).to_contain_text("Register!D4 holds a formula.")
    expect(main).to_contain_text("while a row is refused, nothing would come in")
    expect(main.get_by_role("row", name="W-1")).to_contain_text("New")
    look.closely("programme-import-checked")
    sent(page, file, "Bring in the rows that are sound")
    expect(main).to_contain_text("What it did")
    look.at("/programme/")
    expect(main.get_by_role("row", name="Joint dog section")).to_have_count(2)
    look.closely("programme-register")
    page.get_by_role("link", name="To be looked at").click()
    expect(main).to_contain_text("Head of operations")
    look.closely("programme-chase")
    page.get_by_role("link", name="Alike").click()
    expect(main).to_contain_text("both are of Dogs")
    look.closely("programme-alike")


@pytest.fixture
def agreement(bodies: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three forces share roads policing since April 2025."""
    monkeypatch.setattr(agreed, "BEGINS", date(2025, 4, 1))
    governing.agreement()
    governing.policy()


def entered(look: Looker) -> None:
    """An idea, with the evidence of one limb of its test."""
    page, main = look.at("/programme/entries/add/"), look.page.get_by_role("main")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter reference")
    look.closely("programme-entry-wrong")
    page.get_by_label("Reference").fill("W-1")
    page.get_by_label("Title").fill("Joint dog section")
    page.get_by_label("Function").select_option("dogs")
    page.get_by_label("Forces").fill("wiltshire; gloucestershire")
    page.get_by_label("Owner").fill("Head of operations")
    page.get_by_label("Threat or risk that it is about").fill("Disorder at night")
    page.get_by_label("Evidence of better capability").fill("Demand against duty, 2025")
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Passed: better capability or capacity")


def made_a_project(look: Looker) -> None:
    """The project of an entry, with its business case in outline."""
    page = look.page
    page.get_by_role("button", name="Add a project").click()
    page.get_by_label("Code", exact=True).fill("dogs")
    page.get_by_label("Title").fill("One dog section")
    page.get_by_label("Agreement", exact=True).fill(agreed.REFERENCE)
    page.get_by_label("Purpose").fill("One section for two forces")
    page.get_by_label("Benefit to the public").fill("A dog is there sooner")
    page.get_by_label("Strategic case").select_option("Full")
    for case in ("Economic", "Commercial", "Financial", "Management"):
        page.get_by_label(f"{case} case").select_option("Outline")
    look.closely("programme-project-add")
    page.get_by_role("button", name="Save").click()


def belonging(player: Player, look: Looker) -> None:
    """A milestone by hand that is late, and what hangs on it."""
    page, today = look.page, civil.day_of(clock.now())
    page.get_by_role("link", name="A milestone", exact=True).click()
    page.get_by_label("Project").fill("dogs")
    page.get_by_label("Title").fill("Kennels found")
    page.get_by_label("Reference", exact=True).fill("M1")
    enter_date(page, "Due on", today - timedelta(days=5))
    page.get_by_label("A duty from common law or statute").check()
    page.get_by_role("button", name="Add").click()
    own, due = factories.own, today + timedelta(days=20)
    start = today - timedelta(days=1)
    factories.milestone(player.actor, "M2", 0, due_on=due, begins_on=start, after="M1")
    danger = {
        "title": "Nobody trains the dogs",
        "category": "safety",
        "likelihood": 4,
        "impact": 4,
    }
    own(player.actor, "programme.risk", **danger)
    phase = {"number": 1, "function": "dogs", "force": "wiltshire", "to_settle": "Terms"}
    later = today + timedelta(days=60)
    own(player.actor, "programme.phase", title="Wiltshire", planned_on=later, **phase)


def given_to_its_board(player: Player, look: Looker) -> None:
    """The pack of the next meeting of the board that governs the project's agreement, as a page and drawn."""
    at, main = clock.now(), look.page.get_by_role("main")
    new = boards.NewBoard("Roads policing board", "roads", agreed.REFERENCE, cycle=Cycle.WEEKLY)
    board = boards.set_up(actor=player.actor, new=new, at=at)
    boards.plan_meetings(actor=player.actor, board=board, months=1, at=at)
    page = look.at("/programme/dashboard/")
    page.get_by_role("link", name=re.compile("^Roads policing board, ")).first.click()
    expect(main.get_by_role("heading", name="One dog section")).to_be_visible()
    expect(main).to_contain_text("Kennels found")
    expect(page.get_by_role("button", name="Make the PDF")).to_be_visible()
    look.closely("programme-pack")
    page.get_by_role("button", name="Make the PDF").click()
    expect(main.get_by_role("heading", name="The pack is")).to_be_visible()
    expect(main.get_by_role("link", name="Download the pack")).to_be_visible(timeout=30_000)


def test_an_idea_passes_its_test_becomes_a_project_and_comes_before_its_board(
    look: Looker, cast: Cast, live_server: LiveServer, agreement: None
) -> None:
    player = signed_in(look, cast)
    entered(look)
    page, main = look.page, look.page.get_by_role("main")
    page.get_by_role("button", name="It is still right").click()
    expect(page.get_by_text("somebody has looked at it today")).to_be_visible()
    look.closely("programme-entry")
    page.get_by_role("link", name="Take it to scoping").click()
    look.closely("programme-entry-move")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It is now at scoping.")).to_be_visible()
    made_a_project(look)
    page.get_by_role("link", name="Take it to business case").click()
    page.get_by_label("Decision").fill("Programme board, 3 November, item 4")
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("the economic case is outline, and OBC needs it full")
    belonging(player, look)
    look.at("/programme/projects/")
    row = main.get_by_role("row", name="One dog section")
    expect(row).to_contain_text("2 milestones are amber")
    look.closely("programme-projects")
    page.get_by_role("link", name="One dog section").click()
    expect(main).to_contain_text("Because of M1.")
    look.closely("programme-project")
    look.on_paper("programme-project")
    given_to_its_board(player, look)


def test_a_contribution_is_reviewed_and_decided(
    look: Looker, cast: Cast, live_server: LiveServer
) -> None:
    signed_in(look, cast)
    page, main = look.at("/programme/reviews/"), look.page.get_by_role("main")
    page.get_by_role("button", name="Plan a review").click()
    page.get_by_label("Title").fill("Regional intelligence unit")
    page.get_by_label("Force").select_option("wiltshire")
    page.get_by_label("Share of the cost").fill("100,000")
    page.get_by_label("Value used").fill("60,000")
    page.get_by_label("How the value was worked out").fill("Packages used times their cost")
    page.get_by_label("Benefits that are not money").fill("Resilience")
    page.get_by_label("Proposal").select_option("Vary")
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Vary: 0.60 of value is used for each pound of the share")
    for way in ("Take it to gathering", "Take it to proposed"):
        page.get_by_role("link", name=way).click()
        page.get_by_role("button", name="Save").click()
    look.closely("programme-review")
    page.get_by_role("link", name="Decide it").click()
    look.closely("programme-review-decide")
    page.get_by_label("Vary it").check()
    page.get_by_label("Decision").fill("Oversight board, 9 December, item 2")
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Oversight board, 9 December, item 2")
    look.at("/programme/reviews/")
    look.closely("programme-reviews")
