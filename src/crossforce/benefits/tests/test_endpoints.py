"""Benefits over HTTP and on the command line."""

import json
import re
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from crossforce.benefits.commands import commands
from crossforce.benefits.endpoints.figures import decimal
from crossforce.benefits.queries import benefits
from crossforce.benefits.rules import keeping
from crossforce.benefits.rules.baselines import promise
from crossforce.benefits.tests import factories
from crossforce.benefits.tests.factories import AFTER_ONE, BEFORE_GO_LIVE
from crossforce.benefits.tests.profiles import answering, saving
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Cast, Player
from crossforce.people.tests.cast import made

pytestmark = pytest.mark.django_db
API = "/api/v1/benefits/profiles"
BESIDE = "/api/v1/benefits"
NEW = {
    "reference": "forensics-1",
    "title": "Fewer submissions",
    "benefit_class": "cash-releasing",
    "owner": "head-of-forensics",
    "beneficiaries": ["wiltshire"],
    "reinvestment": "Patrol",
    "promise": keeping.plain(promise(saving(100_00))),
}
PERIOD = {"starts_on": "2026-04-01", "ends_on": "2026-07-01"}


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    at = [BEFORE_GO_LIVE]
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: at[0])
    return at


@ground.fixture
def officer() -> Player:
    factories.policy()
    factories.bodies()
    return made(ASHA, "programme-officer")


@pytest.fixture
def asha(officer: Player, now: list[datetime]) -> Player:
    return officer


def send(player: Player, path: str, sent: Any, etag: str = "", method: str = "post") -> Any:
    headers = {"Idempotency-Key": str(uuid4())} | ({"If-Match": etag} if etag else {})
    call = getattr(player.client, method)
    return call(
        path if path.startswith(BESIDE) else f"{API}{path}",
        sent,
        content_type="application/json",
        headers=headers,
    )


class TestApi:
    def test_goes_from_promise_to_reinvestment(self, asha: Player, now: list[datetime]) -> None:
        made = send(asha, "", NEW)
        assert made.status_code == 201, made.content
        key, etag = made.json()["id"], made.headers["ETag"]
        for to in ("planned", "under-way"):
            moved = send(asha, f"/{key}/status", {"to": to}, etag)
            assert moved.status_code == 200, moved.content
            etag = moved.headers["ETag"]
        assert moved.json()["frozen_on"] == "2026-03-02"
        now[0] = AFTER_ONE
        read = send(asha, f"/{key}/readings", {**PERIOD, "value": "9000", "evidence": "R"})
        assert read.json()["light"]["light"] == "amber"
        (held,) = read.json()["readings"]
        better = {"value": "9500", "evidence": "R2"}
        for status in (200, 412):
            again = send(asha, f"{BESIDE}/readings/{held['id']}", better, held["etag"], "patch")
            assert again.status_code == status, again.content
        second = send(asha, f"/{key}/readings", {**PERIOD, "value": "1", "evidence": "R"})
        assert second.status_code == 409
        used = send(
            asha,
            f"/{key}/reinvestments",
            {"on": "2026-07-02", "pence": 9500, "destination": "Patrol"},
        )
        assert used.json()["reinvested_pence"] == 9500
        more = {"on": "2026-07-02", "pence": 1, "destination": "Patrol"}
        assert send(asha, f"/{key}/reinvestments", more).status_code == 409
        together = asha.client.get(f"{BESIDE}/portfolio").json()
        assert together["programme"]["sums"][0]["realised"] == 9500

    def test_edits_and_changes_by_decision(self, asha: Player) -> None:
        key = factories.running(asha.actor)
        etag = asha.client.get(f"{API}/{key}").headers["ETag"]
        sent = {"title": "Fewer still", "effort": {"wiltshire": 2}}
        edited = send(asha, f"/{key}", sent, etag, "patch")
        assert edited.json()["title"] == "Fewer still"
        assert send(asha, f"/{key}", sent, etag, "patch").status_code == 412
        other = {"promise": keeping.plain(promise(saving(5)))}
        etag = edited.headers["ETag"]
        assert send(asha, f"/{key}", other, etag, "patch").status_code == 409
        decided = {
            "reason": "R",
            "decided_by": "B",
            "decision": "D",
            "decided_on": "2026-03-02",
        }
        changed = send(asha, f"/{key}/changes", {**other, **decided}, etag)
        assert [each["number"] for each in changed.json()["changes"]] == [1]
        assert [each["until"] for each in changed.json()["dropped"]] == ["2026-10-01"]

    def test_refuses_a_field_that_it_does_not_know(self, asha: Player) -> None:
        key = factories.added(asha.actor)
        etag = asha.client.get(f"{API}/{key}").headers["ETag"]
        sent = {"title": "Fewer still", "benefit_class": "quantifiable"}
        answer = send(asha, f"/{key}", sent, etag, "patch")
        assert answer.status_code == 422
        assert "benefit_class" in answer.json()["errors"][0]["where"]
        assert benefits.one(asha.actor, key).title == "Fewer submissions to providers"
        assert send(asha, "", {**NEW, "clas": "x"}).status_code == 422

    def test_tells_every_figure_as_one_plain_decimal(
        self, asha: Player, now: list[datetime]
    ) -> None:
        before = answering(15).baseline
        assert before is not None
        profile = saving(2_000_00, 9, baseline=replace(before, value=Fraction("1000000.5")))
        key = factories.running(asha.actor, profile)
        now[0] = AFTER_ONE
        factories.reported(asha.actor, key, 1, 1_986_30)
        told = asha.client.get(f"{API}/{key}").json()
        assert told["promise"]["baseline"]["value"] == "1000000.5"
        figures = [told["planned"], told["realised"], *(r["value"] for r in told["readings"])]
        figures += [step[name] for step in told["steps"] for name in ("planned", "realised")]
        assert figures[2] == "198630"
        assert told["planned"] == told["steps"][0]["planned"] == "-49315.193151"
        for each in filter(None, figures):
            assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", each)

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            (Fraction(7, 3), "2.333333"),
            (Fraction(-1, 3_000_000_000), "0"),
            (Fraction(100), "100"),
            (Fraction(1, 2**30), "0.000000000931322574615478515625"),
            (Fraction(10**34), "1" + "0" * 34),
        ],
    )
    def test_tells_figures_exactly_where_they_have_an_end(
        self, value: Fraction, said: str
    ) -> None:
        assert decimal(value) == said

    def test_refuses_what_is_no_promise(self, asha: Player) -> None:
        wrong = json.loads(json.dumps(NEW))
        wrong["promise"]["targets"][0]["value"] = "many"
        answer = send(asha, "", wrong)
        assert answer.status_code == 400
        assert "is no number" in answer.json()["detail"]

    def test_is_not_there_for_a_stranger(self, cast: Cast, asha: Player) -> None:
        key = factories.running(asha.actor)
        cole = cast.cole("programme-officer")
        assert cole.client.get(f"{API}/{key}").status_code == 404
        assert cole.client.get(API).json() == []
        assert cole.client.get(f"{BESIDE}/savings/csr").status_code == 404
        assert cole.client.get(f"{BESIDE}/savings").json() == []

    def test_is_refused_where_the_platform_cannot_tell(
        self, asha: Player, now: list[datetime]
    ) -> None:
        key = factories.running(asha.actor)
        now[0] = AFTER_ONE
        assert send(asha, f"/{key}/measured", PERIOD).status_code == 400


class TestCommands:
    def run(self, player: Player, *words: str) -> Any:
        who = f"{player.account.username}:programme-officer"
        return CliRunner().invoke(commands, [*words, "--as", who], catch_exceptions=False)

    def test_go_from_promise_to_reinvestment(
        self, asha: Player, now: list[datetime], tmp_path: Path
    ) -> None:
        file = tmp_path / "benefit.json"
        file.write_text(json.dumps(NEW))
        assert self.run(asha, "add", str(file)).exit_code == 0
        for to in ("planned", "under-way"):
            assert self.run(asha, "move", "forensics-1", to).exit_code == 0
        file.write_text(json.dumps(keeping.plain(promise(saving(100_00, 200_00)))))
        decided = ("--reason", "R", "--decided-by", "B", "--decision", "D")
        changed = self.run(
            asha, "change", "forensics-1", str(file), *decided, "--decided-on", "2026-03-02"
        )
        assert changed.output.strip() == "Change 1 of forensics-1"
        assert benefits.named(asha.actor, "forensics-1").changes == 1
        now[0] = AFTER_ONE
        days = ("--first-day", "2026-04-01", "--until", "2026-07-01")
        told = self.run(asha, "report", "forensics-1", "9600", *days, "--evidence", "R")
        assert "green" in told.output
        fixed = self.run(asha, "correct", "forensics-1", "9600", *days, "--evidence", "R2")
        assert "green" in fixed.output
        assert self.run(asha, "reinvest", "forensics-1", "9600", "Patrol").exit_code == 0
        assert "£96 of £100" in self.run(asha, "portfolio").output
        assert "forensics-1: on-track, green" in self.run(asha, "list").output

    def test_say_what_was_typed_wrongly(self, asha: Player, tmp_path: Path) -> None:
        file = tmp_path / "benefit.json"
        file.write_text("{")
        assert self.run(asha, "add", str(file)).exit_code == 2
        assert self.run(asha, "programmes").output == ""
