"""The board secretary's meeting: board, paper, who is there, the vote, minutes; and a board that moves."""

from datetime import date
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.boards.tests import factories, welsh
from crossforce.boards.tests.conftest import evening
from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast, Member, Player
from crossforce.organisations.tests.shipped import shipped_directory
from crossforce.people.tests.cast import made
from tests.journeys.looking import Looker, enter_date

__all__ = ["bodies", "evening", "few_bodies", "shipped_directory"]


def signed_in(look: Looker, player: Player) -> Looker:
    session = player.client.cookies[settings.SESSION_COOKIE_NAME]
    look.page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": look.address}]
    )
    return look


@pytest.fixture
def secretary(
    look: Looker, bodies: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> Looker:
    """Wiltshire's programme officer; three forces share roads policing since April 2025."""
    monkeypatch.setattr(agreed, "BEGINS", date(2025, 4, 1))
    factories.agreement()
    factories.policy()
    return signed_in(look, cast.asha("programme-officer"))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def board_today(page: Page, look: Looker) -> None:
    look.at("/boards/")
    press(page, "Set up a board")
    page.get_by_label("Name of the board").fill("Roads policing board")
    page.get_by_label("Code", exact=True).fill("joint-roads-board")
    page.get_by_label("Agreement that it governs").select_option(label="Joint roads policing")
    page.get_by_label("Meets").select_option(label="Each month")
    alone = page.get_by_label("What a seat may decide alone when it cannot wait")
    alone.fill("policing-body:wiltshire 500 spending")
    look.closely("boards-set-up")
    press(page, "Save")
    expect(
        page.get_by_text("Police and Crime Commissioner for Wiltshire").first
    ).to_be_visible()
    press(page, "Plan the next twelve months")
    expect(page.get_by_text("until then all stays as it is")).to_be_visible()
    expect(page.get_by_text("for Wiltshire: spending, up to £500")).to_be_visible()
    look.closely("boards-board")


def paper_out(page: Page, look: Looker) -> None:
    look.at("/boards/papers/")
    press(page, "Write a paper")
    page.get_by_label("Title").fill("New radios")
    page.get_by_label("Agreement").select_option(label="Joint roads policing")
    page.get_by_label("What is asked for, and why").fill("The old ones fail.")
    page.get_by_label("Kind of decision").select_option("spending")
    page.get_by_label("Value in pounds").fill("49000")
    enter_date(page, "Due by", civil.day_of(clock.now()))
    look.closely("boards-paper-write")
    press(page, "Save")
    press(page, "Send it out")
    expect(page.get_by_text("£49,000")).to_be_visible()
    look.closely("boards-paper")


def agreed_to(look: Looker, then: Player) -> None:
    """Each body answers for itself what is proposed as the board's own rules; the secretary lets it count."""
    page = look.page
    paper = page.url.removeprefix(look.address)
    for force in agreed.THREE:
        body = f"pcc-{force}"
        factories.answering(body)
        signed_in(look, made(Member("Seat Holder", body), "policing-body"))
        look.at("/")
        page.get_by_role("link", name="Own rules of boards that wait for your answer").click()
        page.get_by_role("link", name="Roads policing board").first.click()
        page.get_by_label("Yes, it agrees").check()
        look.closely("boards-agree")
        press(page, "Save")
        expect(page.get_by_text("Answered. You may change it")).to_be_visible()
    signed_in(look, then).at("/boards/")
    page.get_by_role("link", name="Roads policing board").click()
    press(page, "Let it count")
    expect(page.get_by_text("All have agreed")).to_be_visible()
    look.closely("boards-own-rules")
    look.at(paper)


def answered(look: Looker, then: Player) -> None:
    """Whoever holds the seat of Wiltshire's policing body answers on the paper's page; then the secretary goes on."""
    page = look.page
    paper = page.url.removeprefix(look.address)
    signed_in(look, made(Member("Seat Holder", "pcc-wiltshire"), "policing-body"))
    look.at(paper)
    press(page, "Answer for Roads policing board")
    page.get_by_label("For", exact=True).check()
    look.closely("boards-answer")
    press(page, "Save")
    expect(page.get_by_text("Answers of seats so far").first).to_be_visible()
    signed_in(look, then).at(paper)


def test_a_paper_is_decided_between_meetings_and_told_to_the_next(
    secretary: Looker, cast: Cast
) -> None:
    page = secretary.page
    board_today(page, secretary)
    paper_out(page, secretary)
    factories.document(factories.secretary())
    asha = cast.asha("programme-officer")
    agreed_to(secretary, asha)
    answered(secretary, asha)
    page.get_by_role("link", name="Roads policing board").click()
    expect(page.get_by_text("These seats answered themselves")).to_be_visible()
    page.get_by_label("In writing, by every seat").check()
    enter_date(page, "When the seats were asked", civil.day_of(clock.now()))
    for force in ("Avon and Somerset", "Gloucestershire"):
        seat(page, force).select_option("for")
    press(page, "Save")
    expect(page.get_by_text("say who answered in writing").first).to_be_visible()
    for force in ("Avon and Somerset", "Gloucestershire"):
        name = f"Police and Crime Commissioner for {force}"
        enter_date(page, f"Day of the answer: {name}", civil.day_of(clock.now()))
        document = page.get_by_label(f"Document of the answer: {name}")
        document.select_option(label="Answers to the paper")
    secretary.closely("boards-between")
    press(page, "Save")
    expect(page.get_by_text("Clause 20")).to_be_visible()
    expect(page.get_by_role("link", name="Answers to the paper")).to_have_count(2)
    expect(page.get_by_role("link", name="Answered here by themself")).to_have_count(1)
    secretary.closely("boards-decision")
    press(page, "Carry it out")
    expect(page.get_by_text("Noted as carried out.")).to_be_visible()
    secretary.at("/boards/")
    page.get_by_role("link", name="Roads policing board").click()
    page.get_by_role("row").filter(has_text="Planned").first.get_by_role("link").click()
    secretary.closely("boards-meeting")
    press_link(page, "Agenda as PDF")


@pytest.fixture
def held(secretary: Looker, evening: None) -> tuple[Looker, UUID]:
    """The evening of a meeting that has a paper before it."""
    officer = factories.secretary()
    meeting = factories.meeting(officer, factories.board(officer))
    factories.paper(officer, pence=4_900_000)
    return secretary, meeting


def seat(page: Page, force: str) -> Locator:
    return page.get_by_label(f"Police and Crime Commissioner for {force}", exact=True)


def test_a_meeting_takes_attendance_votes_decides_and_closes(
    held: tuple[Looker, UUID],
) -> None:
    look, meeting = held
    page = look.at(f"/boards/meetings/{meeting}/")
    expect(page.get_by_text("It takes 2 of 3 seats")).to_be_visible()
    press(page, "Record who is there")
    seat(page, "Gloucestershire").select_option(label="Present")
    look.closely("boards-attendance")
    press(page, "Save")
    expect(page.get_by_text("The quorum needs 2 seats and 1 can take part")).to_be_visible()
    look.closely("boards-meeting-without-quorum")
    press(page, "Record who is there")
    seat(page, "Wiltshire").select_option(label="By Deputy of the policing body")
    press(page, "Save")
    expect(page.get_by_text("Quorate", exact=True)).to_be_visible()
    press(page, "Record the vote")
    expect(page.get_by_text("Enough can take part in this item.")).to_be_visible()
    expect(seat(page, "Avon and Somerset")).to_have_count(0)
    for force in ("Gloucestershire", "Wiltshire"):
        seat(page, force).select_option("for")
    look.closely("boards-vote")
    press(page, "Record the vote")
    expect(page.get_by_text("3 must agree and 2 did")).to_be_visible()
    look.closely("boards-not-decided")
    page.get_by_role("link", name="The meeting").click()
    press(page, "Record who is there")
    seat(page, "Avon and Somerset").select_option(label="Present")
    press(page, "Save")
    press(page, "Record the vote")
    for force in ("Avon and Somerset", "Gloucestershire", "Wiltshire"):
        seat(page, force).select_option("for")
    press(page, "Record the vote")
    expect(page.get_by_text("3 for, 0 against, 0 abstained, of 3")).to_be_visible()
    page.get_by_role("link", name="The meeting").click()
    press(page, "Close the meeting")
    look.closely("boards-close")
    press(page, "Save")
    expect(page.get_by_text("Decided under clause 20").first).to_be_visible()
    look.closely("boards-meeting-held")


def press_link(page: Page, name: str) -> None:
    with page.expect_download() as found:
        page.get_by_role("link", name=name).click()
    assert found.value.suggested_filename.startswith("agenda-")


@pytest.fixture
def rhian(look: Looker, shipped_directory: None) -> tuple[Looker, dict[str, UUID]]:
    """South Wales keeps two boards; North Wales will take part from February to May 2027."""
    welsh.agreement()
    factories.policy(welsh.SOUTH)
    player = made(Member("Rhian Pugh", welsh.SOUTH), "programme-officer")
    keys: dict[str, UUID] = dict(zip(("own", "group"), welsh.boards(player.actor), strict=True))
    factories.paper(player.actor)
    for name in ("own", "group"):
        for month, on in (("january", date(2027, 1, 20)), ("february", date(2027, 2, 17)),
                          ("june", date(2027, 6, 16))):  # fmt: skip
            keys[f"{name}-{month}"] = factories.meeting(player.actor, keys[name], on)
    return signed_in(look, player), keys


def test_the_all_wales_board_has_the_papers_from_the_day_the_fourth_opts_in(
    rhian: tuple[Looker, dict[str, UUID]],
) -> None:
    look, keys = rhian
    for month, who in (("january", "own"), ("february", "group"), ("june", "own")):
        for name in ("own", "group"):
            page = look.at(f"/boards/meetings/{keys[f'{name}-{month}']}/")
            shown = page.get_by_role("link", name="New radios")
            expect(shown).to_have_count(1 if name == who else 0)
        look.closely(f"boards-wales-{month}")
