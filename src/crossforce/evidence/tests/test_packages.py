"""Exhibits go out as BagIt and OCFL that the standards' own validators pass, and come in as the same exhibits."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import bagit
import ocfl
import pytest
from typer.testing import CliRunner

from crossforce.access.choices import ACTIONS
from crossforce.evidence import queries
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Exhibit, Item, Touch
from crossforce.evidence.operations import bringing, exporting
from crossforce.evidence.operations.admitting import MarkedHigher, NotSound
from crossforce.evidence.operations.exporting import MayNotExport, NewExport
from crossforce.evidence.queries import packages
from crossforce.evidence.queries.packages import Wanted
from crossforce.evidence.rules.packages.parts import Form
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.archives import zipped
from crossforce.evidence.tests.test_proving import exhibit_with_all
from crossforce.evidence.tests.test_redacting import GROUND, TEXT, copied, decided
from crossforce.kernel import guarded
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry
from crossforce.records.api import place_of
from crossforce.records.tests.factories import AT, asha

pytestmark = pytest.mark.django_db


def run(*words: object) -> str:
    done = CliRunner().invoke(commands, [str(each) for each in words])
    assert done.exit_code == 0, done.output
    return done.output


def kept(exhibit: Any) -> set[tuple[str, int, str, str]]:
    return {
        (each.name, each.size, each.sha256, each.blake3)
        for each in queries.opened(asha(), exhibit).items
        if each.is_kept
    }


def is_valid(form: Form, folder: Path) -> bool:
    """By the validator of the standard, which reads every digest."""
    if form is Form.BAGIT:
        return bool(bagit.Bag(str(folder)).validate())
    root = ocfl.StorageRoot(root=str(folder))
    return bool(root.validate(validate_objects=True, check_digests=True))


@pytest.mark.parametrize("form", Form)
def test_what_goes_out_passes_and_comes_in_the_same(
    form: Form, cast: Cast, tmp_path: Path
) -> None:
    factories.policy()
    row, by = exhibit_with_all(), ["--as", cast.asha("investigator").account.username]
    factories.kept(row, b"picture of the bridge", "Llun y bont.jpg")
    factories.exhibit(exhibit_reference="JAS/2", marking="OFFICIAL-SENSITIVE")
    before, to = kept(row.pk), tmp_path / "out"
    asked = ["--case", "op-heron", "--form", form, "--recipient", "Court", "--reason", "Trial"]
    assert "2 exhibits, 3 files" in run("export", to, *asked, *by)
    assert is_valid(form, to)
    assert Entry.objects.filter(operation=exporting.EXPORTED).count() == 2

    policed = ["--held-for", "bring-offenders-to-justice"]
    elsewhere = ["import", *policed, "--collection", "case:other", *by]
    assert '"files": 4' in run(*elsewhere, to, "--rehearsal")
    assert '"taken": 4, "there": 0' in run(*elsewhere, to)
    assert '"taken": 0, "there": 4' in run(*elsewhere, to)
    with guarded.acting(asha()):
        again = Exhibit.objects.filter(exhibit_reference="JAS/1").exclude(pk=row.pk).get()
        assert not Touch.objects.filter(exhibit=again.pk).exists()
        others = Exhibit.objects.filter(exhibit_reference="JAS/2")
        assert {place_of(each.scope_id).marking for each in others} == {"OFFICIAL-SENSITIVE"}
        assert len(others) == 2
    came = kept(again.pk)
    documents = came - before
    assert before <= came
    assert {name for name, *_ in documents} == {"continuity of JAS-1.json"}
    for name in ("description", "seized_at", "seized_by", "case_reference"):
        assert getattr(again, name) == getattr(row, name)


def test_a_changed_package_brings_nothing(cast: Cast, tmp_path: Path) -> None:
    factories.policy()
    row, by = exhibit_with_all(), ["--as", cast.asha("investigator").account.username]
    asked = ["--exhibit", row.pk, "--recipient", "Court", "--reason", "Trial"]
    policed = ["--held-for", "bring-offenders-to-justice", "--collection", "case:other"]
    for form in Form:
        to = tmp_path / form
        run("export", to, "--form", form, *asked, *by)
        (film,) = to.rglob("1-lock-31.mp4")
        film.write_bytes(film.read_bytes().replace(b"lock", b"dock", 1))
        done = CliRunner().invoke(commands, ["import", str(to), *policed, *by])
        assert done.exit_code, done.output
        assert "1-lock-31.mp4 is not as" in str(done.exception or done.output)
    with guarded.acting(asha()):
        assert Exhibit.objects.count() == 1


def test_the_page_and_the_interface_give_a_zip_file_to_who_may_disclose(
    cast: Cast, tmp_path: Path
) -> None:
    factories.policy()
    row, client = exhibit_with_all(), cast.asha("investigator").client
    page = f"/evidence/export/?exhibit={row.pk}"
    assert page in client.get(f"/evidence/{row.pk}/").content.decode()
    assert b"is_redacted" not in client.get(page).content
    said = {"recipient": "Court", "reason": "Trial", "form": "bagit"}
    assert client.post(page, said | {"recipient": ""}).status_code == 422
    sent: Any = client.post(page, said)
    whole = b"".join(sent.streaming_content)
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        pack.extractall(tmp_path / "bag")
    assert is_valid(Form.BAGIT, tmp_path / "bag")
    answer: Any = client.post(
        "/api/v1/evidence/exports",
        json.dumps(said | {"form": "ocfl", "holder": row_holder(row)}),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert names[-1] == "0=ocfl_1.1"
    factories.policy(actions=[each for each in ACTIONS if each != "disclose"])
    assert page not in client.get(f"/evidence/{row.pk}/").content.decode()
    new = NewExport(Wanted(case="op-heron"), Form.OCFL, "Court", "Trial")
    with pytest.raises(MayNotExport):
        exporting.make(actor=asha(), new=new, at=AT)


def test_a_package_that_is_kept_is_brought_in_where_it_stands(
    cast: Cast, tmp_path: Path
) -> None:
    factories.policy()
    row, asha_ = exhibit_with_all(), cast.asha("investigator")
    asked = ["--exhibit", row.pk, "--recipient", "Court", "--reason", "Trial"]
    run("export", tmp_path / "out.zip", *asked, "--as", asha_.account.username)
    own = factories.exhibit(exhibit_reference="JAS/8", collection="case:other", kept_as="")
    item = factories.kept(own, (tmp_path / "out.zip").read_bytes(), "out.zip")
    address = f"/evidence/items/{item.pk}/package/"
    assert address in asha_.client.get(f"/evidence/items/{item.pk}/unpack/").content.decode()
    page = asha_.client.get(address).content.decode()
    assert "Film of a camera" in page
    (told,) = asha_.client.get(f"/api/v1{address[:-1]}").json()
    assert (told["exhibit_reference"], told["files"]) == ("JAS/1", len(kept(row.pk)) + 1)
    assert "All of it is here" in asha_.client.post(address).content.decode()
    again = asha_.client.post(
        f"/api/v1{address[:-1]}", headers={"Idempotency-Key": str(uuid4())}
    )
    assert again.json()["exhibits"][0]["taken"] == 0
    with guarded.acting(asha()):
        came = Exhibit.objects.filter(exhibit_reference="JAS/1").exclude(pk=row.pk).get()
    assert place_of_row(came).collection == "case:other"
    assert kept(row.pk) <= kept(came.pk)


@pytest.mark.parametrize(
    ("marking", "refused"),
    [("OFFICIAL-SENSITIVE", True), ("OFFICIAL", False), ("Nothing", False)],
)
def test_a_strange_bag_goes_to_no_exhibit_that_is_marked_lower(
    marking: str, refused: bool
) -> None:
    factories.policy()
    bag = {
        "bag/bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag/bag-info.txt": f"Security-Marking: {marking}\n".encode(),
        "bag/data/a.txt": b"lock",
        "bag/manifest-sha256.txt": f"{sha256(b'lock').hexdigest()}  data/a.txt\n".encode(),
    }
    own = factories.exhibit()
    item = factories.kept(own, zipped(bag), "bag.zip")
    if refused:
        with pytest.raises(MarkedHigher):
            bringing.look(actor=asha(), item=item.pk, at=AT)
        return
    assert bringing.go_on(actor=asha(), item=item.pk, at=AT).is_whole
    assert {name for name, *_ in kept(own.pk)} == {"a.txt", "bag.zip"}


@pytest.mark.parametrize(
    "content",
    [
        zipped({"a.txt": b"lock"}),
        zipped({"bagit.txt": b"0" * 40_000_000}),
        b"PK\x05\x06" + b"\xff" * 18,
    ],
)
def test_what_is_no_sound_package_is_refused(content: bytes) -> None:
    factories.policy()
    item = factories.kept(factories.exhibit(), content, "bag.zip")
    with pytest.raises(NotSound):
        bringing.look(actor=asha(), item=item.pk, at=AT)


def place_of_row(row: Exhibit) -> Any:
    with guarded.acting(asha()):
        return place_of(row.scope_id)


def row_holder(row: Any) -> str:
    return str(queries.opened(asha(), row.pk).place.holder)


def test_redacted_copies_go_along_and_are_decided_on_anew(cast: Cast, tmp_path: Path) -> None:
    factories.policy()
    row, by = factories.exhibit(), ["--as", cast.asha("investigator").account.username]
    copy = decided(copied(factories.kept(row, TEXT, "note.txt")), asha())
    asked = ["--exhibit", row.pk, "--recipient", "Court", "--reason", "Trial", *by]
    assert "1 exhibits, 2 files" in run("export", tmp_path / "bag", *asked)
    document = json.loads((tmp_path / "bag/data/1/exhibit.json").read_text())
    (told,) = document["redactions"]
    assert (told["of"], told["decision"], told["ground"]) == (
        "files/1-note.txt",
        "approved",
        GROUND,
    )
    for came in ('"taken": 3, "there": 0', '"taken": 0, "there": 3'):
        assert came in run("import", "--collection", "case:other", *by, tmp_path / "bag")
    with guarded.acting(asha()):
        again = Item.objects.get(sha256=copy.sha256, decision="")
        original = Item.objects.get(pk=again.derived_from)
    assert (original.exhibit, original.name) == (again.exhibit, "note.txt")
    assert again.exhibit != row.pk
    assert (again.places, again.ground) == (copy.places, copy.ground)
    assert not again.may_leave


def test_what_is_more_than_a_package_takes_goes_in_parts(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.policy()
    first, second = (factories.exhibit(exhibit_reference=f"JAS/{each}") for each in (1, 2))
    monkeypatch.setattr(packages, "MOST_IN_PACKAGE", 1)
    who = cast.asha("investigator")
    by = ["--recipient", "Court", "--reason", "Trial", "--as", who.account.username]
    asked = ["--case", "op-heron", *by]
    assert f"--after {first.pk}" in run("export", tmp_path / "1", *asked)
    assert f"after urn:uuid:{first.pk}" in (tmp_path / "1/bag-info.txt").read_text()
    assert "More" not in run("export", tmp_path / "2", *asked, "--after", first.pk)
    assert str(second.pk) in (tmp_path / "2/data/1/exhibit.json").read_text()
    page = who.client.get("/evidence/export/?case=op-heron").content.decode()
    assert f"?case=op-heron&amp;after={first.pk}" in page
    sent: dict[str, Any] = {"case": "op-heron", "recipient": "Court", "reason": "Trial"}
    answer: Any = who.client.post(
        "/api/v1/evidence/exports",
        json.dumps(sent),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.headers["Crossforce-After"] == str(first.pk)
