"""The invented people in the platform: loaded once, and seen as far as the demonstration's clauses reach."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.progress import Progress
from typer.testing import CliRunner

from crossforce.access import api as access
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Refused
from crossforce.kernel.web.lists import Asked
from crossforce.people import api as people
from crossforce.records import api as records
from crossforce.world.commands import commands
from crossforce.world.operations import nominals
from crossforce.world.operations.people import everybody, lists
from crossforce.world.tests.conftest import NOW

LIVES = 50
PERSON = "nominals.person"
NEWEST = Asked({}, "created_at", True, 0, 500)
SEVERN, TRI_FORCE = {"gwent"}, {"avon-and-somerset", "gloucestershire", "wiltshire"}
ALLIANCE, WALES = {"devon-and-cornwall", "dorset"}, {"gwent", "south-wales"}
READ: Mapping[str, set[str]] = {
    "wiltshire": TRI_FORCE,
    "gloucestershire": TRI_FORCE,
    "dorset": ALLIANCE,
    "gwent": WALES,
    "hampshire": {"hampshire"},
}
FOUND: Mapping[str, set[str]] = {
    "wiltshire": TRI_FORCE | ALLIANCE,
    "gloucestershire": TRI_FORCE | ALLIANCE | SEVERN,
    "dorset": TRI_FORCE | ALLIANCE,
    "gwent": WALES | {"avon-and-somerset", "gloucestershire"},
    "hampshire": {"hampshire"},
}


@pytest.fixture
def loaded(collaborations: None) -> list[nominals.Brought]:
    return brought()


def brought(lives: int = LIVES) -> list[nominals.Brought]:
    with Progress(disable=True) as progress:
        return nominals.bring_in(progress, lives=lives, at=NOW)


def investigator(force: str) -> people.Actor:
    actor = people.actor_named(f"investigator-{force}", NOW)
    return replace(actor, purpose="crime-investigation")


def holders(actor: people.Actor, action: str) -> set[str]:
    with guarded.acting(actor):
        places = records.places_of(access.scopes(PERSON, action))
    return {place.holder for place in places.values()}


@pytest.mark.slow
def test_are_loaded_whole_and_once_and_read_as_clauses_say(
    loaded: list[nominals.Brought],
) -> None:
    held = everybody(LIVES)
    assert {each.force for each in loaded} == set(held)
    assert all(each.rows == each.written for each in loaded)
    assert not [each for each in brought() if each.written]
    for force, wanted in READ.items():
        actor = investigator(force)
        assert holders(actor, "read") == wanted & set(held), force
        assert holders(actor, "find") == FOUND[force] & set(held), force
        listed = records.listed(actor, PERSON, NEWEST).rows
        assert len(listed) == sum(len(held[each].people) for each in wanted & set(held))


@pytest.mark.slow
def test_a_share_is_for_forces_that_hold_nobody(
    loaded: list[nominals.Brought], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(nominals, "bring_in", lambda _, **given: asked.append(given["forces"]))
    with Progress(disable=True) as progress:
        nominals.load_people(progress, at=NOW)
    (forces,) = asked
    assert sorted(forces) == sorted(set(lists().settings["neighbours"]) - set(everybody(LIVES)))


def test_exports_and_who_is_who_are_written_beside(tmp_path: Path) -> None:
    said = CliRunner().invoke(commands, ["people", "--lives", "1", "--write", str(tmp_path)])
    assert said.exit_code == 0, said.output
    held = everybody(LIVES)
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 5 * len(held) + 1
    truth = (tmp_path / "truth.csv").read_text("utf-8").splitlines()
    assert len(truth) == 1 + sum(len(each.people) for each in held.values())


def test_are_loaded_in_a_demonstration_only(settings: Any) -> None:
    settings.DEMONSTRATION = False
    said = CliRunner().invoke(commands, ["people"])
    assert isinstance(said.exception, Refused)
