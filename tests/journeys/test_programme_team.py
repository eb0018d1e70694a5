"""The programme team drafts an agreement of three forces, mends it, previews and proposes it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from crossforce.kernel import civil, clock
from tests.journeys import stories
from tests.journeys.looking import Looker, enter_date, sent_twice


def begin(look: Looker) -> Page:
    """From the desk to a draft made of the starter."""
    page = look.at("/agreements/")
    look.closely("agreements-desk")
    page.get_by_role("button", name="Draft a new agreement").click()
    page.get_by_label("Reference").fill("SW Roads!")
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Use small letters")
    look.closely("draft-begin-wrong")
    page.get_by_label("Reference").fill(stories.REFERENCE)
    page.get_by_label("Title").fill("x" * 400)
    page.get_by_label("What is shared").fill("Roads policing")
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "A title has 120 characters at most; you wrote 400"
    )
    page.get_by_label("Title").fill(stories.TITLE)
    page.get_by_role("radio", name="A joint unit").check()
    for name in ("Gloucestershire", "Wiltshire", "Avon and Somerset"):
        page.get_by_role("checkbox", name=name).check()
    enter_date(page, "First day", civil.day_of(clock.now()))
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(stories.TITLE)
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label("The agreement, as TOML").fill(text)
    page.get_by_role("button", name="Save and check").click()


def test_a_draft_is_begun_mended_previewed_and_proposed(
    visit: Callable[[str], Looker],
) -> None:
    look = visit("programme")
    page = begin(look)
    started = page.get_by_label("The agreement, as TOML").input_value()
    good = stories.sound(started)
    no_such_force = good.replace(f'"pcc-{stories.WILTS}"', '"pcc-ruritania"')
    two_faults = no_such_force.replace('clause = "2"', 'clause = "22"')
    write(page, two_faults)
    expect(page.get_by_text(re.compile(r"Check finds \d+ errors"))).to_be_visible()
    row = page.get_by_role("row", name=re.compile("pcc-ruritania"))
    line = next(n for n, text in enumerate(two_faults.split("\n"), 1) if "ruritania" in text)
    expect(row.first.get_by_role("rowheader")).to_have_text(str(line))
    look.closely("draft-findings")
    expect(page.get_by_role("link", name="Propose it to its parties")).to_have_count(0)
    write(page, "this is = not [ TOML")
    expect(page.get_by_text("The draft cannot be proposed yet")).to_be_visible()
    look.closely("draft-not-toml")
    write(page, good)
    expect(page.get_by_text("Check finds no error")).to_be_visible()
    look.closely("draft-sound")
    page.get_by_role("link", name="Preview: what it would change").click()
    for words in ("takes part", "command", "govern", "pays"):
        expect(page.get_by_role("main")).to_contain_text(re.compile(words, re.IGNORECASE))
    look.closely("draft-preview")
    page.get_by_label("If a force left").select_option(stories.WILTS)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("without Wiltshire")
    look.closely("draft-preview-exit")
    page.get_by_role("link", name="Back to the draft").click()
    page.get_by_role("link", name="Propose it to its parties").click()
    expect(page.get_by_role("main").get_by_role("listitem")).to_contain_text(
        [re.compile("Chief Constable of Wiltshire")]
    )
    look.closely("propose")
    sent_twice(page, "Propose it to its parties")
    expect(page.get_by_role("heading", level=1)).to_have_text(stories.TITLE)
    expect(page.get_by_text("Proposed", exact=True).first).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^Version 2"))).to_have_count(0)
    look.closely("proposed")


def test_no_second_version_while_one_is_before_its_parties(
    visit: Callable[[str], Looker],
) -> None:
    stories.proposed(stories.document())
    look = visit("programme")
    page = look.at(f"/agreements/{stories.REFERENCE}/")
    expect(page.get_by_role("link", name="Draft the next version")).to_have_count(0)
    look.at(f"/agreements/{stories.REFERENCE}/vary/")
    page.get_by_role("button", name="Begin a draft of the next version").click()
    expect(page.get_by_role("main")).to_contain_text(
        "Version 1 is still before its parties (6 have not signed). "
        "Wait until each has signed or refused it, or withdraw it."
    )
    look.closely("vary-refused")


def test_two_editors_do_not_overwrite_each_other(visit: Callable[[str], Looker]) -> None:
    stories.drafted(stories.document())
    first, second = visit("programme"), visit("programme")
    place = f"/agreements/{stories.REFERENCE}/draft/"
    mine, theirs = first.at(place), second.at(place)
    write(theirs, stories.document() + "\n# Theirs")
    expect(theirs.get_by_text("Draft, edit 2")).to_be_visible()
    write(mine, stories.document() + "\n# Mine")
    expect(mine.get_by_role("heading", level=1)).to_contain_text("changed")
    first.closely("draft-stale")
    mine.go_back()
    expect(mine.get_by_label("The agreement, as TOML")).to_have_value(re.compile("# Mine"))
    first.at(place)
    expect(mine.get_by_label("The agreement, as TOML")).to_have_value(re.compile("# Theirs"))
