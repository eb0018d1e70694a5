"""Exhibits go out as BagIt and OCFL that the standards' own validators pass, and come in as the same exhibits."""

import io
import json
import zipfile
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
from crossforce.evidence.models import Exhibit, Touch
from crossforce.evidence.operations import exporting
from crossforce.evidence.operations.exporting import MayNotExport, NewExport
from crossforce.evidence.queries.packages import Wanted
from crossforce.evidence.rules.packages.parts import Form
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.test_proving import exhibit_with_all
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

    policed = ["--policing", "bring-offenders-to-justice"]
    elsewhere = ["import-package", *policed, "--collection", "case:other", *by]
    assert "4 files came, 0 were there" in run(*elsewhere, to)
    assert "0 files came, 4 were there" in run(*elsewhere, to)
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
    policed = ["--policing", "bring-offenders-to-justice", "--collection", "case:other"]
    for form in Form:
        to = tmp_path / form
        run("export", to, "--form", form, *asked, *by)
        (film,) = to.rglob("1-lock-31.mp4")
        film.write_bytes(film.read_bytes().replace(b"lock", b"dock", 1))
        done = CliRunner().invoke(commands, ["import-package", str(to), *policed, *by])
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


def row_holder(row: Any) -> str:
    return str(queries.opened(asha(), row.pk).place.holder)
