"""The directory on the command line."""

import json

import pytest
from typer.testing import CliRunner

from crossforce.kernel import registry
from crossforce.kernel.refusals import Missing
from crossforce.organisations import queries
from crossforce.organisations.commands import commands
from crossforce.organisations.tests.factories import ASHA, KEEPER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def run(*words: str) -> str:
    result = CliRunner().invoke(commands, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


class TestList:
    def test_filters_by_region_kind_and_day(self) -> None:
        said = run(
            "list",
            "--region",
            "wales",
            "--kind",
            "policing-body",
            "--on",
            "2012-11-21",
            "--json",
        )
        assert [row["code"] for row in json.loads(said)] == [
            "police-authority-dyfed-powys",
            "police-authority-gwent",
            "police-authority-north-wales",
            "police-authority-south-wales",
        ]

    def test_draws_a_table(self) -> None:
        assert "dyfed-powys" in run("list", "dyfed")


class TestShow:
    def test_tells_the_history(self) -> None:
        said = run("show", "hampshire")
        assert "Until 2022-11-16: Hampshire Constabulary" in said
        assert "Hampshire Police Authority (Police authority" in said

    def test_follows_a_body_to_its_heir(self) -> None:
        assert "Followed by college-of-policing" in run(
            "show", "national-policing-improvement-agency"
        )

    def test_gives_json(self) -> None:
        assert json.loads(run("show", "gwent", "--json"))["name"]["cy"] == "Heddlu Gwent"

    def test_refuses_a_code_that_is_not_there(self) -> None:
        with pytest.raises(Missing):
            run("show", "atlantis")


class TestChanges:
    FORCE = "avon-and-somerset"

    @pytest.fixture(autouse=True)
    def actors(self, monkeypatch: pytest.MonkeyPatch) -> None:
        known = {"asha": ASHA, "keeper": KEEPER}
        monkeypatch.setattr(registry, "actor_named", lambda name, at: known[name])

    def test_open_list_and_close_a_unit(self) -> None:
        made = run(
            "open-unit", self.FORCE, "dogs", "Dogs", "--first-day", "2026-04-01", "--as", "asha"
        )
        assert "dogs" in run("units", self.FORCE, "--as", "asha")
        when = ("--first-day-without", "2026-09-01", "--version", "1", "--as", "asha")
        run("close-unit", made.strip(), *when)
        assert str(queries.units(ASHA, organisation=self.FORCE)[0].until) == "2026-09-01"

    def test_rename_and_replace_a_body(self) -> None:
        said = ("--day", "2026-10-01", "--source", "S.I. 2026/1", "--as", "keeper")
        run("rename", "british-telecom", "BT Group", *said, "--version", "1")
        assert "Version: 2" in run("show", "british-telecom")
        run("transfer", "british-telecom", "home-office", *said, "--version", "2")
        run("succeed", "british-telecom", "cabinet-office", *said, "--version", "3")
        assert "Followed by cabinet-office" in run("show", "british-telecom")

    def test_abolish_a_body(self) -> None:
        said = ("--day", "2026-10-01", "--source", "S.I. 2026/1", "--as", "keeper")
        run("abolish", "british-telecom", *said, "--version", "1")
        assert "until 2026-10-01" in run("show", "british-telecom")
