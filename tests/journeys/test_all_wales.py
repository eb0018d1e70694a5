"""The all-Wales rule: three forces, their own bodies; a fourth opts in from a day, and out again.

By variation and notice, signed by each for itself; on the very day the board, its papers, its
project and its targets move, and move back.
"""

import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from rich.progress import Progress

from crossforce.agreements import models, operations
from crossforce.agreements.choices import View
from crossforce.benefits import api as benefits
from crossforce.benefits.choices import Adds, BenefitClass, Better, Span, Status
from crossforce.boards import api as boards
from crossforce.boards.choices import Cycle
from crossforce.boards.rules.days import WorkingDays
from crossforce.kernel import civil, clock
from crossforce.kernel.testing.standing import Standing
from crossforce.kernel.web.dates import day
from crossforce.world import operations as world
from crossforce.world.operations import programme
from tests.journeys import stories
from tests.journeys.looking import Looker, enter_date

REFERENCE, OFFICER = "wales-laboratory-couriers", "programme-wales"
PLACE = f"/agreements/{REFERENCE}/"
FORCES = ("dyfed-powys", "gwent", "south-wales")
FOURTH = "north-wales"
OWN, GROUP = "Policing bodies of the laboratory couriers", "All Wales Policing Group"
CODES = ("wales-laboratory-couriers-board", "all-wales-policing-group")
TARGET = "Days from scene to laboratory"
PAPER, PROJECT = "A second van", "One courier for all laboratories"
COMMISSIONER = "Police and Crime Commissioner for"
WHY = "One round for the whole of Wales."
LINE = 'forces = ["dyfed-powys", "gwent", "south-wales"]\n'
ASKED = '[[party]]\norganisation = "{0}-{1}"\ncapacity = "{2}"\nfrom = {3}\n\n'


@pytest.fixture
def wales(live_server: LiveServer, worlds: Standing) -> None:
    """The demonstration with every collaboration of Wales, its boards, projects and targets."""
    worlds.stand("wales", load_wales)


def load_wales() -> None:
    """As `serve` loads it, with the two boards; what is kept for other regions stays out."""
    stories.load_world("wales", "internal")
    at = clock.now()
    with Progress(disable=True) as progress:
        world.load_accounts(progress, at=at)
        programme.load_programmes(progress, at=at)
    rows = {row["code"]: row for row in programme.content("boards")["board"]}
    for code in CODES:
        kept = {name: rows[code][name] for name in ("title", "code", "agreement")}
        new = boards.NewBoard(**kept, cycle=Cycle.AS_NEEDED)
        boards.set_up(actor=stories.as_account(OFFICER), new=new, at=at)
    target(civil.day_of(at))


def target(today: date) -> None:
    """A benefit of the couriers that is planned: its first target begins before the fourth opts in."""
    month = today.replace(day=1)
    spans = [
        Span(civil.add_months(month, at), civil.add_months(month, at + 12)) for at in (-12, 1)
    ]
    promise = benefits.Promise(
        benefits.Measure("Median days", "days", Better.LOWER, Adds.LEVEL),
        benefits.Baseline(Fraction(4), spans[0], "Median of the exhibits of a year."),
        (benefits.Target(spans[1], Fraction(2)),),
    )
    new = benefits.NewBenefit(
        reference="courier-days",
        title=TARGET,
        benefit_class=BenefitClass.QUANTIFIABLE,
        promise=promise,
        agreement=REFERENCE,
        function="exhibit-transport",
        description="One courier for all laboratories.",
        owner="Head of scientific support",
        beneficiaries=FORCES,
    )
    actor = stories.as_account(OFFICER)
    key = benefits.add_benefit(actor=actor, new=new, at=clock.now())
    benefits.move_benefit(
        actor=actor, benefit=key, version=1, to=Status.PLANNED, reason="", at=clock.now()
    )


class Calendar:
    """The day that the pages take it to be; whoever signed in stays signed in."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        self.real = clock.now()

    def is_now(self, on: date) -> None:
        """From now on the pages take it to be noon of that day."""
        moved = SimpleNamespace(now=lambda: civil.instant(on) + timedelta(hours=12))
        for name, module in list(sys.modules.items()):
            if re.match(r"crossforce\.\w+\.views(\.|$)", name) and hasattr(module, "clock"):
                self.patch.setattr(module, "clock", moved)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(monkeypatch)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def document(page: Page, change: Callable[[str], str]) -> None:
    box = page.get_by_label("The agreement, as TOML")
    box.fill(change(box.input_value()))
    press(page, "Save and check")


def takes_part(text: str, joins: date) -> str:
    more = f'\n[[function.participation]]\nforces = ["{FOURTH}"]\nfrom = {joins}\n'
    assert LINE in text
    return text.replace(LINE, LINE + more, 1)


def becomes_party(text: str, joins: date) -> str:
    both = ("chief-constable", "chief-officer"), ("pcc", "policing-body")
    asked = "".join(ASKED.format(office, FOURTH, what, joins) for office, what in both)
    return text.replace("[[function]]", f"{asked}[[function]]", 1)


def varied(look: Looker, joins: date) -> None:
    """The programme officer drafts it, is told what is missing, reads what it would change, and proposes it."""
    page, main = look.at(PLACE), look.page.get_by_role("main")
    page.get_by_role("link", name="Draft the next version").click()
    press(page, "Begin a draft of the next version")
    document(page, partial(takes_part, joins=joins))
    expect(main).to_contain_text(
        f"its chief officer is not party from {day(joins)}. Add Chief Constable"
    )
    look.closely("wales-draft-wrong")
    document(page, partial(becomes_party, joins=joins))
    expect(main).to_contain_text("Check finds no error")
    page.get_by_role("link", name="Preview: what it would change").click()
    expect(main).to_contain_text(f"joins Transport of exhibits, from {day(joins)}")
    moves = re.compile(rf"Governance of .* moves from .* jointly to {GROUP}, from {day(joins)}")
    expect(main).to_contain_text(moves)
    look.closely("wales-preview")
    page.get_by_role("link", name="Back to the draft").click()
    page.get_by_role("link", name="Propose it to its parties").click()
    press(page, "Propose it to its parties")


def signs(look: Looker) -> None:
    """One party finds the proposal on its desk, says what it thinks, and signs for itself."""
    page = look.at("/agreements/")
    expect(page.get_by_role("main")).to_contain_text("Version 2: consider it")
    look.at(PLACE)
    page.get_by_role("link", name="Record your organisation's view").click()
    page.get_by_label("It is in the interests of efficiency or effectiveness").check()
    for name in ("Why", "Existing agreements", "A consistent approach", "Opportunities"):
        page.get_by_label(name, exact=True).fill(WHY)
    press(page, "Record the view")
    page.get_by_role("link", name="Sign", exact=True).click()
    expect(page.get_by_role("main")).not_to_contain_text("on paper")
    page.get_by_label("I sign this version").check()
    press(page, "Sign")


def signed(*accounts: str) -> None:
    """The others have done the same."""
    for account in accounts:
        actor = stories.as_account(account)
        row = models.VersionParty.objects.get(
            organisation=actor.organisation,
            party_of__agreement__reference=REFERENCE,
            party_of__number=2,
        )
        mine: dict[str, Any] = {
            "reference": REFERENCE,
            "number": 2,
            "organisation": row.organisation,
        }
        considered = operations.Consideration(View.IN_INTEREST, *[WHY] * 4)
        operations.consider(
            actor=actor, consideration=considered, version=row.version, at=clock.now(), **mine
        )
        operations.sign(actor=actor, at=clock.now(), **mine)


def paper_out(look: Looker, due: date) -> None:
    page = look.at("/boards/papers/")
    press(page, "Write a paper")
    page.get_by_label("Title").fill(PAPER)
    page.get_by_label("Agreement").select_option(
        label="One courier for all laboratories in Wales"
    )
    page.get_by_label("What is asked for, and why").fill("One is not enough for four forces.")
    enter_date(page, "Due by", due)
    press(page, "Save")
    press(page, "Send it out")
    expect(page.get_by_text("Before whom it comes").first).to_be_visible()


def board(look: Looker, name: str) -> Page:
    page = look.at("/boards/")
    page.get_by_role("link", name=re.compile(f"^{name}")).click()
    return page


def foretold(look: Looker, on: date, back: date | None = None) -> None:
    """Before anything moves, both boards, the paper and the project tell the day."""
    page = board(look, OWN)
    row = page.get_by_role("table", name="What changes").get_by_role("row")
    expect(row.filter(has_text=day(on))).to_contain_text(GROUP)
    if back:
        expect(row.filter(has_text=day(back))).to_contain_text("This board")
    look.closely("wales-board-ahead")
    page = board(look, GROUP)
    row = page.get_by_role("table", name="What changes").get_by_role("row")
    expect(row.filter(has_text=day(on))).to_contain_text("This board")
    look.at("/boards/papers/")
    page.get_by_role("link", name=PAPER).click()
    row = page.get_by_role("table", name="Before whom it comes").get_by_role("row")
    expect(row.filter(has_text="Today")).to_contain_text(f"{COMMISSIONER} Gwent")
    expect(row.filter(has_text=day(on))).to_contain_text(GROUP)
    look.closely("wales-paper-ahead")


def governed_by(look: Looker, name: str, other: str, shot: str) -> None:
    """Today the one board has the agreement, its project and its paper, and the other has none of them."""
    page, main = board(look, name), look.page.get_by_role("main")
    governs = page.get_by_role("table", name="What it governs today")
    expect(governs).to_contain_text("One courier for all laboratories in Wales")
    if shot == "day":
        look.closely("wales-day-board")
    page = board(look, other)
    expect(main).not_to_contain_text(re.compile(r"What it governs today\s+Agreement.*courier"))
    look.at("/programme/projects/")
    page.get_by_role("link", name=PROJECT).click()
    today = page.get_by_role("listitem").filter(
        has_text=re.compile("^Today, Transport of exhibits")
    )
    expect(today).to_contain_text(GROUP if name == GROUP else f"{COMMISSIONER} Gwent")
    if shot == "day":
        look.closely("wales-day-project")


def agenda(look: Looker, name: str, on: date, has: bool) -> None:
    """Whether the agenda of the board's first meeting from that day has the paper and the targets."""
    page, main = board(look, name), look.page.get_by_role("main")
    page.get_by_role("link", name=day(on), exact=True).click()
    expect(main.get_by_role("link", name=PAPER)).to_have_count(1 if has else 0)
    expect(main.get_by_text(TARGET)).to_have_count(1 if has else 0)
    look.closely(f"wales-agenda-{'with' if has else 'without'}")
    if not has:
        expect(main).to_contain_text("nobody sits")


def meeting_on(look: Looker, name: str, on: date) -> date:
    """The secretary adds a meeting on a working day of the board's choice."""
    while not WorkingDays().works(on):
        on += timedelta(days=1)
    page = board(look, name)
    press(page, "Add a meeting")
    enter_date(page, "Day", on)
    press(page, "Save")
    return on


def leaves(chief: Looker, body: Looker) -> None:
    """Both parties of the fourth force give notice; the second finds on its desk that it waits."""
    page = chief.at(PLACE)
    page.get_by_role("link", name="Give notice to leave").click()
    page.get_by_label("Why").fill("Our exhibits go to the north west again.")
    press(page, "Give notice")
    page = body.at("/agreements/")
    expect(page.get_by_role("main")).to_contain_text("Notice to leave: join it")
    body.closely("wales-notice-waits")
    body.at(PLACE)
    page.get_by_role("link", name="Join the notice").click()
    press(page, "Join the notice for your organisation")
    expect(page.get_by_role("main")).to_contain_text("Its last day is")


def test_the_fourth_opts_in_from_a_day_and_out_again(
    wales: None, signed_in: Callable[[str], Looker], calendar: Calendar
) -> None:
    today = civil.day_of(clock.now())
    joins = today + timedelta(days=32)  # in the month after the next begins, whatever day it is
    officer = signed_in(OFFICER)
    paper_out(officer, joins)
    governed_by(officer, OWN, GROUP, "before")
    varied(officer, joins)
    chief, body = signed_in(f"chief-{FOURTH}"), signed_in(f"pcc-{FOURTH}")
    signed(*(f"{office}-{force}" for force in FORCES for office in ("chief", "pcc")))
    signs(chief)
    signs(body)
    expect(body.page.get_by_role("main")).to_contain_text("In force (demonstration)")
    foretold(officer, joins)
    calendar.is_now(joins - timedelta(days=1))
    governed_by(officer, OWN, GROUP, "eve")
    calendar.is_now(joins)
    governed_by(officer, GROUP, OWN, "day")
    met = meeting_on(officer, GROUP, joins + timedelta(days=3))
    agenda(officer, GROUP, met, has=True)
    agenda(officer, OWN, meeting_on(officer, OWN, met), has=False)
    agenda(body, GROUP, met, has=True)
    leaves(chief, body)
    back = civil.next_day(civil.add_months(joins, 3))
    calendar.is_now(back - timedelta(days=1))
    governed_by(officer, GROUP, OWN, "last")
    calendar.is_now(back)
    governed_by(officer, OWN, GROUP, "after")
    agenda(officer, OWN, meeting_on(officer, OWN, back), has=True)
