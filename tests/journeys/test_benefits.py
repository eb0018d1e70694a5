"""A benefit from its promise to where the cash went; the portfolio; a savings programme."""

from datetime import date

from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from crossforce.benefits.choices import AREA, MARKING, PURPOSES, SAVING, TARGET, ShareRule
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.factories import AFTER_ONE, HERE
from crossforce.benefits.tests.profiles import saving
from crossforce.kernel import civil, clock
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.records import api as records
from tests.journeys.looking import Looker, enter_date

TITLE = "Fewer submissions to providers"


def signed_in(look: Looker, cast: Cast) -> Player:
    factories.policy()
    factories.bodies()
    player = cast.asha("programme-officer")
    look.demonstrating(player.account.username)
    return player


def next_quarter() -> tuple[date, date]:
    first = civil.add_months(civil.day_of(clock.now()).replace(day=1), 1)
    return first, civil.add_months(first, 3)


def test_a_benefit_is_promised_frozen_and_changed_by_decision(
    look: Looker, cast: Cast, live_server: LiveServer
) -> None:
    signed_in(look, cast)
    page, main = look.at("/benefits/"), look.page.get_by_role("main")
    look.closely("benefits-none")
    page.get_by_role("button", name="Add a benefit").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a reference")
    look.closely("benefits-add-wrong")
    starts, ends = next_quarter()
    page.get_by_label("Reference").fill("forensics-1")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Owner").fill("head-of-forensics")
    page.get_by_label("Who benefits").fill("wiltshire")
    page.get_by_label("What freed cash is for").fill("Neighbourhood policing")
    page.get_by_label("What is measured").fill("cash saved")
    page.get_by_label("Baseline", exact=True).fill("0")
    enter_date(page, "First day of the baseline", civil.add_months(starts, -12))
    enter_date(page, "Day after its last", starts)
    page.get_by_label("How the baseline was found").fill("The ledger of last year")
    page.get_by_label("Targets").fill(f"{starts} {ends} 25000")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    for status in ("Planned", "Under way"):
        page.get_by_role("button", name="Move").click()
        page.get_by_label(status).check()
        look.closely(f"benefits-move-{status.lower().replace(' ', '-')}")
        page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Frozen on")
    page.get_by_role("button", name="Change what was promised").click()
    look.closely("benefits-change")
    page.get_by_label("Targets").fill(f"{starts} {ends} 20000")
    page.get_by_label("Why it changes").fill("The laboratory opens later.")
    page.get_by_label("Which office or board decided").fill("programme-board")
    page.get_by_label("Reference of the decision").fill("SWPB-2026-14")
    enter_date(page, "Decided on", civil.day_of(clock.now()))
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("promised £25,000 before, £20,000 after")
    look.closely("benefits-changed")


def test_what_came_of_it_is_reported_divided_and_reinvested(
    look: Looker, cast: Cast, live_server: LiveServer
) -> None:
    player = signed_in(look, cast)
    profile = saving(25_000_00, 30_000_00, share_rule=ShareRule.EFFORT)
    key = factories.running(
        player.actor, profile, effort={"wiltshire": 2, "gloucestershire": 1}
    )
    factories.reported(player.actor, key, 1, 24_000_00)
    page, main = look.at(f"/benefits/{key}/"), look.page.get_by_role("main")
    page.get_by_role("button", name="Report a period").click()
    page.get_by_label("Period").select_option("1 July 2026 to 30 September 2026")
    page.get_by_label("Figure").fill("22000")
    page.get_by_label("What shows it").fill("Finance system, report 12")
    look.closely("benefits-report")
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("£46,000 realised")
    expect(main.get_by_text("Amber", exact=True)).to_be_visible()
    page.get_by_role("button", name="Put freed cash to use").click()
    page.get_by_label("Pounds").fill("40000")
    page.get_by_label("Where it goes").fill("Neighbourhood policing")
    page.get_by_label("Posts that it pays").fill("1")
    look.closely("benefits-reinvest")
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("£40,000 of £46,000 realised")
    look.closely("benefits-show")
    look.at("/benefits/")
    look.closely("benefits-list")
    look.at("/benefits/portfolio/")
    expect(main.get_by_role("row", name="Wiltshire")).to_contain_text("£30,666.67")
    look.closely("benefits-portfolio")


def test_a_savings_programme_tells_force_year_and_area(
    look: Looker, cast: Cast, live_server: LiveServer
) -> None:
    player = signed_in(look, cast)
    year = civil.financial_year(civil.day_of(clock.now()))
    common = {"title": "Restructure", "programme": "comprehensive-review", "force": HERE}
    place = records.Place(HERE, "", "", MARKING)
    first = date(year, 4, 1)
    for kind, values in (
        (TARGET, {"year": year, "pence": 1_600_000_000, "counting": "cash-in-year"}),
        (TARGET, {"year": year + 1, "pence": 3_600_000_000, "counting": "cash-in-year"}),
        (
            SAVING,
            {
                "full_year": 1_400_000_000,
                "starts_on": first,
                "recurrence": "recurrent",
                "area": "Estates",
            },
        ),
        (AREA, {"title": "Estates", "pence": 20_000_000_000}),
        (AREA, {"title": "Custody", "pence": 10_000_000_000}),
    ):
        given = {**common, "purposes": list(PURPOSES), **values}
        new = records.NewRecord(kind, place, given)
        records.create(actor=player.actor, new=new, at=AFTER_ONE)
    page, main = look.at("/benefits/savings/"), look.page.get_by_role("main")
    page.get_by_role("link", name="Comprehensive review").click()
    expect(main).to_contain_text("Custody 0 %")
    expect(main).to_contain_text("£2,000,000")
    look.closely("benefits-savings")
