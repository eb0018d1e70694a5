"""Loading in the browser, over the API and on the command line: the same operations serve all three."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.nominals import models
from crossforce.nominals.commands import commands
from crossforce.nominals.queries import quality
from crossforce.nominals.tests import loads
from crossforce.nominals.tests.loads import row, table

pytestmark = pytest.mark.django_db
API = "/api/v1/nominals/"
BAD = row(Nominal="W2", Born="31/02/1987")
LINES = loads.PEOPLE.replace('type = "csv"', 'type = "jsonl"')


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


class TestPages:
    def test_a_source_is_tried_kept_loaded_and_its_rows_mended(self, asha: Player) -> None:
        tried = sent(asha, reverse("nominals:source-add"), text=loads.PEOPLE, sample_text=table(row(), BAD).decode(), **{"try": "yes"})  # fmt: skip
        assert "There is no day 1987-02-31" in tried.content.decode()
        kept = source(asha)
        file = SimpleUploadedFile("people.csv", table(row(), BAD))
        answer = sent(asha, reverse("nominals:load-send"), source=kept.pk, file=file)
        page = asha.client.get(answer.headers["Location"]).content.decode()
        assert "There is no day 1987-02-31" in page
        with guarded.acting(asha.actor):
            held = models.Quarantine.objects.get()
        place = reverse("nominals:row", args=[held.pk])
        page = asha.client.get(place).content.decode()
        cells = {f"cell-{at}": text for at, text in enumerate(held.cells.values())}
        born = f"cell-{list(held.cells).index('Born')}"
        answer = sent(asha, place, version=held.version, **{**cells, born: "28/02/1987"})
        assert answer.status_code == 302, answer.content.decode()
        with guarded.acting(asha.actor):
            assert models.Quarantine.objects.get().state == "mended"
            assert models.Person.objects.count() == 2
        assert (
            "is mended and loaded"
            in asha.client.get(answer.headers["Location"]).content.decode()
        )

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
        assert sent(asha, reverse("nominals:row-give-up", args=[held.pk])).status_code == 302
        assert (
            "Refused rows that wait: 0"
            in asha.client.get(reverse("nominals:rows")).content.decode()
        )

    def test_another_force_sees_none_of_it(self, asha: Player, cast: Cast) -> None:
        outcome = loads.loaded(asha.actor, table(BAD))
        bryn = cast.bryn("analyst")
        assert (
            bryn.client.get(reverse("nominals:load", args=[outcome.record])).status_code == 404
        )
        assert "W2" not in bryn.client.get(reverse("nominals:rows")).content.decode()


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

    def test_a_file_is_loaded(self, asha: Player) -> None:
        name = source(asha).name
        file = SimpleUploadedFile("people.csv", table(row(), BAD))
        answer = asha.client.post(
            f"{API}loads", {"source": name, "file": file, "idempotency_key": str(new_id())}
        )
        assert answer.json()["counts"]["refused"] == 1


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
