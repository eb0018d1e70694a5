"""An administrator enters someone, posts them, records a skill; an officer authorises; Dee audits."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.web.dates import day
from crossforce.people.tests import factories
from tests.journeys.looking import Looker, enter_date


@pytest.fixture
def since() -> date:
    """A day of the last weeks."""
    return civil.day_of(clock.now()) - timedelta(days=21)


def test_someone_joins_is_posted_and_leaves(look: Looker, cast: Cast, since: date) -> None:
    asha = cast.asha("force-administrator").account.username
    look.demonstrating(asha)
    page = look.at("/people/")
    look.closely("people")
    page.get_by_role("link", name="Add a member of staff").click()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a family name")
    look.closely("people-add-wrong")
    page.get_by_label("Given name").fill("Robin")
    page.get_by_label("Family name").fill("Hill")
    page.get_by_label("Staff or collar number").fill("PC 7")
    enter_date(page, "First day", since - timedelta(days=1))
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Robin Hill")
    page.get_by_role("link", name="Post this person").click()
    look.closely("people-post")
    page.get_by_label("Role").select_option("Dog handler")
    enter_date(page, "First day", since)
    page.get_by_role("button", name="Post").click()
    expect(page.get_by_role("row", name="Dog handler")).to_contain_text("Held")
    page.get_by_role("link", name="Record a skill").click()
    page.get_by_label("Skill").select_option("Dog: general purpose team")
    enter_date(page, "First day", since)
    page.get_by_role("button", name="Record").click()
    last = civil.add_months(since, 12) - timedelta(days=1)
    expect(page.get_by_role("row", name="Dog: general")).to_contain_text(day(last))
    look.closely("people-show")
    page.get_by_role("link", name="Record that this person leaves").click()
    enter_date(page, "Last day", date(2099, 12, 31))
    page.get_by_role("button", name="Record the last day").click()
    expect(page.get_by_role("row", name="Dog handler")).to_contain_text("31 December 2099")
    page.get_by_role("link", name="History of these particulars").click()
    look.closely("people-history")


def test_an_officer_authorises_suspends_and_reinstates(
    look: Looker, cast: Cast, since: date
) -> None:
    robin = factories.staff()
    officer = cast.asha("authorising-officer").account.username
    look.demonstrating(officer)
    page = look.at(f"/people/{robin.pk}/")
    page.get_by_role("link", name="Grant an authority").click()
    page.get_by_label("Authority").select_option("Command a pursuit")
    enter_date(page, "First day", since)
    page.get_by_role("button", name="Grant").click()
    expect(page.get_by_role("row", name="Command a pursuit")).to_contain_text("Valid")
    page.get_by_role("link", name="Suspend Command a pursuit").click()
    page.get_by_label("Reason").fill("After an incident")
    page.get_by_role("button", name="Suspend at once").click()
    expect(page.get_by_role("row", name="Command a pursuit")).to_contain_text("Suspended")
    look.closely("people-authority")
    page.get_by_role("button", name="Reinstate").click()
    expect(page.get_by_role("row", name="Command a pursuit")).to_contain_text("Valid")
    look.at("/people/lapsing/")
    look.closely("people-lapsing")


def test_an_offer_is_accepted_by_the_other_force(look: Looker, cast: Cast, since: date) -> None:
    from_partner = factories.staff(factories.PARTNER, name="Bryn Parry")
    cast.bryn("force-administrator")
    asha = cast.asha("force-administrator").account.username
    bryn = cast.bryn("force-administrator").client
    bryn.post(
        f"/people/{from_partner.pk}/post/",
        {
            "organisation": factories.HERE,
            "role": "investigator",
            "first_day-day": since.day,
            "first_day-month": since.month,
            "first_day-year": since.year,
            "idempotency_key": "journey-of-an-offer",
        },
    )
    look.demonstrating(asha)
    page = look.at("/people/offered/")
    look.closely("people-offered")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Nobody waits for an answer.")).to_be_visible()


def test_the_auditor_reads_and_takes_away_an_entry(look: Looker, cast: Cast) -> None:
    factories.staff(name="Robin Hill")
    look.demonstrating(cast.dee().account.username)
    page = look.at("/ledger/?operation=people.staff-added")
    look.closely("ledger")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staff added")
    look.closely("ledger-entry")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download this entry").click()
    assert downloading.value.suggested_filename.startswith("ledger-entry-")
