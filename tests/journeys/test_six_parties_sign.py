"""Six parties of three forces each consider and sign for themselves; then the agreement is in force."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect

from crossforce.kernel import clock
from tests.journeys import stories
from tests.journeys.looking import Looker, sent_twice

PLACE = f"/agreements/{stories.REFERENCE}/"
REASONS = ("Why", "Existing agreements", "A consistent approach", "Opportunities")
FIRST, OUTSIDE, *REST = stories.PARTIES


def consider(page: Page) -> None:
    """The interest test and the three considerations."""
    page.get_by_role("link", name="Record your organisation's view").click()
    page.get_by_label("It is in the interests").check()
    for label in REASONS:
        page.get_by_label(label, exact=True).fill(stories.REASON)
    page.get_by_role("button", name="Record the view").click()


def sign(page: Page) -> None:
    """A deliberate signature with the key held here."""
    page.get_by_role("link", name="Sign", exact=True).click()
    page.get_by_label("I sign this version").check()
    sent_twice(page, "Sign")


def the_first_looks_closely(look: Looker) -> None:
    """A careful reader: signing before considering, saying half, then all."""
    page = look.at("/agreements/")
    expect(page.get_by_role("row", name=stories.TITLE)).to_contain_text("consider it")
    look.closely("agreements-to-consider")
    page.get_by_role("link", name=stories.TITLE).click()
    look.closely("agreement-proposed")
    page.get_by_role("link", name="Sign", exact=True).click()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Tick the box to sign")
    page.get_by_label("I sign this version").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Consider it first")
    look.closely("sign-unconsidered")
    look.at(PLACE)
    page.get_by_role("link", name="Record your organisation's view").click()
    page.get_by_label("It is in the interests").check()
    page.get_by_label("Why", exact=True).fill(stories.REASON)
    page.get_by_role("button", name="Record the view").click()
    expect(page.get_by_role("alert")).to_contain_text("Say something about existing")
    expect(page.get_by_label("Why", exact=True)).to_have_value(stories.REASON)
    look.closely("consider-incomplete")
    look.at(PLACE)
    consider(page)
    page.get_by_role("link", name="Read version 1").click()
    look.closely("version-to-sign")
    look.at(PLACE)
    page.get_by_role("link", name="Sign", exact=True).click()
    look.closely("sign")
    look.at(PLACE)
    sign(page)
    expect(page.get_by_role("row", name="Chief Constable of Gloucestershire")).to_contain_text(
        "Demonstration signature"
    )


def cannot_sign_for_another(page: Page) -> None:
    """Its own part done, a party finds nothing to sign for the others."""
    expect(page.get_by_role("link", name="Sign", exact=True)).to_have_count(0)
    page.goto(page.url + "versions/1/sign/")
    page.get_by_label("I sign this version").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("has already signed version 1")


def signs_outside(look: Looker, downloads: Path) -> None:
    """The key never comes here: only its public part and the signature do."""
    secret = Ed25519PrivateKey.generate()
    page = look.at("/agreements/keys/")
    expect(page.get_by_role("row", name="Last year's key")).to_contain_text("Expired")
    look.closely("keys")
    page.get_by_role("button", name="Issue or register a key").click()
    page.get_by_label("Name of the key").fill("Key in our own safe")
    page.get_by_label("Public key").fill(secret.public_key().public_bytes_raw().hex())
    look.closely("key-register")
    page.get_by_role("button", name="Issue the key").click()
    expect(page.get_by_role("row", name="Key in our own safe")).to_contain_text("Outside")
    look.at(PLACE)
    consider(page)
    page.get_by_role("link", name="hand in a signature made outside").click()
    options = page.get_by_label("Key it was made with").locator("option")
    expect(options.filter(has_text="Last year's key")).to_have_count(0)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the statement").click()
    statement = downloads / "statement.txt"
    downloading.value.save_as(statement)
    signature = secret.sign(statement.read_bytes())
    page.get_by_label("Signature, in hexadecimal").fill(
        secret.sign(statement.read_bytes() + b" ").hex()
    )
    page.get_by_role("button", name="Hand in the signature").click()
    expect(page.get_by_role("main")).to_contain_text("does not fit the statement")
    look.closely("sign-outside-wrong")
    look.at(PLACE + "versions/1/sign-outside/")
    look.closely("sign-outside")
    page.get_by_label("Signature, in hexadecimal").fill(signature.hex())
    page.get_by_role("button", name="Hand in the signature").click()
    expect(page.get_by_role("row", name="Commissioner for Gloucestershire")).to_contain_text(
        "signature"
    )


def test_six_parties_sign_and_it_is_in_force(
    visit: Callable[[str], Looker], tmp_path: Path
) -> None:
    stories.proposed(stories.document())
    stories.expired_key(OUTSIDE, clock.now() - timedelta(days=9))
    first = visit(FIRST.account)
    the_first_looks_closely(first)
    cannot_sign_for_another(first.page)
    signs_outside(visit(OUTSIDE.account), tmp_path)
    for party in REST:
        page = visit(party.account).at(PLACE)
        consider(page)
        sign(page)
    expect(page.get_by_text("In force").first).to_be_visible()
    first.at(PLACE)
    first.closely("agreement-in-force")
    first.at(PLACE + "versions/1/")
    expect(first.page.get_by_role("table", name="Signatures")).not_to_contain_text("No:")
    first.closely("version-signed")


def test_the_register_shows_it_and_the_ledger_lists_the_acts(
    visit: Callable[[str], Looker], look: Looker
) -> None:
    stories.in_force(stories.document())
    page = look.at("/register/?q=joint+roads")
    page.get_by_role("link", name=stories.TITLE).click()
    expect(page.locator("#clause-6")).to_contain_text("Withheld")
    expect(page.locator("#clause-6")).to_contain_text("who can be called at short notice")
    expect(page.get_by_text("Duty inspectors and controllers")).to_have_count(0)
    expect(page.get_by_text("No real body has signed it")).to_be_visible()
    look.closely("register-published")
    for name in ("Document (TOML)", "Public text (JSON)"):
        with page.expect_download() as downloading:
            page.get_by_role("link", name=name).click()
        assert "Duty inspectors" not in Path(downloading.value.path()).read_text("utf-8")
    auditor = visit("auditor")
    page = auditor.at("/ledger/?operation=agreement.signed")
    expect(page.get_by_role("rowheader")).to_have_count(len(stories.PARTIES))
    auditor.closely("ledger-signed")
    auditor.at("/ledger/")
    auditor.closely("ledger-all")


def test_an_expired_key_signs_nothing(visit: Callable[[str], Looker]) -> None:
    stories.proposed(stories.document())
    party = stories.PARTIES[3]
    stories.expired_key(party, clock.now() - timedelta(days=9))
    stories.considered(party)
    look = visit(party.account)
    page = look.at("/agreements/keys/")
    page.get_by_role("link", name=re.compile("^Revoke.*Demonstration key")).click()
    page.get_by_label("Why").fill("Its safe was opened.")
    page.get_by_role("button", name="Revoke the key").click()
    look.at(PLACE + "versions/1/sign/")
    expect(page.get_by_text("has no valid signing key held here")).to_be_visible()
    expect(page.get_by_role("button", name="Sign", exact=True)).to_have_count(0)
    look.closely("sign-without-key")
    page.get_by_role("link", name="Issue one").click()
    page.get_by_role("button", name="Issue or register a key").click()
    page.get_by_label("Name of the key").fill("A new key")
    page.get_by_role("button", name="Issue the key").click()
    look.at(PLACE)
    sign(page)
    expect(page.get_by_role("row", name="Commissioner for Wiltshire")).to_contain_text(
        "Demonstration signature"
    )
