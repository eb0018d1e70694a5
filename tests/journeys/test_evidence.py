"""An officer sends a film from the scene over a line that breaks, looks at what was kept, redacts a picture, and shows one to a partner."""

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import which
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Route, expect

from crossforce.evidence.choices import Verdict
from crossforce.evidence.inspection import outside
from crossforce.evidence.models import Case, Item
from crossforce.evidence.operations.redacting import decide
from crossforce.evidence.tests import factories, filmed
from crossforce.evidence.tests.test_copies import clauses
from crossforce.kernel import clock
from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests.factories import LONG_AGO, as_asha, asha
from crossforce.world.rules import media
from tests.journeys.looking import Looker

PNG = b"\x89PNG\r\n\x1a\n"


def test_a_file_is_sent_though_the_line_breaks(
    look: Looker, cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    factories.policy()
    picture = factories.kept(factories.exhibit(), media.lock(400, 300, "02:17"), "lock.png")
    case, gone = factories.case(), case_that_is_over()
    moving = film_that_is_kept()
    film = tmp_path / "lock-31.bin"
    film.write_bytes(PNG + os.urandom(9_000_000))
    broken: list[str] = []

    def breaks_once(route: Route) -> None:
        offset = route.request.headers.get("upload-offset", "0")
        if route.request.method == "PATCH" and offset != "0" and not broken:
            broken.append(offset)
            route.abort()
        else:
            route.continue_()

    look.demonstrating(cast.asha("investigator").account.username)
    page = look.at("/evidence/")
    look.closely("evidence-list")
    page.get_by_role("link", name="JAS/1").click()
    look.closely("evidence-exhibit")
    page.route("**/evidence/uploads/**", breaks_once)
    page.get_by_label("File").set_input_files(film)
    page.get_by_role("button", name="Send the file").click()
    row = page.get_by_role("row", name=film.name)
    expect(row).to_contain_text("Kept", timeout=30_000)
    expect(row).to_contain_text("image/png")
    assert broken == [str(8 * 1024 * 1024)]
    exhibit_is_sealed(look)
    page.get_by_role("row", name=film.name).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(film.name)
    look.closely("evidence-original")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the original").click()
    assert Path(taken.value.path()).read_bytes() == film.read_bytes()
    case_is_open_for_now(look, case)
    unused_material_is_disclosed(look, case)
    picture_is_redacted_and_shown(look, picture)
    look.demonstrating(cast.asha("investigator").account.username)
    case_goes_by_two_people(look, cast, gone)
    look.demonstrating(cast.asha("investigator").account.username)
    film_is_redacted(look, moving)


def exhibit_is_sealed(look: Looker) -> None:
    page = look.page
    page.get_by_role("link", name="Continuity, and write").click()
    page.get_by_label("What was done").select_option("Sealed")
    page.get_by_label("When").fill("2026-11-22T09:00")
    page.get_by_label("By whom").fill("Exhibits officer 88")
    page.get_by_label("Number of the seal").fill("A1")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("row", name="Exhibits officer 88")).to_contain_text("A1")
    look.closely("evidence-continuity")
    page.get_by_role("link", name="JAS/1").click()


def film_of(seconds: int) -> bytes:
    """A film that a browser plays."""
    drawn = f"testsrc=size=320x180:rate=10:duration={seconds}"
    asked = ["-v", "error", "-f", "lavfi", "-i", drawn, "-c:v", "libvpx", "-f", "webm", "pipe:"]
    return subprocess.run(["ffmpeg", *asked], capture_output=True, check=True).stdout


def film_is_viewed_and_noted(look: Looker) -> None:
    """It is worked by keys; a moment and an area of it are noted, and stand over it when they are gone to; a still is made. Without ffmpeg there is none."""
    if not which("ffmpeg"):
        return
    shot = factories.exhibit(exhibit_reference="JAS/2")
    film = factories.kept(shot, film_of(6), "quay.webm")
    page = look.at(f"/evidence/items/{film.pk}/")
    shown, moment = page.locator("video"), page.get_by_label("Moment", exact=True)
    expect(shown).to_have_js_property("readyState", 4)
    shown.evaluate("film => { film.currentTime = 3 }")
    expect(moment).to_have_text("00:03.000")
    page.get_by_role("button", name="Frame on").focus()
    page.keyboard.press("j")
    expect(moment).to_have_text("00:00.000")
    shown.evaluate("film => { film.currentTime = 2 }")
    expect(moment).to_have_text("00:02.000")
    page.get_by_role("button", name="Frame on").click()
    expect(moment).to_have_text("00:02.040")
    page.keyboard.press("n")
    expect(page.get_by_label("Where", exact=True)).to_have_value("2.04")
    page.get_by_role("button", name="An area").click()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Where", exact=True)).to_have_value("2.04 41 40 20 20")
    page.get_by_label("Note", exact=True).fill("A van stops by the quay")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("alert")).to_contain_text("Noted at 00:02.040, an area")
    area = page.locator(".cf-view__area")
    expect(area).to_be_hidden()
    page.get_by_role("button", name="00:02.040, an area").click()
    expect(area).to_be_visible()
    look.closely("evidence-film-noted")
    page.get_by_text("Make a still or clip").click()
    page.locator("[data-cutting]").get_by_role("button", name="This moment", exact=True).click()
    expect(page.get_by_label("Moment, or from when to when")).to_have_value("00:02.040")
    page.get_by_label("Why it is made").fill("Shows who moors there")
    look.closely("evidence-cut")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("and no original: 00:02.040 of")).to_be_visible()
    look.closely("evidence-still")


def case_is_open_for_now(look: Looker, case: Case) -> None:
    """Until when its material is kept nobody can say yet."""
    page = look.at(f"/evidence/cases/{case.pk}/")
    expect(page.get_by_role("row", name="op-heron")).to_contain_text("Not known yet")
    look.closely("evidence-case")


def unused_material_is_disclosed(look: Looker, case: Case) -> None:
    """It is scheduled, tested, decided upon and certified; then the prosecutor gets a bundle."""
    page = look.at(f"/evidence/cases/{case.pk}/")
    page.get_by_role("link", name="Unused material").click()
    page.get_by_label("What it is").fill("Log of calls to the harbour office")
    page.get_by_label("Where it is").fill("Control room")
    page.get_by_role("button", name="Schedule it").click()
    look.closely("evidence-schedules")
    page.get_by_role("row", name="Log of calls").get_by_role("link").click()
    page.get_by_role("link", name="Record the disclosure test").click()
    page.get_by_label("May meet the test").check()
    page.get_by_label("Disclosure officer").fill("DC 7")
    page.get_by_label("Why").fill("It times the call")
    look.closely("evidence-disclosure-test")
    page.get_by_role("button", name="Record the disclosure test").click()
    expect(page.get_by_text("It times the call")).to_be_visible()
    look.closely("evidence-unused")
    page.get_by_role("link", name="prosecutor's decision").click()
    page.get_by_label("Disclose", exact=True).check()
    page.get_by_label("Prosecutor, by office").fill("Prosecutor 4")
    page.get_by_role("button", name="Write down the prosecutor's decision").click()
    page.get_by_role("link", name="Unused material").click()
    page.get_by_role("link", name="Certify the schedules").click()
    page.get_by_label("Disclosure officer").fill("DC 7")
    page.get_by_role("button", name="Certify the schedules").click()
    expect(page.get_by_text("Certified as it stands by DC 7")).to_be_visible()
    page.get_by_role("link", name="Make a bundle").click()
    page.get_by_label("The defence").check()
    page.get_by_label("For whom it is").fill("Solicitor of the defence")
    page.get_by_label("Why").fill("Initial disclosure")
    look.closely("evidence-bundle")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Make a bundle").click()
    assert set(ZipFile(taken.value.path()).namelist()) == {"mg6c.pdf", "mg6c.csv"}


def case_that_is_over() -> Case:
    """With an exhibit; nothing keeps it any more."""
    named: dict[str, Any] = {"case_reference": "op-teal"}
    factories.exhibit(at=LONG_AGO, seized_at=LONG_AGO, exhibit_reference="JAS/9", **named)
    return factories.case(outcome="acquitted", outcome_on=date(2021, 5, 4), **named)


def case_goes_by_two_people(look: Looker, cast: Cast, case: Case) -> None:
    """An investigator proposes that a case goes with its exhibits; the information manager disposes of it, and sees the certificates."""
    page = look.at(f"/evidence/cases/{case.pk}/")
    page.get_by_role("button", name="Propose its disposal").click()
    look.closely("evidence-case-proposed")
    look.demonstrating(cast.asha("information-manager").account.username)
    page = look.at(f"/evidence/cases/{case.pk}/")
    page.get_by_role("link", name="dispose of the case and its exhibits").click()
    page.get_by_label("Reason").fill("Its time is over")
    page.get_by_role("button", name="Dispose of it").click()
    expect(page.get_by_role("alert")).to_contain_text("disposed of")
    page = look.at("/evidence/disposals/")
    expect(page.get_by_role("row", name="Case")).to_contain_text(str(case.pk))
    expect(page.get_by_role("row", name="Exhibit")).to_have_count(2)
    look.closely("evidence-disposals")


def film_that_is_kept() -> Item | None:
    """Where the machine has ffmpeg."""
    if not outside.stands():
        return None
    exhibit = factories.exhibit(exhibit_reference="JAS/2", case_reference="op-otter")
    return factories.kept(exhibit, filmed.film(), "lock-31.mp4")


def film_is_redacted(look: Looker, film: Item | None) -> None:
    """A box is drawn by keys at a moment, followed through the film, and looked at before the copy is made; a second is silent."""
    if film is None:
        pytest.skip("all but the film: this machine has no ffmpeg")
    page = look.at(f"/evidence/items/{film.pk}/redact/")
    page.get_by_label("Moment that is shown").fill("1")
    page.get_by_role("button", name="Show the moment").click()
    page.get_by_role("button", name="Add a box").click()
    places = page.get_by_label("What is taken out")
    expect(places).to_have_value("1 3 40 40 20 20")
    places.fill("1 2.5 23 31 16 20")
    look.closely("evidence-redact-film")
    page.get_by_role("button", name="Follow the box").click()
    expect(page.get_by_role("status").first).to_contain_text("found and added below")
    expect(page.get_by_role("heading", name="What is covered")).to_be_visible()
    look.closely("evidence-redact-film-followed")
    places.fill(f"{places.input_value()}\n0.5 1.5")
    page.get_by_label("On what ground").fill("A passer-by who has no part in the case")
    page.get_by_role("button", name="Make the redacted copy").click()
    expect(page.get_by_text("until then it goes to nobody")).to_be_visible()
    expect(page.get_by_text("video/mp4")).to_be_visible()


def picture_is_redacted_and_shown(look: Looker, picture: Item) -> None:
    film_is_viewed_and_noted(look)
    picture_is_redacted(look, picture)
    picture_is_shown_to_a_partner(look, picture)


def picture_is_redacted(look: Looker, picture: Item) -> None:
    """A box is added and moved by keys, another drawn with the mouse; the copy waits until somebody else approved it."""
    page = look.at(f"/evidence/items/{picture.pk}/")
    page.get_by_role("link", name="Redact for disclosure").click()
    page.get_by_role("button", name="Add a box").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    places = page.get_by_label("What is taken out")
    expect(places).to_have_value("41 40 20 19")
    sheet = page.locator("[data-sheet]").bounding_box()
    assert sheet
    page.mouse.move(sheet["x"] + 4, sheet["y"] + 3)
    page.mouse.down()
    page.mouse.move(sheet["x"] + 84, sheet["y"] + 63)
    page.mouse.up()
    expect(page.get_by_role("button", name="Box in line 2")).to_be_focused()
    look.closely("evidence-redact")
    page.keyboard.press("Delete")
    expect(places).to_have_value("41 40 20 19")
    page.get_by_label("On what ground").fill("A house that has no part in the case")
    page.get_by_role("button", name="Make the redacted copy").click()
    expect(page.get_by_text("until then it goes to nobody")).to_be_visible()
    expect(page.get_by_role("link", name="Share by link")).to_have_count(0)
    look.closely("evidence-redacted")
    with as_asha():
        copy = Item.objects.get(derived_from=picture.pk)
    decide(actor=asha(), item=copy.pk, decision=Verdict.APPROVED, why="", at=clock.now())
    page.reload()
    expect(page.get_by_text("It is approved")).to_be_visible()
    expect(page.get_by_role("link", name="Share by link")).to_be_visible()


def picture_is_shown_to_a_partner(look: Looker, picture: Item) -> None:
    """Somebody without an account opens the link that they were given, until it is called back."""
    page = look.at(f"/evidence/items/{picture.pk}/")
    page.get_by_role("link", name="Share by link").click()
    look.closely("evidence-share")
    page.get_by_label("Shown to").fill("J. Doe")
    page.get_by_label("Of which organisation").fill("Crown Prosecution Service")
    page.get_by_label("On what ground").fill("Charging advice")
    page.get_by_label("For how many days").fill("7")
    page.get_by_role("button", name="Give a link").click()
    link = page.locator(".cf-secret").inner_text()
    assert page.context.browser
    context = page.context.browser.new_context()
    partner = Looker(context.new_page(), look.address)
    shown = partner.at(link.removeprefix(look.address))
    expect(shown.get_by_role("figure")).to_contain_text("Shown to J. Doe")
    expect(shown.get_by_role("img", name="lock.png")).to_have_js_property("naturalWidth", 400)
    partner.closely("evidence-shared")
    page.get_by_role("link", name="Back to").click()
    expect(page.get_by_role("row", name="J. Doe")).to_contain_text("1, last")
    look.closely("evidence-original-shared")
    page.get_by_role("button", name="Call back").click()
    expect(page.get_by_role("row", name="J. Doe")).to_contain_text("Called back")
    shown.reload()
    expect(shown.get_by_role("heading", level=1)).to_have_text("This link shows nothing")
    context.close()


def test_a_copy_goes_to_another_force_and_comes_to_its_end(
    look: Looker, signed_in: Callable[[str], Looker], cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    clauses()
    factories.kept(factories.exhibit(), media.lock(400, 300, "02:17"), "lock.png")
    giver, taker = cast.asha("investigator"), cast.bryn("investigator")
    look.demonstrating(giver.account.username)
    page = look.at("/evidence/")
    page.get_by_role("link", name="JAS/1").click()
    page.get_by_role("link", name="Give a copy").click()
    look.closely("evidence-give-copy")
    page.get_by_label("To whom").select_option("gloucestershire")
    page.get_by_label("On what ground").fill("Joint inquiry into the moorings")
    page.get_by_role("button", name="Give the copy").click()
    expect(page.get_by_role("row", name="JAS/1")).to_contain_text("Offered")
    theirs = signed_in(taker.account.username)
    other = theirs.at("/evidence/copies/")
    other.get_by_role("link", name="JAS/1").click()
    theirs.closely("evidence-copy-offered")
    other.get_by_role("button", name="Take the copy").click()
    expect(other.get_by_text("A copy that")).to_be_visible()
    expect(other.get_by_text("Continuity is without a gap")).to_be_visible()
    theirs.closely("evidence-copy-taken")
    page.get_by_role("link", name="JAS/1").click()
    page.get_by_label("Why it is asked back").fill("The case is withdrawn")
    page.get_by_role("button", name="Ask it back").click()
    look.closely("evidence-copy-given")
    other = theirs.at("/evidence/copies/")
    other.get_by_role("link", name="JAS/1").click()
    other.get_by_label("It is let go").check()
    theirs.closely("evidence-copy-asked-back")
    other.get_by_role("button", name="Answer").click()
    expect(other.get_by_text("let go, to be disposed of by two")).to_be_visible()
    page = look.at("/evidence/copies/")
    expect(page.get_by_role("row", name="JAS/1")).to_contain_text("let go, not gone yet")
    look.closely("evidence-copies")
