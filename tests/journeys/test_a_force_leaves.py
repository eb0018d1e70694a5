"""A force gives notice and leaves: both its parties, the day, the money, the handover list."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from crossforce.kernel import civil, clock
from crossforce.kernel.web.dates import day
from tests.journeys import stories
from tests.journeys.looking import Looker, sent_twice

PLACE = f"/agreements/{stories.REFERENCE}/"
CHIEF, BODY = stories.PARTIES[2], stories.PARTIES[3]
KEEPERS = (
    "information-manager",
    "records-gloucestershire",
    "records-avon-and-somerset",
)
MATRIX = f"/register/matrix/?reference={stories.REFERENCE}"


def gives_notice(look: Looker) -> None:
    """The chief officer reads what leaving means, says why, and gives notice once."""
    page = look.at(PLACE)
    page.get_by_role("link", name="Give notice to leave").click()
    today = day(civil.day_of(clock.now()))
    expect(page.get_by_role("main")).to_contain_text(f"its last day would be {today}")
    expect(page.get_by_role("row", name="The leaver pays")).to_contain_text("£10,000")
    look.closely("leave")
    page.get_by_role("button", name="Give notice").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    look.closely("leave-wrong")
    page.get_by_label("Why").fill("Our roads are policed by our own officers again.")
    sent_twice(page, "Give notice")
    expect(page.get_by_role("main")).to_contain_text(
        "It waits for Police and Crime Commissioner"
    )
    expect(page.get_by_role("button", name=re.compile("^Join"))).to_have_count(0)
    look.closely("notice-given")


def joins(look: Looker) -> None:
    """The policing body finds the notice that waits for it, and joins it."""
    page = look.at(PLACE)
    page.get_by_role("link", name="Join the notice").click()
    look.closely("notice-to-join")
    sent_twice(page, "Join the notice for your organisation")
    expect(page.get_by_role("main")).to_contain_text("Its last day is")
    expect(page.get_by_role("row", name="The leaver pays")).to_contain_text("£10,000")
    look.closely("notice-complete")


def refused_a_second_time(look: Looker) -> None:
    """Notice is given once: the back button and a second try say so."""
    page = look.at(PLACE)
    expect(page.get_by_role("link", name="Give notice to leave")).to_have_count(0)
    look.at(PLACE + "leave/")
    page.get_by_label("Why").fill("Again.")
    page.get_by_role("button", name="Give notice").click()
    expect(page.get_by_role("main")).to_contain_text("Notice has been given already")
    look.closely("notice-twice")


def takes_part(page: Page, force: str) -> bool:
    """Whether the table of the matrix has a column for the force."""
    heads = page.get_by_role("columnheader").all_inner_texts()
    return any(force in " ".join(each.split()) for each in heads)


def hands_over(look: Looker) -> int:
    """Settle everything that the keeper's own force answers for."""
    page, settled = look.page, 0
    while (open_items := page.get_by_role("link", name=re.compile("^Settle"))).count():
        open_items.first.click()
        if not settled:
            page.get_by_role("button", name="Record it as settled").click()
            expect(page.get_by_role("alert")).to_contain_text("Say how it was settled")
            look.closely("handover-wrong")
        page.get_by_label("How was it settled?").fill("Given back, and checked by both.")
        page.get_by_role("button", name="Record it as settled").click()
        expect(page.get_by_role("table", name="Handover list")).to_be_visible()
        settled += 1
    return settled


def test_a_force_gives_notice_and_leaves(visit: Callable[[str], Looker]) -> None:
    stories.in_force(stories.leaving_at_once(stories.document()))
    chief = visit(CHIEF.account)
    gives_notice(chief)
    notice = chief.page.url.removeprefix(chief.address)
    joins(visit(BODY.account))
    refused_a_second_time(chief)
    today = civil.day_of(clock.now())
    page = chief.at(f"{MATRIX}&on={today}")
    assert takes_part(page, "Wiltshire")
    chief.at(f"{MATRIX}&on={civil.next_day(today)}")
    assert takes_part(page, "Gloucestershire")
    assert not takes_part(page, "Wiltshire")
    chief.closely("matrix-after-leaving")
    settled = 0
    for keeper in KEEPERS:
        look = visit(keeper)
        look.at(notice)
        settled += hands_over(look)
    table = look.page.get_by_role("table", name="Handover list")
    expect(table.get_by_role("rowheader")).to_have_count(settled)
    expect(table.get_by_text("Open", exact=True)).to_have_count(0)
    look.closely("handover-done")


def test_two_keepers_settle_an_item_once(visit: Callable[[str], Looker]) -> None:
    stories.in_force(stories.leaving_at_once(stories.document()))
    notice = stories.left(CHIEF, BODY)
    first, second = visit(KEEPERS[0]), visit(KEEPERS[0])
    for look in (first, second):
        look.at(f"{PLACE}notices/{notice.pk}/")
        look.page.get_by_role("link", name=re.compile("^Settle")).first.click()
        look.page.get_by_label("How was it settled?").fill("Given back.")
    for look in (first, second):
        look.page.get_by_role("button", name="Record it as settled").click()
    expect(first.page.get_by_role("table", name="Handover list")).to_be_visible()
    expect(second.page.get_by_role("heading", level=1)).to_contain_text("changed")
    second.closely("handover-stale")
