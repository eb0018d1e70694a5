"""People on the command line."""

import json
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner, Result

from crossforce.kernel import civil, clock
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.people import models, queries
from crossforce.people.commands import commands
from crossforce.people.operations.accounts import WeakPassword
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words))


def on(days: int) -> str:
    """So many days from today."""
    return str(civil.day_of(clock.now()) + timedelta(days=days))


class TestCommands:
    def test_a_person_is_added_posted_listed_and_leaves(self, cast: Cast) -> None:
        user = cast.asha("force-administrator").account.username
        by = ["--as", user]
        added = run("add", "PC 7", "Hill", "--given-name", "Robin", "--first-day", on(-22), *by)
        assert added.exit_code == 0, added.output
        robin = added.output.strip()
        posted = run("post", robin, "investigator", "--first-day", on(-21), *by)
        assert posted.exit_code == 0, posted.output
        listed = json.loads(run("list", "hill", "--json", *by).output)
        assert [row["roles"] for row in listed] == [["investigator"]]
        assert "investigator" in run("show", robin, *by).output
        assert "leaves after" in run("end", robin, "--last-day", "2099-12-31", *by).output
        with factories.seen_by():
            assert models.Staff.objects.get(pk=robin).ends_at is not None

    def test_what_someone_holds_is_recorded_and_ended(self, cast: Cast) -> None:
        robin = str(factories.staff(factories.HERE).pk)
        first, last = ["--first-day", on(-21)], ["--last-day", on(40)]
        asha = ["--as", cast.asha("force-administrator").account.username]
        officer = ["--as", cast.asha("authorising-officer").account.username]
        vetter = ["--as", cast.asha("vetting-officer").account.username]
        skill = run("skill", robin, "welsh-speaker", *first, *asha).output.strip()
        assert run("end-skill", skill, *last, *asha).output == "Ended.\n"
        held = run("grant", robin, "pursuit-command", *first, *officer).output.strip()
        assert run("suspend", held, "an incident", *officer).output == "Suspended.\n"
        assert run("reinstate", held, *officer).output == "Reinstated.\n"
        new = run("renew", held, "--first-day", on(100), *officer).output.strip()
        ended = run("withdraw", new, "--last-day", on(130), *officer)
        assert ended.output == "Withdrawn.\n"
        vetting = run("vet", robin, "mv", *first, *vetter).output.strip()
        assert run("withdraw-vetting", vetting, *last, *vetter).output == "Withdrawn.\n"

    def test_what_someone_holds_is_shown_with_its_identifier(self, cast: Cast) -> None:
        robin = str(factories.staff(factories.HERE).pk)
        asha = ["--as", cast.asha("force-administrator").account.username]
        officer = ["--as", cast.asha("authorising-officer").account.username]
        first, last = ["--first-day", on(0)], ["--last-day", on(20)]
        skill = run("skill", robin, "welsh-speaker", *first, *asha).output.strip()
        authority = run(
            "grant", robin, "pursuit-command", *first, *last, *officer
        ).output.strip()
        said = run("show", robin, *officer).output
        held = json.loads(run("show", robin, "--json", *officer).output)["held"]
        assert [(each["what"], each["id"]) for each in held] == [
            ("skill", skill),
            ("authority", authority),
        ]
        assert all(each["id"] in said for each in held)
        line = run("lapsing", *officer).output.splitlines()[0]
        assert line.startswith(f"{on(21)}  pursuit-command  ")
        assert line.endswith(authority)
        (soon,) = json.loads(run("lapsing", "--json", *officer).output)
        assert (soon["id"], soon["staff"]["id"]) == (authority, robin)
        assert run("suspend", soon["id"], "an incident", *officer).output == "Suspended.\n"

    def test_an_offer_is_listed_and_answered(self, cast: Cast) -> None:
        asha = ["--as", cast.asha("force-administrator").account.username]
        bryn = ["--as", cast.bryn("force-administrator").account.username]
        robin = str(factories.staff(factories.HERE).pk)
        to_partner = ["--first-day", on(-21), "--organisation", factories.PARTNER]
        first, second = (
            run("post", robin, role, *to_partner, *asha).output.strip()
            for role in ("investigator", "analyst")
        )
        assert "investigator" in run("offered", *bryn).output
        listed = json.loads(run("offered", "--json", *bryn).output)
        assert {each["id"] for each in listed} == {first, second}
        assert run("accept", first, *bryn).output == "Accepted.\n"
        assert run("decline", second, *bryn).output == "Declined.\n"
        ended = run("end-posting", first, "--last-day", on(40), *bryn)
        assert f"ends after {date.fromisoformat(on(40)):%d %B %Y}" in ended.output

    def test_an_account_is_opened_and_closed(self, cast: Cast) -> None:
        asha = ["--as", cast.asha("force-administrator").account.username]
        robin = str(factories.staff(factories.HERE).pk)
        words = ["--username", "robin", "--password", "a horse, a battery and a staple"]
        account = run("open-account", robin, *words, *asha).output.strip()
        assert "can no longer" in run("close-account", account, *asha).output

    def test_the_way_in_is_an_administrator_appointed_on_the_machine(self) -> None:
        factories.organisation(factories.HERE)
        words = ["--username", "robin", "--password", "a horse, a battery and a staple"]
        done = run("appoint", factories.HERE, "S 1", "Hill", *words)
        assert done.exit_code == 0, done.output
        assert run("list", "--as", "robin").exit_code == 0

    def test_a_weak_password_is_refused(self) -> None:
        factories.organisation(factories.HERE)
        words = ["--username", "robin", "--password", "password"]
        done = run("appoint", factories.HERE, "S 1", "Hill", *words)
        assert isinstance(done.exception, WeakPassword)

    @pytest.mark.parametrize("day", ["9999-12-31", "yesterday", "0001-01-01"])
    def test_refuses_a_day_that_is_none(self, cast: Cast, day: str) -> None:
        user = cast.asha("force-administrator").account.username
        done = run("add", "PC 7", "Hill", "--first-day", day, "--as", user)
        assert done.exit_code == 2
        assert "give a day" in done.output

    def test_refuses_an_office_without_the_power(self, cast: Cast) -> None:
        user = cast.asha("duty-inspector").account.username
        done = run("add", "PC 7", "Hill", "--first-day", on(-22), "--as", user)
        assert isinstance(done.exception, Refused)

    def test_acts_in_the_office_that_is_named(self, cast: Cast) -> None:
        user = cast.asha("duty-inspector").account.username
        assert run("lapsing", "--as", f"{user}:duty-inspector").exit_code == 0
        done = run("lapsing", "--as", f"{user}:chief-officer")
        assert isinstance(done.exception, Missing)

    def test_acts_for_the_purpose_that_is_named(self, cast: Cast) -> None:
        name = cast.asha("duty-inspector").account.username + ":duty-inspector"
        at = factories.AT
        named = queries.actor_named(f"{name}:roads-policing", at)
        assert named.purpose == "roads-policing"
        assert queries.actor_named(name, at).purpose == "operational-response"
        officer = cast.asha("vetting-officer").account.username
        assert queries.actor_named(officer, at).purpose == "command-line"
        with pytest.raises(Missing, match=r"Choose among: .*crime-investigation"):
            queries.actor_named(f"{name}:curiosity", at)

    def test_does_not_show_somebody_of_another_organisation(self, cast: Cast) -> None:
        user = cast.asha("duty-inspector").account.username
        theirs = factories.staff(factories.PARTNER)
        assert isinstance(run("show", str(theirs.pk), "--as", user).exception, Missing)

    def test_lists_the_catalogues(self) -> None:
        assert "firearms-law" in run("catalogue").output
