"""Pages, API and commands of who looked and of questions to the log."""

import csv
import io
import json
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner, Result

from crossforce.kernel.refusals import Refused
from crossforce.kernel.testing.cast import PARTNER, Cast
from crossforce.kernel.testing.pages import ReadCase
from crossforce.oversight.commands.log import commands
from crossforce.oversight.tests.acts import KIND, looked, record
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories as records

API = "/api/v1/oversight"
OFFICER = "data-protection-officer"


class TestStart(ReadCase):
    office, no_office, stranger_gets = "auditor", "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:who-looked")


class TestRecord(ReadCase):
    office, no_office, stranger_gets = "auditor", "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:looks-at", args=[record()])


class TestBy(ReadCase):
    office, no_office, stranger_gets = "information-manager", "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:looks-by", args=[record()])


class TestAbout(ReadCase):
    office, no_office, stranger_gets = OFFICER, "duty-inspector", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:looks-about", args=[record()])


class TestLog(ReadCase):
    office, no_office, stranger_gets = OFFICER, "auditor", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:log")


class TestCounts(ReadCase):
    office, no_office, stranger_gets = OFFICER, "auditor", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:log-counts")


class TestAlerts(ReadCase):
    office, no_office, stranger_gets = OFFICER, "auditor", 200

    def url(self, cast: Cast) -> str:
        return reverse("oversight:alerts")


def text_of(answer: Any) -> str:
    found: HttpResponse = answer
    if found.streaming:
        return b"".join(answer.streaming_content).decode("utf-8-sig")
    return found.content.decode()


@pytest.mark.django_db
class TestPages:
    def test_show_the_own_person_and_the_partners_office(self, cast: Cast) -> None:
        row = record()
        looked(cast.asha("investigator").actor, row)
        looked(cast.bryn("duty-inspector").actor, row)
        page = text_of(cast.dee().client.get(reverse("oversight:looks-at", args=[row])))
        assert "Asha Rees (Investigator)" in page
        assert "Duty inspector" in page
        assert "Bryn" not in page
        assert "sw-tri-force, version 3, clause 9.1" in page

    def test_show_a_stranger_nothing(self, cast: Cast) -> None:
        row = record()
        looked(cast.asha("investigator").actor, row)
        page = text_of(
            cast.cole("auditor").client.get(reverse("oversight:looks-at", args=[row]))
        )
        assert "No look at a record of your organisation" in page
        assert "Asha" not in page

    def test_a_file_carries_its_marking_in_every_row(self, cast: Cast) -> None:
        row = record()
        looked(cast.bryn("duty-inspector").actor, row)
        officer = cast.asha(OFFICER).client
        answer = officer.get(reverse("oversight:log"), {"format": "csv", "record": str(row)})
        assert "OFFICIAL-SENSITIVE" in answer.headers["Content-Disposition"]
        (line,) = csv.DictReader(io.StringIO(text_of(answer)))
        assert line["Marking"] == "OFFICIAL-SENSITIVE [PERSONAL]"
        assert (line["Organisation"], line["Office"]) == (PARTNER, "duty-inspector")

    def test_find_a_person_by_name(self, cast: Cast) -> None:
        asha = cast.asha("investigator").actor
        page = text_of(
            cast.asha(OFFICER).client.get(reverse("oversight:who-looked"), {"person": "rees"})
        )
        assert reverse("oversight:looks-by", args=[asha.staff]) in page

    def test_an_auditor_asks_by_identifier_only(self, cast: Cast) -> None:
        asha, start = cast.asha("investigator").actor, reverse("oversight:who-looked")
        by_name = text_of(cast.dee().client.get(start, {"person": "rees"}))
        assert str(asha.staff) not in by_name
        by_identifier = text_of(cast.dee().client.get(start, {"person": str(asha.staff)}))
        assert reverse("oversight:looks-by", args=[asha.staff]) in by_identifier

    def test_a_record_and_a_person_are_found_by_name(self, cast: Cast) -> None:
        records.policy(roles=("information-manager", "investigator"))
        note, start = records.note(subject="A lock keeper"), reverse("oversight:who-looked")
        manager = cast.asha("information-manager").client
        said = text_of(manager.get(start, {"record": "lock keeper"}))
        assert reverse("oversight:looks-at", args=[note.pk]) in said
        assert "Nothing found" in text_of(
            cast.dee().client.get(start, {"record": "lock keeper"})
        )
        people.staff(name="Kit Moor")
        log, officer = reverse("oversight:log"), cast.asha(OFFICER).client
        assert officer.get(log, {"staff": "kit moor"}).status_code == 200
        which = officer.get(log, {"staff": "moo"})
        assert which.status_code == 400
        assert "“moo” may be several. Write one of: Kit Moor" in text_of(which)

    @pytest.mark.parametrize(
        ("name", "given"),
        [
            ("log", {"since": "notaday"}),
            ("log", {"record": "xyz"}),
            ("log", {"staff": "1"}),
            ("log", {"kind": "zzz"}),
            ("log-counts", {"until": "31/12/2026"}),
            ("alerts", {"since": "notaday"}),
            ("explorer", {"kind": "zzz"}),
        ],
    )
    def test_refuse_what_they_do_not_understand(
        self, cast: Cast, name: str, given: dict[str, str]
    ) -> None:
        office = "information-manager" if name == "explorer" else OFFICER
        answer = cast.asha(office).client.get(reverse(f"oversight:{name}"), given)
        assert answer.status_code == 400
        assert (
            "Paste" in text_of(answer)
            or "Write" in text_of(answer)
            or "Choose" in text_of(answer)
        )

    def test_refuse_a_day_that_is_none_of_who_looked(self, cast: Cast) -> None:
        url = reverse("oversight:looks-at", args=[record()])
        answer = cast.dee().client.get(url, {"since": "notaday"})
        assert answer.status_code == 400
        assert "From: “notaday” is not a day" in text_of(answer)

    def test_explain_no_day_that_is_none(self, cast: Cast) -> None:
        client = cast.asha("investigator").client
        url = reverse("oversight:why-kind", args=[KIND])
        assert client.get(url, {"on": "bad"}).status_code == 400
        start = client.get(reverse("oversight:access"), {"kind": KIND, "on": "bad"})
        assert "This is not a day" in text_of(start)

    def test_say_the_same_of_others_records_and_of_none(self, cast: Cast) -> None:
        theirs = cast.bryn("investigator").actor.staff
        looked(cast.asha("investigator").actor, theirs, holders=[PARTNER])
        pages = [
            text_of(cast.dee().client.get(reverse("oversight:looks-at", args=[each])))
            for each in (theirs, record())
        ]
        said = [page[page.index("No look at a record") :].split("</p>")[0] for page in pages]
        assert said[0] == said[1]
        assert "ask that" in said[0]

    def test_alerts_lead_to_what_was_looked_at(self, cast: Cast) -> None:
        asha = cast.asha("investigator").actor
        looked(asha, asha.staff)
        days = {"since": "2026-11-21", "until": "2026-11-21"}
        page = text_of(cast.asha(OFFICER).client.get(reverse("oversight:alerts"), days))
        assert "Looked at the own record" in page
        assert reverse("oversight:looks-by", args=[asha.staff]) in page


@pytest.mark.django_db
class TestApi:
    def answer(self, client: Client, path: str, **given: Any) -> Any:
        answer: Any = client.get(f"{API}{path}", given)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def test_tells_who_looked(self, cast: Cast) -> None:
        asha, row = cast.asha("investigator").actor, record()
        entry = looked(asha, row)
        looked(asha, asha.staff)
        dee = cast.dee().client
        found = self.answer(dee, f"/looks/records/{row}", operation="record.consulted")
        assert (found["total"], found["items"][0]["entry"]) == (1, str(entry))
        assert found["marking"] == "OFFICIAL-SENSITIVE [PERSONAL]"
        assert found["items"][0]["basis"][0]["clause"] == "9.1"
        assert self.answer(dee, f"/looks/by/{asha.staff}", limit=1)["total"] == 2
        about = self.answer(dee, f"/looks/about/{asha.staff}")["items"]
        assert asha.staff in [UUID(each["subject"].split(":")[1]) for each in about]

    def test_answers_the_data_protection_officer(self, cast: Cast) -> None:
        asha = cast.asha("investigator").actor
        looked(asha, asha.staff)
        officer = cast.asha(OFFICER).client
        assert self.answer(officer, "/log", kind=KIND)["total"] == 1
        (count,) = self.answer(officer, "/log/counts", kind=KIND)["items"]
        assert (count["month"], count["acts"]) == ("2026-11-01", 1)
        days = {"since": "2026-11-21", "until": "2026-11-21"}
        (alert,) = self.answer(officer, "/log/alerts", **days)["items"]
        assert (alert["rule"], alert["threshold"]) == ("own-record", 1)

    @pytest.mark.parametrize(
        "path", ["/log", "/log/counts", "/log/alerts?since=2026-11-21&until=2026-11-21"]
    )
    def test_refuses_an_auditor(self, cast: Cast, path: str) -> None:
        assert cast.dee().client.get(API + path).status_code == 403

    def test_refuses_a_kind_or_a_day_that_is_none(self, cast: Cast) -> None:
        officer = cast.asha(OFFICER).client
        assert officer.get(f"{API}/log", {"kind": "zzz"}).status_code == 400
        assert officer.get(f"{API}/log", {"since": "notaday"}).status_code == 422
        assert officer.get(f"{API}/log", {"staff": "1"}).status_code == 422

    def test_refuses_an_operation_that_is_not_logged(self, cast: Cast) -> None:
        officer = cast.asha(OFFICER).client
        assert officer.get(f"{API}/log", {"operation": "people.staff-added"}).status_code == 422


@pytest.mark.django_db
class TestCommands:
    def run(self, *words: object) -> Result:
        return CliRunner().invoke(commands, [str(word) for word in words])

    def lines(self, *words: object) -> list[dict[str, str]]:
        done = self.run(*words, "--json")
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in done.output.splitlines()]

    def test_say_who_looked(self, cast: Cast) -> None:
        asha, dee = cast.asha("investigator").actor, cast.dee().account.username
        entry = looked(asha, asha.staff)
        for of in ("record", "by", "about"):
            lines = self.lines("who-looked", of, asha.staff, "--as", dee)
            assert (entry, "Asha Rees") in [(UUID(row["entry"]), row["name"]) for row in lines]
        assert "Asha Rees" not in self.run("who-looked", "record", record(), "--as", dee).output

    def test_answer_the_data_protection_officer(self, cast: Cast) -> None:
        asha, officer = cast.asha("investigator").actor, cast.asha(OFFICER).account.username
        looked(asha, asha.staff)
        where = ["--where", f"kind={KIND}", "--where", f"staff={asha.staff}"]
        assert len(self.lines("query", *where, "--as", officer)) == 1
        assert (
            self.lines("counts", "--where", f"kind={KIND}", "--as", officer)[0]["acts"] == "1"
        )
        days = ["--since", "2026-11-21", "--until", "2026-11-21"]
        assert self.lines("alerts", *days, "--as", officer)[0]["rule"] == "own-record"

    @pytest.mark.parametrize(
        "condition", ["kind", "colour=red", "record=1", "operation=people.staff-added"]
    )
    def test_refuse_a_condition_that_is_none(self, cast: Cast, condition: str) -> None:
        officer = cast.asha(OFFICER).account.username
        assert self.run("query", "--where", condition, "--as", officer).exit_code == 2

    def test_refuse_others(self, cast: Cast) -> None:
        dee = cast.dee().account.username
        assert isinstance(self.run("query", "--as", dee).exception, Refused)
