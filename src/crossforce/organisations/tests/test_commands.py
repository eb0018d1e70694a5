"""The directory on the command line."""

import json

import pytest
from typer.testing import CliRunner

from crossforce.kernel.refusals import Missing
from crossforce.organisations.commands import commands

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
