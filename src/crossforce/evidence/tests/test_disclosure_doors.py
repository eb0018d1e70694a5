"""Unused material by command and over HTTP: each act of the disclosure officer and the prosecutor, from the schedule to the bundle."""

import json
import zipfile
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from crossforce.evidence.commands import commands
from crossforce.evidence.models import Case
from crossforce.evidence.tests import factories
from crossforce.kernel.testing.cast import Cast, Player

WHY = "An informant is at risk"
ORDER = {"order_reference": "Crown Court at Bristol, T20260001", "ordered_on": "2026-09-01"}


@pytest.fixture
def case(db: None) -> Case:
    factories.policy()
    factories.exhibit()
    return factories.case()


def run(player: Player, *words: object) -> str:
    by = ["--as", player.account.username]
    done = CliRunner().invoke(commands, [*map(str, words), *by])
    assert done.exit_code == 0, done.output
    return done.output


def post(player: Player, address: str, **sent: Any) -> Any:
    done = player.client.post(
        f"/api/v1/evidence/{address}",
        json.dumps(sent),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert done.status_code in {200, 201}, done.content
    return done


@pytest.mark.django_db(transaction=True)
def test_by_command(cast: Cast, case: Case, tmp_path: Path) -> None:
    player = cast.asha("investigator")
    what = ("--description", "Log of calls", "--location", "Control room")
    item = run(player, "schedule", case.pk, *what, "--presumed").split()[0]
    assert "MG6C/1" in run(player, "mend-unused", item, "--exhibit", "JAS/1")
    found = ("--test", "clearly-not", "--officer", "DC 7", "--reason", "It times nothing")
    assert "clearly-not" in run(player, "test-unused", item, *found)
    moved = run(player, "move-unused", item, "--why-sensitive", WHY).split()
    assert moved[1] == "MG6D/1"
    by = ("--prosecutor", "Prosecutor 4", "--order", ORDER["order_reference"])
    on = ("--ordered-on", ORDER["ordered_on"])
    assert "withheld" in run(
        player, "decide-unused", moved[0], "--decision", "withheld", *by, *on
    )
    again = run(player, "reopen-unused", case.pk, "--trigger", "defence-statement")
    assert again.startswith("1 to be looked at again")
    run(player, "test-unused", moved[0], *found)
    run(player, "certify-unused", case.pk, "--officer", "DC 7")
    (row,) = json.loads(run(player, "unused", case.pk))["items"]
    assert (row["schedule"], row["is_presumed"], row["why_sensitive"]) == ("mg6d", True, WHY)
    for name in ("mg6d.csv", "mg6e.pdf"):
        run(player, "unused-paper", case.pk, name[:4], "--to", tmp_path / name)
    assert WHY in (tmp_path / "mg6d.csv").read_text()
    assert (tmp_path / "mg6e.pdf").read_bytes().startswith(b"%PDF")
    file = tmp_path / "bundle.zip"
    to = ("--side", "defence", "--recipient", "Defence", "--reason", "Initial", "--to", file)
    assert "OFFICIAL" in run(player, "bundle", case.pk, *to)
    given = zipfile.ZipFile(file)
    assert set(given.namelist()) == {"mg6c.pdf", "mg6c.csv"}
    assert b"Log of calls" not in given.read("mg6c.csv")


@pytest.mark.django_db(transaction=True)
def test_over_http(cast: Cast, case: Case) -> None:
    player = cast.asha("investigator")
    home = f"cases/{case.pk}/unused"
    said: dict[str, Any] = {
        "description": "Log of calls",
        "location": "Store",
        "why_sensitive": WHY,
    }
    row = post(player, home, **said).json()
    said |= {"location": "Safe", "is_presumed": True}
    row = post(player, f"unused/{row['id']}", version=row["version"], **said).json()
    assert (row["location"], row["is_presumed"]) == ("Safe", True)
    found = {"test": "inspect", "officer": "DC 7", "reason": "It may time the call"}
    row = post(player, f"unused/{row['id']}/test", version=row["version"], **found).json()
    ruled = {"decision": "withheld", "prosecutor": "Prosecutor 4"} | ORDER
    row = post(player, f"unused/{row['id']}/decision", version=row["version"], **ruled).json()
    assert row["ordered_on"] == ORDER["ordered_on"]
    assert post(player, f"{home}/reopen", trigger="new-evidence").json() == {"items": 1}
    was, version = row["id"], row["version"] + 1
    row = post(player, f"unused/{was}/move", version=version).json()
    assert (row["schedule"], row["number"], row["test"]) == ("mg6c", 1, "")
    gone = player.client.get(f"/api/v1/evidence/{home}").json()["items"]
    assert [each["id"] for each in gone] == [row["id"]]
    row = post(player, f"unused/{row['id']}/test", version=row["version"], **found).json()
    ruled = {"decision": "disclose", "prosecutor": "Prosecutor 4"}
    post(player, f"unused/{row['id']}/decision", version=row["version"], **ruled)
    post(player, f"{home}/certify", officer="DC 7")
    paper = player.client.get(f"/api/v1/evidence/{home}/mg6c.csv")
    assert b"Log of calls" in paper.content
    to = {"side": "prosecutor", "recipient": "Prosecutor 4", "reason": "Initial"}
    done = post(player, f"cases/{case.pk}/bundle", **to)
    assert "bundle-OFFICIAL" in done.headers["Content-Disposition"]
    assert b"".join(done.streaming_content).startswith(b"PK")
