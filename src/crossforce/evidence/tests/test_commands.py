"""Evidence on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crossforce.evidence.commands import commands
from crossforce.evidence.operations import receiving
from crossforce.evidence.tests import factories
from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests.factories import AT, asha

pytestmark = pytest.mark.django_db


def run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in words])


def test_a_file_is_sent_goes_on_and_is_fetched(cast: Cast, tmp_path: Path) -> None:
    factories.policy()
    exhibit, by = factories.exhibit(), ["--as", cast.asha("investigator").account.username]
    film = tmp_path / "lock-31.mp4"
    film.write_bytes(b"film " * 1000)
    begun = factories.begun(exhibit, 5000, film.name)
    receiving.receive(actor=asha(), item=begun.pk, offset=0, parts=[b"film "], at=AT)
    sent = run("send", exhibit.pk, film, *by)
    assert sent.exit_code == 0, sent.output
    assert str(begun.pk) in sent.output
    (told,) = json.loads(run("items", exhibit.pk, *by).output)
    assert (told["state"], told["size"]) == ("kept", 5000)
    again = tmp_path / "again"
    assert run("fetch", told["id"], again, *by).exit_code == 0
    assert again.read_bytes() == film.read_bytes()
