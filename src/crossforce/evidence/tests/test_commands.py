"""Evidence on the command line."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crossforce.evidence.commands import commands
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.operations import receiving
from crossforce.evidence.operations.receiving import Sent
from crossforce.evidence.queries.naming import NoSuchExhibit
from crossforce.evidence.tests import factories
from crossforce.kernel.testing.cast import Cast
from crossforce.kernel.web import dates
from crossforce.people.api import Actor, acting_as
from crossforce.records.tests.factories import AT, asha

pytestmark = pytest.mark.django_db


def run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in words])


def begin(actor: Actor, exhibit: Exhibit, film: Path) -> Item:
    sent = Sent(exhibit.pk, film.name, film.stat().st_size)
    return receiving.begin(actor=actor, sent=sent, at=AT)


def test_a_file_is_sent_goes_on_and_is_fetched(cast: Cast, tmp_path: Path) -> None:
    factories.policy()
    exhibit, by = factories.exhibit(), ["--as", cast.asha("investigator").account.username]
    film = tmp_path / "lock-31.mp4"
    film.write_bytes(b"film " * 1000)
    actor = acting_as(by[1])
    begun = begin(actor, exhibit, film)
    receiving.receive(actor=actor, item=begun.pk, offset=0, parts=[b"film "], at=AT)
    sent = run("send", exhibit.pk, film, *by)
    assert sent.exit_code == 0, sent.output
    assert str(begun.pk) in sent.output
    (told,) = json.loads(run("items", exhibit.pk, *by).output)
    assert (told["state"], told["size"]) == ("kept", 5000)
    again = tmp_path / "again"
    assert run("fetch", told["id"], again, *by).exit_code == 0
    assert again.read_bytes() == film.read_bytes()


def test_an_exhibit_is_named_by_its_reference_and_listed(cast: Cast) -> None:
    factories.policy()
    asha = cast.asha("investigator")
    by = ["--as", asha.account.username]
    one, other = factories.exhibit(), factories.exhibit(case_reference="op-egret")
    factories.exhibit(exhibit_reference="JAS/2", case_reference="op-egret")
    assert run("items", "JAS/2", *by).exit_code == 0
    assert "op-egret, op-heron" in str(run("items", "JAS/1", *by).exception)
    assert run("items", "op-heron:jas/1", *by).exit_code == 0
    assert isinstance(run("items", "JAS/9", *by).exception, NoSuchExhibit)
    told = json.loads(run("list", "--reference", "JAS/1", *by).output)
    assert {each["id"] for each in told["exhibits"]} == {str(one.pk), str(other.pk)}
    address = "/api/v1/evidence/exhibits?case=op-egret&reference=JAS/1"
    (found,) = asha.client.get(address).json()["exhibits"]
    assert found["id"] == str(other.pk)
    assert (
        f"{dates.instant(one.seized_at)}</td>" in asha.client.get("/evidence/").content.decode()
    )


def test_a_file_goes_on_with_nothing_else_of_its_name(cast: Cast, tmp_path: Path) -> None:
    factories.policy()
    exhibit, by = factories.exhibit(), cast.asha("investigator").account.username
    film = tmp_path / "MOV0001.mp4"
    film.write_bytes(b"film " * 1000)
    other, elses = begin(acting_as(by), exhibit, film), begin(asha(), exhibit, film)
    receiving.receive(actor=acting_as(by), item=other.pk, offset=0, parts=[b"firm "], at=AT)
    receiving.receive(actor=asha(), item=elses.pk, offset=0, parts=[b"film "], at=AT)
    sent = run("send", exhibit.pk, film, "--as", by)
    assert sent.exit_code == 0, sent.output
    told = json.loads(run("items", exhibit.pk, "--as", by).output)
    assert {each["id"]: each["state"] for each in told if each["state"] != "kept"} == {
        str(other.pk): "arriving",
        str(elses.pk): "arriving",
    }
    assert [each["sha256"] for each in told if each["state"] == "kept"] == [
        sha256(film.read_bytes()).hexdigest()
    ]
