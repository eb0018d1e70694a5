"""Records on the command line."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.testing.cast import Cast
from crossforce.records.commands import commands
from crossforce.records.tests import factories

pytestmark = pytest.mark.django_db
NOTE = "records.note"


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, list(words))


def added(by: list[str], subject: str = "A blue van", *place: str) -> str:
    field = ["-f", f"subject={subject}", "-f", "body=Seen twice."]
    done = run("add", NOTE, *field, "--policing", "prevent-offences", *by, *place)
    assert done.exit_code == 0, done.output
    return done.output.strip()


class TestCommands:
    def test_a_record_is_added_found_changed_and_linked(self, cast: Cast) -> None:
        factories.policy()
        by = ["--as", cast.asha("investigator").account.username]
        one, other = added(by), added(by, "A red van")
        listed = json.loads(run("list", NOTE, "--json", *by).output)
        assert [row["title"] for row in listed] == ["A red van", "A blue van"]
        assert "version 2" in run("edit", NOTE, one, "-f", "body=Thrice.", *by).output
        assert "Seen twice. -> Thrice." in run("history", NOTE, one, *by).output
        assert run("link", NOTE, one, NOTE, other, *by).output == "Linked.\n"
        assert other in run("show", NOTE, one, *by).output
        assert one in run("search", "blue", "--json", *by).output
        assert "A red van" in run("search", "red", *by).output

    def test_a_search_says_what_may_only_be_found(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("found", recipient=factories.PARTNER, actions=("find",))
        by = ["--as", cast.asha("investigator").account.username]
        added(by)
        partner = ["--as", cast.bryn("investigator").account.username]
        assert "only to be found: ask Wiltshire for it" in run("search", "van", *partner).output
        assert "only to be found" not in run("search", "van", *by).output

    def test_a_disclosure_is_a_marked_file(self, cast: Cast, tmp_path: Path) -> None:
        factories.policy()
        by = ["--as", cast.asha("investigator").account.username]
        file = tmp_path / "out.json"
        done = run("disclose", NOTE, added(by), "--to", "coroner", "--file", str(file), *by)
        assert done.output == "OFFICIAL: 1 disclosed to coroner.\n"
        assert json.loads(file.read_text())["marking"] == "OFFICIAL"

    def test_a_correction_is_proposed_and_answered(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("read", recipient=factories.PARTNER, actions=("find", "read"))
        by = ["--as", cast.asha("investigator").account.username]
        partner = ["--as", cast.bryn("investigator").account.username]
        note, why = added(by), ["--reason", "It was blue."]
        one, other = (
            run("propose", NOTE, note, "-f", "body=It was blue.", *why, *partner).output.strip()
            for _ in range(2)
        )
        assert run("refuse", other, "--reason", "Said already.", *by).output == "Refused.\n"
        assert run("accept", one, *by).output == "Corrected: version 2.\n"

    def test_a_record_is_moved_held_reviewed_and_cut_loose(self, cast: Cast) -> None:
        factories.policy()
        by = ["--as", cast.asha("investigator").account.username]
        note, other = added(by), added(by, "A red van")
        up = run("move", NOTE, note, "--marking", "OFFICIAL-SENSITIVE", *by)
        assert up.output == "Moved: version 2.\n"
        held = run("hold", NOTE, note, "--reason", "inquest", *by).output.strip()
        assert run("lift", held, "--reason", "closed", *by).output == "Lifted.\n"
        assert "Due for review on" in run("review", NOTE, note, "--group", "2", *by).output
        assert run("propose-disposal", NOTE, note, *by).output == "Proposed.\n"
        run("link", NOTE, note, NOTE, other, *by)
        shown = run("show", NOTE, note, *by).output
        assert f"lifted hold {held}: inquest" in shown
        (link,) = re.findall(rf"link (\S+): concerns {NOTE} {other}", shown)
        assert run("unlink", link, *by).output == "Cut.\n"

    def test_it_is_in_its_place_from_the_first_instant(self, cast: Cast) -> None:
        factories.policy()
        factories.policy("inside", compartment="special-branch")
        factories.policy("theirs", recipient=factories.PARTNER, actions=("find", "read"))
        by = ["--as", cast.asha("investigator").account.username]
        partner = ["--as", cast.bryn("investigator").account.username]
        place = ["--marking", "OFFICIAL-SENSITIVE", "--compartment", "special-branch"]
        note = added(by, "A source", *place, "--collection", "case:op-heron", "--group", "2")
        shown = run("show", NOTE, note, *by).output
        assert "OFFICIAL-SENSITIVE [SPECIAL-BRANCH]" in shown
        assert "review group 2, due" in shown
        assert isinstance(run("show", NOTE, note, *partner).exception, Missing)
        assert "OFFICIAL-SENSITIVE [SPECIAL-BRANCH]" in run("search", "source", *by).output

    def test_a_combination_bears_the_highest_marking_of_its_parts(self, cast: Cast) -> None:
        factories.policy()
        by = ["--as", cast.asha("investigator").account.username]
        high = ["--marking", "OFFICIAL-SENSITIVE"]
        parts = [f"{NOTE}:{added(by)}", f"{NOTE}:{added(by, 'A red van', *high)}"]
        given = [*parts, "-f", "name=Vans", "-f", "body=Two.", "--policing", "preserve-order"]
        low = run("combine", "records.document", *given, *by)
        assert "highest marking of its parts" in str(low.exception)
        made = run("combine", "records.document", *given, *high, *by).output.strip()
        shown = run("show", "records.document", made, *by).output
        assert shown.count(": combines records.note") == 2
        assert run("combine", NOTE, "records.note", *given, *by).exit_code == 2

    def test_what_is_not_due_is_not_disposed_of(self, cast: Cast) -> None:
        factories.policy()
        by = ["--as", cast.asha("investigator").account.username]
        done = run("dispose", NOTE, added(by), "--reason", "old", *by)
        assert "kept until" in str(done.exception)

    def test_who_may_only_find_is_told_whom_to_ask(self, cast: Cast) -> None:
        factories.policy()
        note = factories.note()
        factories.policy("find", recipient=factories.PARTNER, actions=("find",))
        by = ["--as", cast.bryn("investigator").account.username]
        output = run("show", NOTE, str(note.pk), *by).output
        assert "Wiltshire decides who may read it" in output
        assert "Seen twice" not in output

    def test_a_stranger_is_told_nothing(self, cast: Cast) -> None:
        factories.policy()
        note = str(factories.note().pk)
        by = ["--as", cast.cole("investigator").account.username]
        assert isinstance(run("show", NOTE, note, *by).exception, Missing)
        assert isinstance(run("edit", NOTE, note, "-f", "body=x", *by).exception, Missing)
        refused = run(
            "add", NOTE, "-f", "subject=x", "-f", "body=y", "--policing", "preserve-order", *by
        )
        assert isinstance(refused.exception, Refused)

    def test_kinds_and_proposals_are_listed(self, cast: Cast) -> None:
        by = ["--as", cast.asha("investigator").account.username]
        assert NOTE in run("kinds").output
        assert json.loads(run("proposals", *by).output) == []

    def test_refuses_a_field_without_a_value(self, cast: Cast) -> None:
        factories.policy()
        by = ["--as", cast.asha("investigator").account.username]
        assert run("edit", NOTE, added(by), "-f", "body", *by).exit_code == 2
