"""People on the command line."""

import json

import pytest
from typer.testing import CliRunner, Result

from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.people import models
from crossforce.people.commands import commands
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words))


class TestCommands:
    def test_a_person_is_added_posted_listed_and_leaves(self, cast: Cast) -> None:
        user = cast.asha("force-administrator").account.username
        by = ["--as", user]
        added = run(
            "add", "PC 7", "Hill", "--given-name", "Robin", "--first-day", "2026-11-01", *by
        )
        assert added.exit_code == 0, added.output
        robin = added.output.strip()
        posted = run("post", robin, "investigator", "--first-day", "2026-11-02", *by)
        assert posted.exit_code == 0, posted.output
        listed = json.loads(run("list", "hill", "--json", *by).output)
        assert [row["roles"] for row in listed] == [["investigator"]]
        assert "investigator" in run("show", robin, *by).output
        assert "leaves after" in run("end", robin, "--last-day", "2099-12-31", *by).output
        assert models.Staff.objects.get(pk=robin).ends_at is not None

    def test_refuses_an_office_without_the_power(self, cast: Cast) -> None:
        user = cast.asha("duty-inspector").account.username
        done = run("add", "PC 7", "Hill", "--first-day", "2026-11-01", "--as", user)
        assert isinstance(done.exception, Refused)

    def test_acts_in_the_office_that_is_named(self, cast: Cast) -> None:
        user = cast.asha("duty-inspector").account.username
        assert run("lapsing", "--as", f"{user}:duty-inspector").exit_code == 0
        done = run("lapsing", "--as", f"{user}:chief-officer")
        assert isinstance(done.exception, Missing)

    def test_does_not_show_somebody_of_another_organisation(self, cast: Cast) -> None:
        user = cast.asha("duty-inspector").account.username
        theirs = factories.staff(factories.PARTNER)
        assert isinstance(run("show", str(theirs.pk), "--as", user).exception, Missing)

    def test_lists_the_catalogues(self) -> None:
        assert "firearms-law" in run("catalogue").output
