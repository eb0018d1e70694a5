"""Somebody who reviews works the queue by keyboard: one pair is confirmed, one refused with a reason, none merged."""

from playwright.sync_api import expect

from crossforce.kernel.testing.cast import Cast
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.holding import statement
from crossforce.nominals.tests.test_matching import alike, policies
from tests.journeys.looking import Looker

PNC = statement("identifier", type="pnc", number="2001/0012345A")
SAID = {"source": "custody 7", "confidence": "high", "as_of": "2025-03"}


def test_somebody_reviews_matches_by_keyboard(look: Looker, cast: Cast) -> None:
    policies()
    asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
    john = holding.person(
        asha.actor, "John", "Smith", "1980-05-12", sex="M", warnings=["weapons"],
        statements=[statement("warning", code="weapons") | SAID, PNC | SAID],
    )  # fmt: skip
    jon = holding.person(
        bryn.actor, "Jon", "Smith", "1980-05-12", statements=[PNC | SAID | {"source": "stop 3"}]
    )
    ann = [holding.person(asha.actor, given, "Lee", "1975-01-03") for given in ("Ann", "Anne")]
    alike(john.pk, jon.pk, 14.0)
    alike(ann[0].pk, ann[1].pk, 7.0)

    look.demonstrating(asha.account.username)
    page = look.at("/nominals/matches/")
    expect(page.get_by_role("status")).to_have_text("2 pairs")
    look.closely("nominals-matches")
    page.get_by_role("link", name="Review the next two").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(page.get_by_role("row", name="2001/0012345A")).to_contain_text("Agrees")
    expect(page.get_by_role("row", name="Name", exact=False).first).to_contain_text(
        "SMITH, Jon"
    )
    look.closely("nominals-match")
    page.keyboard.press("c")
    expect(page.get_by_role("row", name="Lee")).to_have_count(2)
    expect(page.get_by_role("alert")).to_contain_text("Confirmed")
    heading.focus()
    page.keyboard.press("r")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_label("Why").press_sequentially("Twins: c is no key")
    page.get_by_role("button", name="Not the same person").press("r")
    expect(page.get_by_role("main")).to_contain_text("None that you may read both of")
    look.at(f"/nominals/person/{ann[0].pk}/")
    expect(page.get_by_role("main")).not_to_contain_text("Waiting for a look")
    look.at(f"/nominals/person/{john.pk}/")
    page.get_by_role("link", name="are they one person?").click()
    expect(page.get_by_role("main")).to_contain_text("waits for a second person")
    alike(john.pk, jon.pk, 3.2, "review", model="n")
    page.reload()
    then = page.get_by_role("heading", name="When it was confirmed the first time")
    expect(then).to_be_visible()
    look.closely("nominals-match-decided")
