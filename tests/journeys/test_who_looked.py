"""A data protection officer follows an alert to who looked at what, and the log keeps the question."""

from datetime import timedelta

from playwright.sync_api import expect

from crossforce.kernel import clock
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry
from crossforce.oversight.tests.acts import looked, record
from tests.journeys.looking import Looker


def test_from_an_alert_to_the_record_and_its_entry(look: Looker, cast: Cast) -> None:
    asha, bryn = cast.asha("investigator").actor, cast.bryn("duty-inspector").actor
    row, at = record(), clock.now()
    looked(asha, asha.staff, at=at - timedelta(minutes=9))
    looked(asha, row, record(), at=at - timedelta(minutes=6))
    looked(
        bryn, row, operation="record.disclosed", recipient="Crown Prosecution Service", at=at
    )
    look.demonstrating(cast.asha("data-protection-officer").account.username)
    page = look.at("/log-queries/")
    page.get_by_label("Record kind").select_option("Note")
    page.get_by_role("button", name="Apply filter").click()
    expect(page.get_by_role("table")).to_contain_text("Asha Rees (Investigator)")
    expect(page.get_by_role("table")).not_to_contain_text("Bryn")
    look.closely("log-queries")
    page.get_by_role("link", name="Counts").click()
    expect(page.get_by_role("table")).to_contain_text("Disclosed")
    look.closely("log-counts")
    page.get_by_role("link", name="Alerts").click()
    expect(page.get_by_role("table")).to_contain_text("Looked at the own record")
    look.closely("log-alerts")
    page.get_by_role("table").get_by_role("link", name="Asha Rees").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What this person looked at")
    look.closely("who-looked-by")
    look.at("/who-looked/")
    page.get_by_label("Words of its title, or its identifier").fill(str(row))
    page.get_by_role("button", name="Find the record's looks").click()
    look.closely("who-looked-start")
    page.get_by_role("link", name=f"Who looked at record {row}").click()
    expect(page.get_by_role("row", name="Disclosed")).to_contain_text("Duty inspector")
    expect(page.get_by_role("row", name="Disclosed")).to_contain_text("clause 9.1")
    look.closely("who-looked-record")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download as CSV").click()
    assert "OFFICIAL-SENSITIVE" in taken.value.suggested_filename
    page.get_by_role("row", name="Disclosed").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Record disclosed")
    assert Entry.objects.filter(operation="ledger.queried").count() >= 5


def test_somebody_is_found_by_name(look: Looker, cast: Cast) -> None:
    asha = cast.asha("investigator").actor
    looked(asha, record(), at=clock.now())
    look.demonstrating(cast.asha("information-manager").account.username)
    page = look.at("/who-looked/")
    page.get_by_label("Name, number or identifier").fill("rees")
    page.get_by_role("button", name="Find the person").click()
    look.closely("who-looked-person")
    page.get_by_role("link", name="looked at").first.click()
    expect(page.get_by_role("table")).to_contain_text("Consulted")
