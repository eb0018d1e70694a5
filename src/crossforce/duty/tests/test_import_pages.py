"""Pages by which exports come in, and mappings are written."""

import csv
import html
import io
import threading
import time
from typing import Any, get_args
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from crossforce.duty import jobs, models
from crossforce.duty.mapping.document import Field_
from crossforce.duty.mapping.starters import STARTERS
from crossforce.duty.mapping.tables import File, Times
from crossforce.duty.mapping.wording import MEANINGS
from crossforce.duty.operations import arriving, mappings
from crossforce.duty.operations.arriving import WAITING
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS
from crossforce.duty.tests.factories import entries, rows
from crossforce.duty.tests.uploads import asha, bodies, few_bodies, place, sent, settled
from crossforce.intake import api as intake
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player

__all__ = ["asha", "bodies", "few_bodies", "place"]

pytestmark = pytest.mark.django_db(transaction=True)
ONE = factories.EARLY
BAD = "2;1234;21/11/2026;16:00;22:00;SOU;XG01;=1+1;AV;;"


def kept_mapping(player: Player, text: bytes = SHIFTS) -> models.Mapping:
    answer = sent(player, reverse("duty:mapping-add"), text=text.decode())
    assert answer.status_code == 302, answer.content.decode()
    with guarded.acting(player.actor):
        found: models.Mapping = models.Mapping.objects.get()
    return found


def export(*lines: str, name: str = "duties.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, rows(*lines))


class TestImport:
    def test_is_checked_then_brought_in(self, asha: Player) -> None:
        mapping = kept_mapping(asha)
        answer = sent(
            asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE, BAD)
        )
        page = answer.headers["Location"]
        said = settled(asha, page, wanted="Checked, nothing brought in yet")
        assert "Bring it in" in said
        assert "would run as a formula" in said
        assert not factories.entries(asha.actor)
        assert sent(asha, f"{page}run/").status_code == 302
        said = settled(asha, page, wanted="Brought in")
        assert [each.source_reference for each in factories.entries(asha.actor)] == ["1"]
        report = asha.client.get(f"{page}report.csv").content.decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(report))
        assert (row["Row"], row["Column"], row["Rule"]) == ("3", "Base", "formula")
        assert "duties.csv" in asha.client.get(reverse("duty:imports")).content.decode()
        assert not list(WAITING.folder().glob("*.export"))

    def test_the_same_file_is_the_same_import(self, asha: Player) -> None:
        mapping = kept_mapping(asha)
        first = sent(asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE))
        settled(asha, first.headers["Location"], wanted="Bring it in")
        again = sent(asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE))
        assert again.headers["Location"] == first.headers["Location"]
        assert "sent before, and is checked again" in self.shown(asha, again)

    def test_a_file_that_is_in_says_so_and_does_nothing(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mapping = kept_mapping(asha)
        first = sent(asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE))
        page = first.headers["Location"]
        settled(asha, page, wanted="Bring it in")
        sent(asha, f"{page}run/")
        assert "in already" not in settled(asha, page, wanted="Brought in")
        monkeypatch.setattr(jobs.LINE, "check", None)
        again = sent(asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE))
        assert again.headers["Location"] == page
        assert "This file is in already. Nothing was done now." in self.shown(asha, again)

    def test_says_where_everything_is_in_already(self, asha: Player) -> None:
        mapping = kept_mapping(asha)
        factories.brought_in(asha.actor, rows(ONE))
        answer = sent(
            asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE, "")
        )
        page = answer.headers["Location"]
        settled(asha, page, wanted="bringing it in would change nothing")
        sent(asha, f"{page}run/")
        settled(asha, page, wanted="Its duties were in already, as they are: nothing changed")

    @staticmethod
    def shown(player: Player, answer: Any) -> str:
        return str(player.client.get(answer.headers["Location"]).content.decode())

    def test_a_file_that_cannot_be_trusted_is_refused_whole(self, asha: Player) -> None:
        mapping = kept_mapping(asha)
        wrong = SimpleUploadedFile("x.csv", "Shift no;Collar\n1;é\n".encode())
        answer = sent(asha, reverse("duty:import-send"), mapping=mapping.pk, file=wrong)
        said = settled(asha, answer.headers["Location"], wanted="Refused")
        assert "encoding" in said
        assert "Bring it in" not in said

    def test_one_that_is_refused_just_as_it_is_sent_again_says_so(
        self, asha: Player, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mapping = kept_mapping(asha)
        wrong = SimpleUploadedFile("x.csv", "Shift no;Collar\n1;é\n".encode())
        url = reverse("duty:import-send")
        page = sent(asha, url, mapping=mapping.pk, file=wrong).headers["Location"]
        settled(asha, page, wanted="Refused")
        known = UUID(page.strip("/").rpartition("/")[2]), False
        monkeypatch.setattr(arriving, "receive", lambda **_: known)
        again = sent(asha, url, mapping=mapping.pk, file=export(ONE))
        assert "was refused just now" in self.shown(asha, again)

    def test_asks_for_what_is_missing(self, asha: Player) -> None:
        kept_mapping(asha)
        answer = sent(asha, reverse("duty:import-send"))
        assert answer.status_code == 422
        assert "Choose a file" in answer.content.decode()

    def test_nobody_of_another_force_sees_it(self, asha: Player, cast: Cast) -> None:
        mapping = kept_mapping(asha)
        answer = sent(asha, reverse("duty:import-send"), mapping=mapping.pk, file=export(ONE))
        settled(asha, answer.headers["Location"], wanted="Bring it in")
        bryn = cast.bryn("duty-inspector")
        assert bryn.client.get(answer.headers["Location"]).status_code == 404
        assert bryn.client.get(reverse("duty:mapping", args=[mapping.pk])).status_code == 404
        assert "Shift" not in bryn.client.get(reverse("duty:imports")).content.decode()


class TestMapping:
    def test_says_where_it_is_wrong(self, asha: Player) -> None:
        text = SHIFTS.decode().replace('type = "csv"', 'type = "cvs"')
        answer = sent(asha, reverse("duty:mapping-add"), text=text)
        assert answer.status_code == 422
        line = text.splitlines().index('type = "cvs"') + 1
        assert f"Line {line - 1}, column 1" in answer.content.decode()

    def test_is_tried_on_a_sample(self, asha: Player) -> None:
        given = {"text": SHIFTS.decode(), "sample": export(ONE, BAD), "try": "yes"}
        answer = sent(asha, reverse("duty:mapping-add"), **given)
        said = answer.content.decode()
        assert "2 rows: 1 new, 0 changed, 0 the same as held, 1 refused" in said
        assert "would run as a formula" in said
        with guarded.acting(asha.actor):
            assert not models.Mapping.objects.exists()
            assert not models.Import.objects.exists()

    def test_is_tried_on_pasted_rows_against_people_and_duties_that_are_held(
        self, asha: Player
    ) -> None:
        factories.brought_in(asha.actor, rows(ONE))
        stranger, clash = ONE.replace("1;1234", "2;9999"), ONE.replace("1;", "3;", 1)
        later = ONE.replace("1;", "4;", 1).replace("21/11", "22/11")
        text = rows(ONE, stranger, clash, later).decode("cp1252").replace("\n", "\r\n")
        given = {"text": SHIFTS.decode(), "sample_text": text, "try": "yes"}
        said = sent(asha, reverse("duty:mapping-add"), **given).content.decode()
        assert "4 rows: 1 new, 0 changed, 1 the same as held, 2 refused" in said
        assert "Nobody with the number" in said
        assert "which is held already" in said
        assert "1;1234;21/11/2026" in said.partition("<textarea")[2]
        assert len(entries(asha.actor)) == 1

    def test_is_tried_on_a_part_of_what_covers_a_period(self, asha: Player) -> None:
        text = SHIFTS.decode().replace("[file]", '[file]\ncovers = "period"')
        text = text.replace('cancelled = "Cancelled"\n', "")
        lines = [
            ONE.replace("1;", f"{n};", 1).replace("21/11", f"{n:02}/11") for n in range(1, 29)
        ]
        factories.brought_in(asha.actor, rows(*lines))
        given = {"text": text, "sample": export(lines[0], lines[27]), "try": "yes"}
        said = sent(asha, reverse("duty:mapping-add"), **given).content.decode()
        assert "26 cancelled" in said
        assert "The whole export may have them" in said

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({}, "or paste its first rows"),
            ({"sample_text": "Ł"}, "&#39;Ł&#39; is no letter of cp1252"),
            ({"text": SHIFTS.decode().replace("wiltshire", "kent")}, "import duties of kent"),
            ({"sample_text": "Shift no;Collar\n1;2"}, "The whole file would be refused"),
        ],
    )
    def test_says_why_it_cannot_be_tried(
        self, asha: Player, given: dict[str, str], says: str
    ) -> None:
        if "text" in given:
            given = given | {"sample_text": rows(ONE).decode("cp1252")}
        given = {"text": SHIFTS.decode(), "try": "yes"} | given
        assert says in sent(asha, reverse("duty:mapping-add"), **given).content.decode()

    @pytest.mark.parametrize("name", STARTERS)
    def test_begins_with_an_example_of_its_own_force(self, asha: Player, name: str) -> None:
        page = asha.client.get(reverse("duty:mapping-add"), {"start": name}).content.decode()
        text = html.unescape(
            page.partition("<textarea")[2].partition(">")[2].partition("</")[0]
        )
        assert mappings.understood(text).holder == asha.actor.organisation

    def test_says_what_it_may_say(self, asha: Player) -> None:
        page = asha.client.get(reverse("duty:mapping-add")).content.decode()
        assert set(MEANINGS) == set(get_args(Field_))
        for word in (*MEANINGS, *File.model_fields, *Times.model_fields):
            assert word in page
        assert "firearms" in page

    def test_is_changed(self, asha: Player) -> None:
        mapping = kept_mapping(asha)
        text = mapping.text.replace("one row per shift", "shifts")
        page = reverse("duty:mapping", args=[mapping.pk])
        assert sent(asha, page, text=text, version=mapping.version).status_code == 302
        assert "Wiltshire: shifts" in asha.client.get(reverse("duty:imports")).content.decode()


class TestPush:
    HOME = "/api/v1/duty/imports"

    def pushed(self, player: Player, content: SimpleUploadedFile, **more: Any) -> Any:
        given = {"mapping": "wiltshire-shifts", "file": content, **more}
        return player.client.post(self.HOME, {"idempotency_key": str(new_id()), **given})

    def test_brings_a_file_in(self, asha: Player) -> None:
        kept_mapping(asha)
        pushed = self.pushed(asha, export(ONE, BAD))
        assert pushed.status_code in (200, 202), pushed.content
        found = asha.client.get(f"{self.HOME}/{pushed.json()['id']}?wait=1").json()
        assert (found["state"], found["counts"]["new"]) == ("done", 1)
        assert [(each["row"], each["column"]) for each in found["refused"]] == [(3, "Base")]
        assert asha.client.get(self.HOME).json()[0]["id"] == found["id"]

    def test_the_same_content_is_the_same_import(self, asha: Player) -> None:
        kept_mapping(asha)
        first = self.pushed(asha, export(ONE)).json()
        asha.client.get(f"{self.HOME}/{first['id']}?wait=1")
        again = self.pushed(asha, export(ONE))
        assert (again.status_code, again.json()["id"]) == (200, first["id"])
        assert (first["was_in"], again.json()["was_in"]) == (False, True)

    def test_content_comes_in_again_after_another_came(self, asha: Player) -> None:
        kept_mapping(asha)
        counts, keys = [], []
        for line in (ONE, ONE.replace("XG01", "XG02"), ONE, ONE):
            keys.append(self.pushed(asha, export(line)).json()["id"])
            counts.append(asha.client.get(f"{self.HOME}/{keys[-1]}?wait=1").json()["counts"])
        assert [each["changed"] for each in counts] == [0, 1, 1, 1]
        assert len(set(keys)) == 3
        assert keys[2] == keys[3]
        assert entries(asha.actor)[0].call_sign == "XG01"

    def test_rehearses(self, asha: Player) -> None:
        kept_mapping(asha)
        pushed = self.pushed(asha, export(ONE), rehearse="true").json()
        found = asha.client.get(f"{self.HOME}/{pushed['id']}?wait=1").json()
        assert found["state"] == "rehearsed"
        assert not factories.entries(asha.actor)

    def test_says_running_from_the_answer_on_although_it_was_rehearsed(
        self, asha: Player
    ) -> None:
        kept_mapping(asha)
        rehearsed = self.pushed(asha, export(ONE), rehearse="true").json()["id"]
        asha.client.get(f"{self.HOME}/{rehearsed}?wait=1")
        held = threading.Event()
        jobs.LINE.at_work.submit(held.wait)
        try:
            pushed = self.pushed(asha, export(ONE))
            said = pushed.json()
            assert (pushed.status_code, said["id"]) == (202, rehearsed)
            assert (said["state"], said["is_at_work"]) == ("running", True)
        finally:
            held.set()
        found = asha.client.get(f"{self.HOME}/{rehearsed}?wait=1").json()
        assert (found["state"], len(entries(asha.actor))) == ("done", 1)

    def test_is_brought_in_although_it_is_being_rehearsed(self, asha: Player) -> None:
        kept_mapping(asha)
        held = threading.Event()
        jobs.LINE.at_work.submit(held.wait)
        try:
            key = self.pushed(asha, export(ONE), rehearse="true").json()["id"]
            arriving.DESK.set_out(actor=asha.actor, key=UUID(key), at=factories.AT)
        finally:
            held.set()
        jobs.LINE.at_work.submit(lambda: None).result(30)
        said = asha.client.get(f"{self.HOME}/{key}").json()
        assert (said["state"], said["counts"]["new"]) == ("running", 1)

    def test_waits_while_another_process_is_at_work(self, asha: Player) -> None:
        file = intake.Arrived(SHIFTS.decode(), "duties.csv", [rows(ONE)])
        key, _ = arriving.receive(actor=asha.actor, file=file, at=factories.AT)
        with WAITING.begun(key):
            jobs.LINE.run(asha.actor, key)
            time.sleep(1)
        jobs.LINE.at_work.submit(lambda: None).result(30)
        assert len(entries(asha.actor)) == 1

    def test_knows_mappings_by_name(self, asha: Player) -> None:
        kept_mapping(asha)
        answer = self.pushed(asha, export(ONE), mapping="wiltshire-shift")
        assert answer.status_code == 422
        assert "There are: wiltshire-shifts." in answer.json()["detail"]
