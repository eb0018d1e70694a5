"""The ledger on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.oversight.commands.ledger import commands
from crossforce.oversight.tests.test_ledger_views import appended
from crossforce.transparency import bare_commands

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words))


class TestCommands:
    def test_an_auditor_lists_shows_and_exports(self, cast: Cast, tmp_path: Path) -> None:
        dee, entry = cast.dee().account.username, str(appended())
        given = ["--operation", "people.staff", "--until", "2026-11-21", "--json", "--as", dee]
        listed = [json.loads(line) for line in run("list", *given).output.splitlines()]
        assert entry in [row["id"] for row in listed]
        assert "Somebody" in run("show", entry, "--as", dee).output
        file = tmp_path / "entry.json"
        assert run("export", entry, str(file), "--as", dee).exit_code == 0
        verified = CliRunner().invoke(
            bare_commands.commands, ["verify-entry", str(file), "--json"]
        )
        assert json.loads(verified.output)["id"] == entry

    def test_nobody_else_reads_it(self, cast: Cast) -> None:
        inspector = cast.asha("duty-inspector").account.username
        assert isinstance(run("list", "--as", inspector).exception, Refused)
        done = run("show", str(appended()), "--as", inspector)
        assert isinstance(done.exception, Missing)
