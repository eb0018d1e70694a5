"""Folders and archives are taken in: whole, once, and nothing that is hostile."""

import base64
import json
import os
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.evidence.commands import commands
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.operations import importing, sources, unpacking
from crossforce.evidence.operations.importing import Became, Import, Outcome
from crossforce.evidence.rules import listing
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.archives import MANIFEST, damaged, taped, zipped
from crossforce.kernel import guarded
from crossforce.kernel.files.arriving import Arrival
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry
from crossforce.people.choices import Actor
from crossforce.records.choices import Place
from crossforce.records.tests.factories import AT, HERE, asha

pytestmark = pytest.mark.django_db
TWO = {"cam/lock.txt": b"lock " * 40, "cam/gate.txt": b"gate " * 40}


def states() -> dict[str, str]:
    with guarded.acting(asha()):
        return {each.name: each.state for each in Item.objects.all()}


def became(outcomes: Iterator[Outcome] | list[Outcome]) -> dict[str, Became]:
    return {each.name: each.became for each in outcomes}


def by_manifest(folder: Path, text: str = MANIFEST) -> Import:
    source = sources.of_folder(folder)
    read = listing.read(text.encode())
    return Import(source, None, read, Place(HERE), ("bring-offenders-to-justice",))


def taken(wanted: Import, actor: Actor | None = None, **more: Any) -> list[Outcome]:
    by = actor or asha()
    return list(importing.take_in(actor=by, wanted=wanted, at=AT, **more))


def laid(folder: Path, members: dict[str, bytes] = TWO) -> Path:
    for name, content in members.items():
        path = folder / "card" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "card"


def unpacked(content: bytes, name: str = "card.zip", **more: Any) -> unpacking.Progress:
    item = factories.kept(factories.exhibit(), content, name)
    return unpacking.go_on(actor=asha(), item=item.pk, at=AT, is_rehearsal=False, **more)


def test_a_folder_is_taken_in_by_its_manifest_once(tmp_path: Path) -> None:
    factories.policy()
    wanted = by_manifest(laid(tmp_path))
    assert set(became(taken(wanted, is_rehearsal=True)).values()) == {Became.READY}
    assert not states()
    assert became(taken(wanted)) == dict.fromkeys(TWO, Became.TAKEN)
    assert became(taken(wanted)) == dict.fromkeys(TWO, Became.THERE)
    with guarded.acting(asha()):
        assert Exhibit.objects.get().exhibit_reference == "JAS/7"
        assert Item.objects.filter(state="kept").count() == 2


def test_what_was_broken_off_goes_on_and_nothing_comes_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.policy()
    monkeypatch.setattr(sources, "PART", 50)
    actor = asha()
    wanted, append, parts = by_manifest(laid(tmp_path)), Arrival.append, []

    def killed(arrival: Arrival, part: Any) -> None:
        parts.append(part)
        if len(parts) == 6:
            raise KeyboardInterrupt
        append(arrival, part)

    monkeypatch.setattr(Arrival, "append", killed)
    with pytest.raises(KeyboardInterrupt):
        taken(wanted, actor)
    assert states() == {"cam/gate.txt": "kept", "cam/lock.txt": "arriving"}
    before = len(parts)
    assert became(taken(wanted, actor)) == {
        "cam/gate.txt": Became.THERE,
        "cam/lock.txt": Became.TAKEN,
    }
    assert len(parts) - before == 3
    with guarded.acting(asha()):
        assert Item.objects.filter(state="kept").count() == 2


def test_a_file_that_changed_meanwhile_is_another(tmp_path: Path) -> None:
    factories.policy()
    folder = laid(tmp_path)
    taken(by_manifest(folder))
    (folder / "cam/lock.txt").write_bytes(b"kcol " * 40)
    assert became(taken(by_manifest(folder)))["cam/lock.txt"] == Became.TAKEN
    with guarded.acting(asha()):
        assert Item.objects.filter(name="cam/lock.txt", state="kept").count() == 2


def test_links_lines_and_what_the_manifest_says_otherwise_are_refused(tmp_path: Path) -> None:
    factories.policy()
    folder = laid(tmp_path)
    (folder / "ln").symlink_to("/etc/passwd")
    os.mkfifo(folder / "line")
    text = MANIFEST.replace("PC 1234,", f"PC 1234,{'0' * 64}") + "gone.txt,JAS/7,op-heron,,,,\n"
    told = {each.name: each.why for each in taken(by_manifest(folder, text))}
    assert told["cam/gate.txt"] == ""
    assert told["cam/lock.txt"] == importing.DIFFERS
    assert told["gone.txt"] == importing.NOT_THERE
    assert "link" in told["ln"]
    assert "device" in told["line"]
    assert states() == {"cam/gate.txt": "kept", "cam/lock.txt": "given-up"}


def test_a_manifest_with_faults_takes_nothing_in(tmp_path: Path) -> None:
    factories.policy()
    wanted = by_manifest(laid(tmp_path), MANIFEST + "../x,JAS/7,op-heron,,yesterday,,\n")
    assert wanted.listing
    assert [(each.line, each.column) for each in wanted.listing.faults] == [
        (4, "path"),
        (4, "seized_at"),
    ]
    with pytest.raises(importing.Faulty):
        taken(wanted)
    assert not states()


@pytest.mark.parametrize("content", [zipped(TWO), taped(TWO)], ids=["zip", "tar"])
def test_an_archive_is_unpacked_beside_itself_once_and_the_look_is_entered(
    content: bytes,
) -> None:
    factories.policy()
    progress = unpacked(content)
    assert became(progress.shown) == dict.fromkeys(TWO, Became.TAKEN)
    assert progress.is_whole
    again = unpacking.go_on(actor=asha(), item=progress.row.pk, at=AT, is_rehearsal=False)
    assert became(again.shown) == dict.fromkeys(TWO, Became.THERE)
    with guarded.acting(asha()):
        lock = Item.objects.get(name="cam/lock.txt")
    assert (lock.exhibit, lock.source_system) == (progress.row.exhibit, "archive")
    assert lock.source_reference == progress.row.sha256
    entries = Entry.objects.filter(operation="evidence.content-read")
    assert [b"taken apart" in bytes(each.body) for each in entries] == [True, True]


def test_an_archive_with_a_manifest_makes_its_exhibits() -> None:
    factories.policy()
    card_of = zipped(TWO | {"manifest.csv": MANIFEST.encode(), "more.txt": b"more"})
    progress = unpacked(card_of, by_manifest=True)
    assert progress.is_whole
    assert {each.name: each.exhibit for each in progress.shown} == {
        "cam/lock.txt": "JAS/7 of op-heron",
        "cam/gate.txt": "JAS/7 of op-heron",
        "more.txt": "",
    }
    with guarded.acting(asha()):
        card = Exhibit.objects.get(exhibit_reference="JAS/7")
        of = {each.name: each.exhibit for each in Item.objects.exclude(pk=progress.row.pk)}
    assert card.seized_at.isoformat() == "2026-09-14T08:20:00+00:00"
    first = progress.row.exhibit
    assert of == {"cam/lock.txt": card.pk, "cam/gate.txt": card.pk, "more.txt": first}


def test_a_manifest_in_an_archive_marks_nothing_lower_than_the_archive() -> None:
    factories.policy()
    heads, first, second = MANIFEST.splitlines()
    text = f"{heads},marking\n{first},OFFICIAL\n{second},\n"
    card = zipped(TWO | {"manifest.csv": text.encode()})
    item = factories.kept(factories.exhibit(marking="OFFICIAL-SENSITIVE"), card, "card.zip")
    progress = unpacking.go_on(
        actor=asha(), item=item.pk, at=AT, is_rehearsal=False, by_manifest=True
    )
    assert {each.why for each in progress.refused} == {importing.LOWER}
    assert list(states()) == ["card.zip"]


def test_a_long_archive_is_taken_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.policy()
    monkeypatch.setattr(unpacking, "SECONDS", 0)
    first = unpacked(zipped(TWO | {"more.txt": b"more", "last.txt": b"last"}))
    assert (first.is_whole, first.number[Became.TAKEN]) == (False, 1)
    monkeypatch.setattr(unpacking, "SECONDS", 20)
    ticks = iter((0, 30, 36, 41))
    monkeypatch.setattr(unpacking, "time", SimpleNamespace(monotonic=ticks.__next__))
    then = unpacking.go_on(actor=asha(), item=first.row.pk, at=AT, is_rehearsal=False)
    assert then.number == {Became.THERE: 1, Became.TAKEN: 2}
    assert not then.is_whole


def test_a_large_packed_tape_is_left_to_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.policy()
    monkeypatch.setattr(unpacking, "LARGEST_PACKED", 10)
    with pytest.raises(unpacking.ByCommand):
        unpacked(taped(TWO))
    with guarded.acting(asha()):
        packed = Item.objects.get(name="card.zip")
    taking = unpacking.opened(actor=asha(), item=packed.pk, at=AT, by_manifest=False)
    assert taking.row.pk == packed.pk


def test_a_damaged_member_is_given_up_and_the_others_are_kept() -> None:
    factories.policy()
    stored = zipped({"a.txt": b"whole " * 9, "b.txt": b"sound"}, zipfile.ZIP_STORED)
    progress = unpacked(damaged(stored))
    assert became(progress.shown) == {"b.txt": Became.TAKEN}
    assert [(each.name, each.why) for each in progress.refused] == [("a.txt", importing.SHORT)]
    assert states()["a.txt"] == "given-up"


def test_what_hangs_on_a_letter_is_taken_out() -> None:
    factories.policy()
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "A <a@example.org>", "Lock 31"
    letter.set_content("See here.")
    drawn = base64.b64encode(b"\x89PNG drawn").decode()
    letter.add_alternative(
        f"<p>See: <img src='cid:a'><img src='data:image/png;base64,{drawn}'>", subtype="html"
    )
    letter.get_payload()[1].add_related(b"GIF", "image", "gif", cid="<a>", filename="gate.gif")  # type: ignore[union-attr, index]
    forwarded = EmailMessage()
    forwarded["From"], forwarded["Subject"] = "B <b@example.org>", "Gate"
    forwarded.set_content("Within.")
    forwarded.add_attachment("deeper", filename="gate.txt")
    letter.add_attachment(forwarded)
    letter.add_attachment("12345", filename="lock.txt")
    progress = unpacked(letter.as_bytes(), "letter.eml")
    assert [each.name for each in progress.shown] == [
        "1-gate.gif",
        "2-letter.eml",
        "2-letter.eml/1-gate.txt",
        "3-lock.txt",
        "4-picture.png",
    ]
    assert progress.number == {Became.TAKEN: 5}
    with guarded.acting(asha()):
        kept = {each.name: each for each in Item.objects.all()}
    assert kept["1-gate.txt"].source_reference == kept["2-letter.eml"].sha256
    assert kept["2-letter.eml"].source_reference == progress.row.sha256
    within = kept["2-letter.eml"].pk
    again = unpacking.go_on(actor=asha(), item=within, at=AT, is_rehearsal=False)
    assert became(again.shown) == {"1-gate.txt": Became.THERE}
    again = unpacking.go_on(actor=asha(), item=progress.row.pk, at=AT, is_rehearsal=True)
    assert again.number == {Became.THERE: 5}


def test_page_and_api_show_what_lies_in_it_and_take_it_in(cast: Cast) -> None:
    factories.policy()
    client = cast.asha("investigator").client
    card = zipped(TWO | {"../escape.txt": b"out", "manifest.csv": MANIFEST.encode()})
    item = factories.kept(factories.exhibit(), card, "card.zip")
    address = f"/evidence/items/{item.pk}/unpack/"
    assert address in client.get(f"/evidence/items/{item.pk}/").content.decode()
    page = client.get(address).content.decode()
    assert "leads out of its folder" in page
    assert "Take the files in" in page
    assert f'href="{address}?by=manifest"' in page
    assert "JAS/7 of op-heron" not in page
    by_manifest = client.get(f"{address}?by=manifest").content.decode()
    assert by_manifest.count("JAS/7 of op-heron") == 2
    assert f'action="{address}?by=manifest"' in by_manifest
    asked = client.get(f"/api/v1{address[:-1]}?by_manifest=true").json()
    assert {each["exhibit"] for each in asked["files"]} == {"JAS/7 of op-heron"}
    assert not {"cam/lock.txt"} & set(states())
    assert "All of it was gone through" in client.post(address).content.decode()
    told = client.get(f"/api/v1{address[:-1]}").json()
    assert told["number"] == {"refused": 1, "there": 3}
    assert told["has_manifest"]
    with guarded.acting(asha()):
        assert {each.exhibit for each in Item.objects.all()} == {item.exhibit}
    plain = factories.kept(factories.exhibit(exhibit_reference="JAS/2"), b"text")
    refused = client.get(f"/evidence/items/{plain.pk}/unpack/")
    assert refused.status_code == 400


def test_the_command_takes_a_folder_in_and_tells_of_each_file(
    cast: Cast, tmp_path: Path
) -> None:
    factories.policy()
    by = ["--as", cast.asha("investigator").account.username]
    folder = laid(tmp_path, TWO | {"manifest.csv": MANIFEST.encode()})
    words = ["import", str(folder), *by]
    for said in ("taken", "there"):
        done = CliRunner().invoke(commands, words)
        assert done.exit_code == 0, done.output
        told = [json.loads(each) for each in done.stdout.splitlines()]
        assert {each["became"] for each in told} == {said}
    (folder / "new.txt").write_text("new")
    done = CliRunner().invoke(commands, [*words, "--rehearsal"])
    assert done.exit_code == 1
    assert importing.NOT_NAMED in done.stdout
    other = tmp_path / "other.csv"
    other.write_text(f"{MANIFEST}new.txt,JAS/7,op-heron,,,,\nmanifest.csv,JAS/7,op-heron,,,,\n")
    done = CliRunner().invoke(commands, [*words, "--manifest", str(other)])
    assert done.exit_code == 0, done.output
    assert "--manifest names another" in done.stderr
    assert states()["manifest.csv"] == "kept"


def test_the_command_tells_the_faults_of_a_manifest_in_an_archive(cast: Cast) -> None:
    factories.policy()
    faulty = MANIFEST.replace("2026-09-14 09:20", "yesterday")
    card = zipped(TWO | {"manifest.csv": faulty.encode()})
    item = factories.kept(factories.exhibit(), card, "card.zip")
    words = [
        "unpack",
        str(item.pk),
        "--by-manifest",
        "--as",
        cast.asha("investigator").account.username,
    ]
    for more in ([], ["--rehearsal"]):
        done = CliRunner().invoke(commands, [*words, *more])
        assert (done.exit_code, "manifest line 2  seized_at" in done.stderr) == (2, True)
    words.remove("--by-manifest")
    done = CliRunner().invoke(commands, [*words, "--rehearsal"])
    assert (done.exit_code, "--by-manifest goes by it" in done.stderr) == (0, True)
    assert list(states()) == ["card.zip"]
