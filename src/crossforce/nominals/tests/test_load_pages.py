"""Loading in the browser, over the API and on the command line: the same operations serve all three."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.intake import api as intake
from crossforce.intake.choices import Step
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.testing.soon import PATIENCE, until
from crossforce.nominals import models
from crossforce.nominals.canonical import texts
from crossforce.nominals.choices import SOURCE
from crossforce.nominals.commands import commands
from crossforce.nominals.jobs import loading as jobs
from crossforce.nominals.linkage.others import MOST
from crossforce.nominals.operations import arriving
from crossforce.nominals.queries import loads as reads
from crossforce.nominals.queries import quality
from crossforce.nominals.tests import holding, loads
from crossforce.nominals.tests.holding import statement
from crossforce.nominals.tests.loads import row, table
from crossforce.records.tests.factories import AT, HERE, PARTNER

pytestmark = pytest.mark.django_db
API = "/api/v1/nominals/"
BAD = row(Nominal="W2", Born="31/02/1987")
LINES = loads.PEOPLE.replace('type = "csv"', 'type = "jsonl"')


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Files wait where the test has its own; nothing goes on after it."""
    settings.VAR = tmp_path
    yield
    jobs.LINE.at_work.submit(lambda: None).result(PATIENCE)


@pytest.fixture
def asha(cast: Cast) -> Player:
    loads.policy()
    return cast.asha("analyst")


def sent(player: Player, url: str, **fields: Any) -> Any:
    """A form, sent as a browser sends it, with the hidden fields of its page."""
    return player.client.post(url, {"idempotency_key": str(new_id()), **fields})


def source(player: Player, text: str = loads.PEOPLE) -> models.Source:
    answer = sent(player, reverse("nominals:source-add"), text=text)
    assert answer.status_code == 302, answer.content.decode()
    with guarded.acting(player.actor):
        found: models.Source = models.Source.objects.get()
    return found


def posted(player: Player, path: str, given: Any, key: str) -> Any:
    return player.client.post(
        f"{API}{path}",
        json.dumps(given),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def settled(player: Player, address: str, wanted: str) -> str:
    """The page, once it says so and nobody is at work on it: rows that are refused are told before the end."""
    seen: list[str] = []

    def is_shown() -> bool:
        seen.append(player.client.get(address).content.decode())
        return wanted in seen[-1] and 'id="how-far"' not in seen[-1]

    until(is_shown)
    return seen[-1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("place")
class TestBesideThePage:
    def test_a_source_is_tried_kept_loaded_and_its_rows_mended(self, asha: Player) -> None:
        tried = sent(asha, reverse("nominals:source-add"), text=loads.PEOPLE, sample_text=table(row(), BAD).decode(), **{"try": "yes"})  # fmt: skip
        assert "There is no day 1987-02-31" in tried.content.decode()
        kept = source(asha)
        file = SimpleUploadedFile("people.csv", table(row(), BAD))
        answer = sent(asha, reverse("nominals:load-send"), source=kept.pk, file=file)
        page = settled(asha, answer.headers["Location"], "There is no day 1987-02-31")
        assert not list(arriving.DESK.waiting.folder().iterdir())
        with guarded.acting(asha.actor):
            held = models.Quarantine.objects.get()
        place = reverse("nominals:row", args=[held.pk])
        page = asha.client.get(place).content.decode()
        cells = {f"cell-{at}": text for at, text in enumerate(held.cells.values())}
        born = f"cell-{list(held.cells).index('Born')}"
        labels = re.findall(r"<label[^>]*>\s*(.*?)\s*</label>", page, re.DOTALL)
        assert labels[:2] == ["Nominal", "Team"]
        answer = sent(asha, place, version=held.version, **{**cells, born: "28/02/1987"})
        assert answer.status_code == 302, answer.content.decode()
        with guarded.acting(asha.actor):
            assert models.Quarantine.objects.get().state == "mended"
            assert models.Person.objects.count() == 2
        page = asha.client.get(answer.headers["Location"]).content.decode()
        assert "is mended and loaded" in page

    def test_says_how_far_it_is_and_one_that_stopped_goes_on(self, asha: Player) -> None:
        key, _ = arriving.receive(
            actor=asha.actor,
            file=intake.Arrived(loads.PEOPLE, "people.csv", [table(row(), BAD)]),
            at=AT,
        )
        page, waiting = reverse("nominals:load", args=[key]), arriving.DESK.waiting
        with waiting.begun(key):
            waiting.tell(key, Step("write", 20_000, 80))
            answer = asha.client.get(page)
            assert "20,000 rows so far, 80%" in answer.content.decode()
            assert answer.headers["Refresh"] == "5"
            assert asha.client.get(f"{API}loads/{key}").json()["is_at_work"]
            assert sent(asha, f"{page}run/").status_code == 409
        waiting.quiet(key)
        listed = asha.client.get(reverse("nominals:loads")).content.decode()
        assert f'Stopped before its end: <a class="govuk-link" href="{page}">go on' in listed
        assert "Go on with it" in asha.client.get(page).content.decode()
        assert sent(asha, f"{page}run/").status_code == 302
        settled(asha, page, "Refused rows</h2>")
        said = asha.client.get(f"{API}loads/{key}", {"wait": True}).json()
        assert (said["state"], said["is_at_work"], said["counts"]["new"]) == ("done", False, 1)

    def test_a_file_over_the_api_is_looked_at_until_it_is_in(self, asha: Player) -> None:
        name = source(asha).name
        keys = []
        for _ in range(2):
            file = SimpleUploadedFile("people.csv", table(row(), BAD))
            given = {"source": name, "file": file, "idempotency_key": str(new_id())}
            answer = asha.client.post(f"{API}loads", given)
            assert (answer.status_code, answer.json()["state"]) == (202, "running")
            keys.append(UUID(answer.json()["id"]))
            said = asha.client.get(f"{API}loads/{keys[-1]}", {"wait": True}).json()
            assert said["counts"]["refused"] == 1
        assert keys[0] != keys[1]
        assert said["counts"]["same"] == 1


class TestPages:
    def test_a_mapping_that_is_none_is_told_with_its_lines(self, asha: Player) -> None:
        answer = sent(
            asha, reverse("nominals:source-add"), text=loads.PEOPLE.replace("Born", "", 1)
        )
        assert answer.status_code == 422
        assert "columns" in answer.content.decode()

    def test_a_row_is_given_up(self, asha: Player) -> None:
        loads.loaded(asha.actor, table(BAD))
        with guarded.acting(asha.actor):
            held = models.Quarantine.objects.get()
        loads.loaded(asha.actor, table(row(Nominal="W2", Sex="X")))
        here = reverse("nominals:row-give-up", args=[held.pk])
        assert sent(asha, here, version=held.version).status_code == 409
        shown = asha.client.get(reverse("nominals:row", args=[held.pk])).content.decode()
        versions = re.findall(r'name="version" value="(\d+)"', shown)
        assert versions == ["2", "2"]
        assert sent(asha, here, version=versions[-1]).status_code == 302
        assert (
            "Refused rows that wait: 0"
            in asha.client.get(reverse("nominals:rows")).content.decode()
        )

    def test_what_cannot_be_seen_in_a_cell_is_shown_and_stays_what_it_was(
        self, asha: Player
    ) -> None:
        loads.loaded(asha.actor, table(row(Surname="Pen\u202ehallow")))
        with guarded.acting(asha.actor):
            held = models.Quarantine.objects.get()
        page = reverse("nominals:row", args=[held.pk])
        told = asha.client.get(page).content.decode()
        assert "Pen⟨U+202E⟩hallow" in told
        assert "\u202e" not in told
        cells = {f"cell-{at}": texts.shown(text) for at, text in enumerate(held.cells.values())}
        sent(asha, page, version=held.version, **cells)
        with guarded.acting(asha.actor):
            held = models.Quarantine.objects.get()
        assert [each["rule"] for each in held.reasons] == ["bidirectional"]

    def test_another_force_sees_none_of_it(self, asha: Player, cast: Cast) -> None:
        outcome = loads.loaded(asha.actor, table(BAD))
        bryn = cast.bryn("analyst")
        assert (
            bryn.client.get(reverse("nominals:load", args=[outcome.record])).status_code == 404
        )
        assert not holding.disclosed()
        assert asha.client.get(reverse("nominals:rows"), {"format": "csv"}).status_code == 200
        assert list(map(len, holding.disclosed())) == [1]


class TestApi:
    def test_rows_are_pushed_once_however_often_they_are_sent(self, asha: Player) -> None:
        source(asha, LINES)
        rows = [loads.SOUND, loads.SOUND | {"Nominal": "W2", "Sex": "Q"}]
        name = json.loads(asha.client.get(f"{API}sources").content)[0]["name"]
        key = str(new_id())
        answers = [posted(asha, "push", {"source": name, "rows": rows}, key) for _ in range(2)]
        said = answers[0].json()
        with guarded.acting(asha.actor):
            assert models.Load.objects.count() == 1
        assert (said["counts"]["new"], said["counts"]["refused"]) == (1, 1)
        assert said["refused"] == {"unknown-code": {"CID": 1}}
        waiting = asha.client.get(f"{API}rows", {"load": said["id"]}).json()["items"]
        mended = {"version": waiting[0]["version"], "cells": {"Sex": "F"}}
        answer = posted(asha, f"rows/{waiting[0]['id']}/replay", mended, str(new_id())).json()
        assert answer == {"is_in": True, "reasons": []}


class TestSources:
    """Who may write the sources of two forces keeps them apart, though they are called the same."""

    @pytest.fixture
    def both(self, asha: Player) -> Player:
        holding.policy("theirs", kinds=(SOURCE,), holder=PARTNER)
        theirs = loads.PEOPLE.replace(f'"{HERE}"', f'"{PARTNER}"')
        for text in (theirs, loads.PEOPLE, loads.PEOPLE + "# mended\n"):
            answer = posted(asha, "sources", {"text": text}, str(new_id()))
            assert answer.status_code == 200, answer.content.decode()
        return asha

    def test_one_of_the_same_name_is_its_own_forces(self, both: Player) -> None:
        with guarded.acting(both.actor):
            kept = {
                each.text.endswith("# mended"): each for each in models.Source.objects.all()
            }
        assert (len(kept), kept[True].version, kept[False].version) == (2, 2, 1)
        assert reads.source_named(both.actor, kept[True].name).pk == kept[True].pk

    def test_none_is_changed_into_another_forces(self, both: Player) -> None:
        kept = reads.source_named(both.actor, "wiltshire-people")
        theirs = loads.PEOPLE.replace(f'"{HERE}"', f'"{PARTNER}"')
        page = reverse("nominals:source", args=[kept.pk])
        answer = sent(both, page, version=kept.version, text=theirs)
        assert answer.status_code == 422
        assert f"This source is of {HERE}" in answer.content.decode()


class TestQuality:
    def test_is_told_by_rule_force_and_team(self, asha: Player) -> None:
        loads.loaded(asha.actor, table(row(), row(Nominal="W3", Born="1990", Team="CPT"), BAD))
        found = quality.report(asha.actor, on=date(2026, 11, 23))
        whole, cid, cpt = found.lines
        assert (whole.team, whole.people, cid.team, cpt.team) == (None, 2, "CID", "CPT")
        assert [(e.tallies["born"].passed, e.tallies["born"].of) for e in found.lines] == [(1, 2), (1, 1), (0, 1)]  # fmt: skip
        assert (cid.tallies["sound"].passed, cid.tallies["sound"].of) == (1, 2)
        assert cpt.scores["adequate"] < cid.scores["adequate"]
        page = asha.client.get(reverse("nominals:quality")).content.decode()
        assert "A whole date of birth" in page
        answer: Any = asha.client.get(reverse("nominals:quality"), {"format": "csv"})
        lines = b"".join(answer.streaming_content).decode()
        assert ",CPT,1,adequate,born,0,1" in lines.replace("\r", "")
        told = asha.client.get(f"{API}quality").json()
        assert told[0]["passes"]["born"] == [1, 2]

    def test_counts_who_says_more_of_a_kind_than_is_compared(self, asha: Player) -> None:
        for many in (MOST + 1, MOST + 2):
            numbers = [f"0117 496 {n % many:04}" for n in range(2 * many)]
            said = [statement("contact", type="telephone", number=each) for each in numbers]
            mail = statement("contact", type="email", number="a@example.org")
            names = [
                statement("name", family="Lee", given=["Ann"], type=str(n))
                for n in range(MOST + 1)
            ]
            plates = [
                statement("identifier", type="local", number=str(n)) for n in range(MOST + 1)
            ]
            holding.person(asha.actor, "Ann", "Lee", statements=[*said, mail, *names, *plates])
        whole, *_ = quality.report(asha.actor, on=date(2026, 11, 23)).lines
        found = whole.tallies["compared"]
        assert (found.passed, found.of) == (1, 2)

    def test_of_nothing_that_may_be_read_there_is_nothing(
        self, asha: Player, cast: Cast
    ) -> None:
        loads.loaded(asha.actor, table(row()))
        assert not quality.report(cast.bryn("analyst").actor, on=date(2026, 11, 23)).lines


def test_the_command_line_loads_and_mends(asha: Player, tmp_path: Path) -> None:
    mapping, file, cells = tmp_path / "m.toml", tmp_path / "people.csv", tmp_path / "cells.json"
    mapping.write_text(loads.PEOPLE)
    file.write_bytes(table(row(), BAD))
    cells.write_text('{"Born": "28/02/1987"}')
    user = ["--as", asha.account.username]

    def run(*words: str) -> Any:
        return CliRunner().invoke(commands, [*words, *user])

    assert run("source", str(mapping)).stdout.strip() == "wiltshire-people"
    done = run("load", "wiltshire-people", str(file))
    assert (done.exit_code, "1 new" in done.stdout, "There is no day" in done.stderr) == (
        3,
        True,
        True,
    )
    key = json.loads(run("refused", "--json").stdout)[0]["id"]
    assert run("mend", key).exit_code == 3
    assert run("mend", key, "--cells", str(cells)).exit_code == 0
    assert "2 people" in run("quality").stdout
