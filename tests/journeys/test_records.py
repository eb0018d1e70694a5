"""Records across forces: written here, worked on there, found elsewhere, corrected, held, taken out."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests import factories
from tests.journeys.looking import Looker

NOTE = "/records/records.note/"
SUBJECT = "Operation Heron: a grey inflatable"


def signed_in(look: Looker, username: str, path: str = "/records/") -> Page:
    look.demonstrating(username)
    return look.at(path)


def test_a_note_is_added_changed_linked_and_held(look: Looker, cast: Cast) -> None:
    factories.policy()
    other = factories.note(subject="Fuel can on the towpath")
    page = signed_in(look, cast.asha("investigator").account.username, NOTE)
    page.get_by_role("link", name="Add a note").click()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("policing purpose")
    look.closely("records-add-wrong")
    page.get_by_label("Subject").fill(SUBJECT)
    page.get_by_label("Note", exact=True).fill("Seen twice below lock 31.")
    page.get_by_label("Preventing offences").check()
    page.get_by_label("Marking", exact=True).select_option("OFFICIAL-SENSITIVE")
    page.get_by_label("Collection").fill("case:op-heron")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    look.closely("records-show")
    page.get_by_role("link", name="Marking and place").click()
    page.get_by_label("Marking", exact=True).select_option("OFFICIAL")
    page.get_by_label("Collection").fill("op heron")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter why the marking is lowered")
    expect(page.get_by_role("alert")).to_contain_text("for example case:op-heron")
    look.closely("records-move-wrong")
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("link", name="Change it").click()
    page.get_by_label("Note", exact=True).fill("Seen three times below lock 31.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Link to another record").click()
    page.get_by_label("Words of the other record").fill("towpath")
    page.get_by_role("button", name="Find").click()
    look.closely("records-link")
    page.get_by_label("This record").select_option("supports")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_role("row", name=other.subject)).to_contain_text("supports")
    page.get_by_role("link", name="Hold", exact=False).first.click()
    page.get_by_label("Reason").fill("A live inquest")
    page.get_by_role("button", name="Hold", exact=True).click()
    expect(page.get_by_text("It is held: A live inquest")).to_be_visible()
    expect(page.get_by_role("link", name="Dispose of it")).to_have_count(0)
    look.at(f"{page.url.removeprefix(look.address)}dispose/")
    expect(page.get_by_text("Not yet. It is held: A live inquest")).to_be_visible()
    look.closely("records-not-yet")
    look.at(NOTE)
    page.get_by_role("link", name=SUBJECT).click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("row", name="three times")).to_contain_text("Seen twice")
    look.closely("records-history")


def test_a_partner_reads_proposes_and_is_told_and_a_stranger_finds_nothing(
    live_server: LiveServer, new_page: Callable[[], Page], cast: Cast
) -> None:
    factories.policy()
    factories.policy("shared", recipient=factories.PARTNER, actions=("find", "read"))
    note = factories.note(subject=SUBJECT, body="Seen twice.")
    address = live_server.url
    players = [cast.asha, cast.bryn, cast.cole]
    asha, bryn, cole = (Looker(new_page(), address) for _ in players)
    for look, player in zip((asha, bryn, cole), players, strict=True):
        look.demonstrating(player("investigator").account.username)
    page = bryn.at("/records/?q=inflatable")
    bryn.closely("records-search")
    page.get_by_role("link", name=SUBJECT).click()
    page.get_by_role("link", name="Propose a correction").click()
    page.get_by_label("Note", exact=True).fill("Seen three times.")
    page.get_by_label("Why it should be corrected").fill("A third sighting on Tuesday.")
    page.get_by_role("button", name="Propose").click()
    page = asha.at("/records/proposals/")
    page.get_by_role("table").first.get_by_role("link").first.click()
    asha.closely("records-proposal")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Seen three times.").first).to_be_visible()
    page = bryn.at("/records/proposals/")
    expect(page.get_by_role("row", name="Gloucestershire")).to_contain_text("Accepted")
    bryn.closely("records-proposals")
    page = cole.at(f"{NOTE}{note.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("not found")
    page = cole.at(NOTE)
    page.get_by_role("link", name="Why can I not see any?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why can I not see this?")
    page = cole.at("/records/?q=inflatable")
    expect(page.get_by_text("Nothing that you may see matches")).to_be_visible()


def test_who_may_only_find_sees_the_pointer(look: Looker, cast: Cast) -> None:
    factories.policy()
    factories.policy("find", recipient=factories.PARTNER, actions=("find",))
    factories.note(subject=SUBJECT)
    page = signed_in(look, cast.bryn("investigator").account.username, "/records/?q=inflatable")
    page.get_by_role("link", name=SUBJECT).click()
    expect(page.get_by_text("decides who else may read it")).to_be_visible()
    look.closely("records-pointer")


def test_a_record_is_disclosed_and_disposed_of(look: Looker, cast: Cast) -> None:
    factories.policy()
    due = factories.AT.date().replace(year=2025)
    note = factories.note(subject=SUBJECT, review_due=due, marking="OFFICIAL-SENSITIVE")
    user = cast.asha("investigator").account.username
    page = signed_in(look, user, f"{NOTE}{note.pk}/")
    page.get_by_role("link", name="Disclose").click()
    page.get_by_label("Recipient").fill("The coroner")
    look.closely("records-disclose")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Disclose").click()
    assert taken.value.suggested_filename.startswith("OFFICIAL-SENSITIVE-records.note")
    look.at(f"{NOTE}{note.pk}/dispose/")
    look.closely("records-dispose")
    page.get_by_label("Reason").fill("No longer necessary")
    page.get_by_role("button", name="Dispose of it").click()
    expect(page.get_by_text("The record is disposed of")).to_be_visible()
    look.closely("records-list")
