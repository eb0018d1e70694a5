"""Two teams of forces that do not see each other's records learn that both are interested, and get in touch."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast
from crossforce.nominals.tests import interested
from tests.journeys.looking import Looker, enter_date


def test_two_teams_learn_that_both_are_interested(
    look: Looker, cast: Cast, signed_in: Callable[[str], Looker]
) -> None:
    interested.own_policies()
    interested.both()
    asha, bryn = cast.asha("investigator"), cast.bryn("investigator")
    theirs = interested.interest(
        bryn.actor, until=civil.day_of(clock.now()) + timedelta(days=9)
    )

    look.demonstrating(asha.account.username)
    page = look.at("/nominals/")
    page.get_by_role("link", name="Deconfliction").click()
    expect(page.get_by_role("main")).to_contain_text("You have registered none")
    page.get_by_role("button", name="Register an interest").click()
    page.get_by_label("What it is known by").select_option("vrm")
    page.get_by_label("The number or address").fill("AB12 CD")
    page.get_by_label("Operation or case").fill("Operation Heron")
    page.get_by_label("Why you are interested").fill("Seen at two burglaries.")
    page.get_by_label("Whom to contact here", exact=True).last.fill(
        "Incident room 3, ext. 4410"
    )
    enter_date(page, "Last day", civil.day_of(clock.now()) + timedelta(days=30))
    page.get_by_role("button", name="Register it").click()
    expect(page.get_by_role("alert")).to_contain_text("AB12 CD")
    look.closely("deconfliction-refused")
    page.get_by_label("The number or address").fill("ab12 cde")
    page.get_by_role("button", name="Register it").click()
    expect(page.get_by_role("status")).to_contain_text("Somebody else is interested too")
    expect(page.get_by_role("main")).not_to_contain_text("gloucestershire")
    look.closely("deconfliction-met")
    page.get_by_role("button", name="Decide what they may know").click()
    page.get_by_role("radio", name="Whom to contact here").check()
    look.closely("deconfliction-decide")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("main")).to_contain_text("Whom to contact here")

    other = signed_in(bryn.account.username)
    seen = other.at("/nominals/interests/")
    expect(seen.get_by_role("status")).to_contain_text(
        "They let themselves be contacted: Incident room 3, ext. 4410"
    )
    other.closely("deconfliction-contact")
    seen.get_by_role("button", name=f"Withdraw {theirs.identifier}").click()
    page.reload()
    expect(page.get_by_role("main")).not_to_contain_text("Somebody else is interested too")
