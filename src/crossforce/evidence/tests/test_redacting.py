"""A redacted copy stands beside its untouched original, and goes to nobody before a second person approved it."""

import io
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from PIL import Image, ImageDraw, ImageFilter
from typer.testing import CliRunner

from crossforce.evidence import queries
from crossforce.evidence.choices import EXHIBIT, ITEM, Verdict
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Item
from crossforce.evidence.operations import (
    continuing,
    opening,
    proving,
    redacting,
    sharing,
    unpacking,
)
from crossforce.evidence.operations.continuing import Done
from crossforce.evidence.operations.redacting import NewRedaction
from crossforce.evidence.operations.sharing import NewShare
from crossforce.evidence.rules.continuity import Act
from crossforce.evidence.tests import factories, hidden
from crossforce.evidence.tests.archives import zipped
from crossforce.evidence.tests.hidden import SECRET
from crossforce.evidence.tests.test_sharing import entered
from crossforce.kernel.testing.cast import ASHA, Cast
from crossforce.people.choices import Actor
from crossforce.people.tests.cast import made
from crossforce.records import operations as records
from crossforce.records.tests.factories import AT, LONG_AGO, PARTNER, as_asha, asha

pytestmark = pytest.mark.django_db
TEXT = f"Lock 31\nIt was {SECRET}.\n".encode()
PLACE = "2 8 14"
GROUND = "A witness who has no part in the case"


def original(content: bytes = TEXT, name: str = "note.txt", at: Any = AT) -> Item:
    return factories.kept(factories.exhibit(at=at), content, name, at=at)


def copied(item: Item, by: Actor | None = None, places: str = PLACE, at: Any = AT) -> Item:
    new = NewRedaction(item.pk, places, GROUND)
    return redacting.redact(actor=by or asha(), new=new, at=at)


def decided(copy: Item, by: Actor, decision: Verdict = Verdict.APPROVED, at: Any = AT) -> Item:
    return redacting.decide(actor=by, item=copy.pk, decision=decision, why="Read twice", at=at)


def content_of(item: Item) -> bytes:
    _, reading = opening.read_content(actor=asha(), item=item.pk, asked="", at=AT)
    return b"".join(reading.parts())


def face() -> bytes:
    """A face that nobody has, in the left half of a picture."""
    image = Image.new("L", (640, 320), 190)
    pen = ImageDraw.Draw(image)
    pen.ellipse((95, 65, 225, 205), fill=50)
    pen.ellipse((102, 84, 218, 236), fill=205)
    for side in (-1, 1):
        x = 160 + side * 26
        pen.ellipse((x - 17, 138, x + 17, 158), fill=120)
        pen.ellipse((x - 10, 144, x + 10, 153), fill=40)
        pen.line((x - 16, 133, x + 16, 132), fill=60, width=5)
    pen.polygon([(160, 152), (152, 179), (168, 179)], fill=180)
    pen.line((153, 180, 167, 180), fill=110, width=3)
    pen.ellipse((140, 196, 180, 207), fill=110)
    written = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(2)).convert("RGB").save(written, "PNG")
    return written.getvalue()


class TestMaking:
    def test_the_copy_says_of_what_why_and_how_and_the_original_stays(self) -> None:
        factories.policy()
        item = original()
        copy = copied(item)
        assert content_of(copy) == b"Lock 31\nIt was [redacted].\n"
        assert content_of(item) == TEXT
        assert (copy.derived_from, copy.ground, copy.places) == (item.pk, GROUND, PLACE)
        assert (copy.name, copy.media_type) == ("1 (redacted).txt", "text/plain")
        assert copy.made_with.startswith("crossforce ")
        (entry,) = entered("evidence.redacted")
        assert entry.detail == {"copy": str(copy.pk), "sha256": copy.sha256}
        with as_asha():
            known = queries.continuity_of(asha(), item.exhibit)
        assert [each.act for each in known.touches] == [Act.REDACTED]
        assert known.touches[0].note == f"{copy.name}, SHA-256 {copy.sha256}"
        assert known.breaks == []

    def test_asked_twice_it_is_made_once_and_of_other_places_again(self) -> None:
        factories.policy()
        item, by = original(), asha()
        assert copied(item, by) == copied(item, by)
        assert copied(item, by, "1 1 4") != copied(item, by)

    def test_what_cannot_be_is_refused_and_nothing_is_left(self) -> None:
        factories.policy()
        item = original()
        for places, said in (
            ("9 1 2", "Line 9"),
            ("x", "Line 1: write 3 numbers"),
            ("", "one place"),
        ):
            with pytest.raises(redacting.CannotRedact, match=said):
                copied(item, places=places)
        with pytest.raises(redacting.NoGround):
            redacting.redact(actor=asha(), new=NewRedaction(item.pk, PLACE, " "), at=AT)
        other = factories.exhibit(exhibit_reference="JAS/2")
        packed = factories.kept(other, zipped({"a.txt": b"a"}), "a.zip")
        with pytest.raises(redacting.NotHere, match="Images, PDF, texts"):
            copied(packed)
        copy = copied(item)
        with pytest.raises(redacting.IsACopy):
            copied(copy, places="1 1 1")
        assert [each.pk for each in queries.redacted_of(asha(), item.pk)] == [copy.pk]

    def test_who_may_read_and_not_add_has_none_made(self, cast: Cast) -> None:
        factories.policy()
        factories.policy(reference="shared", recipient=PARTNER, actions=("find", "read"))
        item, bryn = original(), cast.bryn("investigator").actor
        with pytest.raises(redacting.MayNotRedact):
            copied(item, bryn)

    def test_what_it_says_of_itself_never_changes_not_even_in_the_database(self) -> None:
        factories.policy()
        copy = copied(original())
        rows = Item.objects.filter(pk=copy.pk)
        own = {"decision": "approved", "decided_at": AT, "decided_by": asha().reference}
        for change in ({"places": "1 1 1"}, {"ground": "-"}, {"derived_from": None}, own):
            with as_asha(), pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**change)
        decided(copy, asha())
        with as_asha(), pytest.raises(DatabaseError), transaction.atomic():
            rows.update(decision="", decided_at=None, decided_by="")


class TestDeciding:
    def test_it_goes_to_nobody_before_somebody_else_approved_it(self, cast: Cast) -> None:
        factories.policy()
        by, item = cast.asha("investigator").actor, original()
        copy = copied(item, by)
        share = NewShare(copy.pk, "J. Doe", "CPS", "Advice", 7)
        assert not queries.shares_of(by, copy.pk).may_share
        with pytest.raises(sharing.NotApproved):
            sharing.share(actor=by, new=share, at=AT)
        assert not redacting.may_decide(by, copy)
        with pytest.raises(redacting.SamePerson):
            decided(copy, by)
        assert redacting.may_decide(asha(), copy)
        decided(copy, asha())
        with pytest.raises(redacting.Decided):
            decided(copy, asha(), Verdict.REFUSED)
        assert sharing.share(actor=by, new=share, at=AT).link
        (entry,) = entered("evidence.redaction-decided")
        assert entry.detail == {"decision": "approved"}

    def test_a_refused_one_stays_and_an_original_is_not_decided_about(self, cast: Cast) -> None:
        factories.policy()
        by, item = cast.asha("investigator").actor, original()
        refused = decided(copied(item, by), asha(), Verdict.REFUSED)
        assert not refused.may_leave
        with pytest.raises(redacting.NoCopy):
            decided(item, asha())

    def test_a_proof_pack_holds_the_approved_copy_in_place_of_its_original(self) -> None:
        factories.policy()
        item = original(name="Statement.txt")
        copy = copied(item)
        with pytest.raises(queries.StillInClear, match=r"Statement\.txt.*approved"):
            queries.kept_of(asha(), item.exhibit, is_redacted=True)
        decided(copy, asha())
        assert queries.kept_of(asha(), item.exhibit) == [item]
        new = proving.NewPack(item.exhibit, "Defence", "Trial", is_redacted=True)
        manifest, _, _ = proving._disclosed(asha(), new, AT)
        (kept,) = manifest.files
        assert (kept.sha256, kept.is_redacted) == (copy.sha256, True)
        told = manifest.to_bytes().decode()
        assert item.sha256 not in told
        assert "Statement" not in told
        done = Done(item.exhibit, Act.EXAMINED, "DC 7", AT, note=f"It is {item.sha256}")
        continuing.note(actor=asha(), done=done, at=AT)
        with pytest.raises(proving.TellsOfOriginal):
            proving._disclosed(asha(), new, AT)

    def test_nothing_goes_in_clear_beside_what_is_redacted_of_it(self) -> None:
        factories.policy()
        card = factories.kept(factories.exhibit(), zipped({"note.txt": TEXT}), "card.zip")
        unpacking.go_on(actor=asha(), item=card.pk, at=AT, is_rehearsal=False)
        again = factories.exhibit(exhibit_reference="JAS/2")
        factories.kept(again, TEXT, "again.txt")
        queries.kept_of(asha(), again.pk, is_redacted=True)
        with as_asha():
            note = Item.objects.get(name="note.txt")
        decided(copied(note), asha())
        for exhibit, said in ((card.exhibit, "card.zip. holds"), (again.pk, "again.txt. is")):
            with pytest.raises(queries.StillInClear, match=said):
                queries.kept_of(asha(), exhibit, is_redacted=True)


class TestGoing:
    def test_it_goes_with_its_original_and_with_its_exhibit(self) -> None:
        factories.policy()
        by: dict[str, Any] = {"actor": asha(), "reason": "Returned", "at": AT}
        item = original(at=LONG_AGO)
        copied(item, at=LONG_AGO)
        records.dispose(kind=ITEM, record=item.pk, version=item.version, **by)
        with as_asha():
            assert not Item.objects.exists()
        exhibit = factories.exhibit(at=LONG_AGO, exhibit_reference="JAS/2", seized_at=LONG_AGO)
        copied(factories.kept(exhibit, TEXT, at=LONG_AGO), at=LONG_AGO)
        records.dispose(kind=EXHIBIT, record=exhibit.pk, version=exhibit.version, **by)
        with as_asha():
            assert not Item.objects.exists()


class TestDoors:
    def test_a_page_finds_faces_makes_the_copy_and_a_second_person_approves_it(
        self, cast: Cast
    ) -> None:
        factories.policy()
        item = original(face(), "street.png")
        client, by = cast.asha("investigator").client, made(ASHA, "investigator").client
        address, key = f"/evidence/items/{item.pk}/redact/", {"idempotency_key": str(uuid4())}
        page = client.post(address, key | {"do": "find", "ground": "Passers-by", "places": ""})
        text = page.content.decode()
        assert "1 place was found" in text
        (left, top, width, height) = map(
            float,
            text.partition('name="places"')[2].partition(">")[2].partition("<")[0].split(),
        )
        assert left < 20 < left + width < 45
        again = client.post(address, key | {"places": "1 2", "ground": "x"})
        assert (again.status_code, "Line 1: write 4 numbers" in again.content.decode()) == (
            422,
            True,
        )
        told = client.post(
            address, key | {"places": f"{left} {top} {width} {height}", "ground": "Passers-by"}
        )
        assert told.status_code == 302, told.content
        shown = client.get(told.headers["Location"]).content.decode()
        assert "A redacted copy" in shown
        assert "Decide about this copy" not in shown
        assert "Decide about this copy" in by.get(told.headers["Location"]).content.decode()
        assert "1 (redacted).png" in by.get(f"/evidence/items/{item.pk}/").content.decode()
        done = by.post(
            told.headers["Location"] + "decide/",
            {"decision": "approved", "idempotency_key": str(uuid4())},
        )
        assert done.status_code == 302
        assert "It is approved" in client.get(told.headers["Location"]).content.decode()
        looked = client.get(told.headers["Location"] + "look/").content.decode()
        assert "data:image/jpeg;base64," in looked

    def test_interface_and_commands(self, cast: Cast, tmp_path: Path) -> None:
        factories.policy()
        item, player = original(hidden.paper(), "statement.pdf"), cast.asha("investigator")
        root, run = f"/api/v1/evidence/items/{item.pk}/redactions", CliRunner().invoke
        sent: dict[str, Any] = {"content_type": "application/json"}

        def post(address: str, body: Any) -> Any:
            head = {"Idempotency-Key": str(uuid4())}
            return player.client.post(address, json.dumps(body), headers=head, **sent)

        places = post(f"{root}/search", {"words": [SECRET]}).json()["places"]
        answer = post(root, {"places": places, "ground": GROUND})
        assert answer.status_code == 201, answer.content
        assert answer.json()["derived_from"] == str(item.pk)
        assert post(f"{root[:-10]}decision", {"decision": "approved"}).status_code == 409
        own = post(
            f"/api/v1/evidence/items/{answer.json()['id']}/decision", {"decision": "approved"}
        )
        assert own.status_code == 403
        by = ["--as", player.account.username]
        found = run(commands, ["find", str(item.pk), "--word", SECRET, *by])
        file = tmp_path / "places"
        file.write_text(found.output)
        again = run(commands, ["redact", str(item.pk), str(file), "--ground", GROUND, *by])
        assert again.output.split()[0] == answer.json()["id"], again.output
        other = made(ASHA, "investigator").account.username
        told = run(commands, ["decide", answer.json()["id"], "approved", "--as", other])
        assert told.output.strip().endswith("approved"), told.output
        (row,) = player.client.get(root).json()
        assert (row["decision"], row["places"]) == ("approved", found.output.strip())
