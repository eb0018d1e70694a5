"""Spreadsheets brought in: rehearsed, kept, the same twice, and nothing half-loaded."""

import json

import pytest
from django.db import transaction

from crossforce.access.operations import put_grants
from crossforce.kernel import guarded
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.programme import models
from crossforce.programme.choices import ENTRY, IMPORT
from crossforce.programme.operations.importing import (
    MayNotImport,
    NoSuchProject,
    NoSuchTable,
    Outcome,
    Sheet,
    bring_in,
)
from crossforce.programme.queries import entries, projects
from crossforce.programme.queries.entries import Wanted
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT, PARTNER
from crossforce.programme.tests.workbooks import HEADINGS, SOUND, workbook
from crossforce.records.tests.factories import grant

pytestmark = pytest.mark.django_db

REGISTER = (
    b"Reference,Title,Stage,Function,Forces,Owner,Saving\n"
    b"W-1,Joint dog section,live,dogs,Wiltshire; Gloucestershire,Head of operations,1200\n"
    b"W-2,Shared firearms range,scoping,,Wiltshire,,\n"
)


@ground.fixture
def keeper() -> Actor:
    factories.policy()
    return factories.officer()


def brought_in(actor: Actor, content: bytes, **more: object) -> Outcome:
    how = {name: bool(more.pop(name, False)) for name in ("is_rehearsal", "is_in_part")}
    sent = Sheet("register.csv", content, **more)  # type: ignore[arg-type]
    return bring_in(actor=actor, sent=sent, at=AT, **how)


def titles(actor: Actor) -> list[str]:
    return [each.entry.title for each in entries.entries(actor, Wanted(), AT).entries]


def test_a_rehearsal_says_what_it_would_do_and_does_nothing(keeper: Actor) -> None:
    told = brought_in(keeper, REGISTER, is_rehearsal=True)
    assert told.counts == {
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "not_in_file": 0,
        "refused": 0,
        "held_back": 0,
    }
    assert [each.reference for each in told.sound] == ["W-1", "W-2"]
    assert titles(keeper) == []


def test_the_same_file_twice_changes_nothing(keeper: Actor) -> None:
    brought_in(keeper, REGISTER)
    assert titles(keeper) == ["Shared firearms range", "Joint dog section"]
    again = brought_in(keeper, REGISTER)
    assert again.counts["unchanged"] == 2
    assert again.changes_nothing
    with guarded.acting(keeper):
        row = models.RegisterEntry.objects.get(code="W-1")
    assert (row.stage, row.saving, row.version) == ("live", 120_000, 1)


def test_what_changed_is_changed_and_what_is_gone_stays(keeper: Actor) -> None:
    brought_in(keeper, REGISTER)
    told = brought_in(keeper, b"Reference,Title,Stage\nW-2,Joint firearms range,scoping\n")
    assert (told.counts["changed"], told.counts["not_in_file"]) == (1, 1)
    assert [each.changes for each in told.sound] == [("Title",)]
    assert titles(keeper) == ["Joint firearms range", "Joint dog section"]


def test_a_file_that_is_sent_again_moves_no_entry(keeper: Actor) -> None:
    brought_in(keeper, REGISTER)
    content = b"Reference,Title,Stage\nW-1,Dogs,live\nW-2,Range,live\n"
    told = brought_in(keeper, content, is_in_part=True)
    (finding,) = told.findings
    assert str(finding).startswith(
        "C3 says live, and W-2 is at scoping: a file moves no entry."
    )
    assert (told.counts["changed"], told.counts["refused"], told.counts["not_in_file"]) == (
        1,
        1,
        0,
    )
    assert titles(keeper) == ["Shared firearms range", "Dogs"]


def test_what_comes_in_past_a_gate_says_that_it_was_recorded_elsewhere(keeper: Actor) -> None:
    told = brought_in(keeper, REGISTER)
    (note,) = told.findings
    assert (note.rule, note.place, note.is_note) == ("past-the-gate", "C2", True)
    with guarded.acting(keeper):
        reasons = {each.code: each.reason for each in models.RegisterEntry.objects.all()}
    assert reasons["W-1"].startswith("It came in at live on ")
    assert reasons["W-2"] == ""
    assert not brought_in(keeper, REGISTER).findings


def test_a_day_to_come_is_refused_with_its_cell(keeper: Actor) -> None:
    heads = b"Reference,Title,Stage,Entered on\n"
    told = brought_in(keeper, heads + b"W-1,Dogs,idea,2026-11-22\nW-2,Vans,idea,2026-11-21\n")
    assert [each.place for each in told.findings] == ["D2"]
    assert titles(keeper) == []


def kept(actor: Actor, told: Outcome) -> models.SheetImport:
    assert told.record is not None
    with guarded.acting(actor):
        row: models.SheetImport = models.SheetImport.objects.get(pk=told.record)
    return row


def test_a_bad_row_is_told_with_its_cell_and_nothing_comes_in_half(keeper: Actor) -> None:
    content = workbook([HEADINGS, SOUND, ("HC-2", "=A1", "idea"), ("HC-3", "Third", "dreamt")])
    told = brought_in(keeper, content)
    assert titles(keeper) == []
    assert told.is_held_back
    assert [each.place for each in told.findings] == ["Register!B3", "Register!C4"]
    row = kept(keeper, told)
    assert row.state == "refused"
    assert row.counts == "new 0, changed 0, unchanged 0, not in file 0, refused 2, held back 1"
    assert json.loads(row.findings)[0]["place"] == "Register!B3"


def test_whoever_asks_for_the_sound_rows_alone_has_them(keeper: Actor) -> None:
    content = workbook([HEADINGS, SOUND, ("HC-2", "=A1", "idea")])
    told = brought_in(keeper, content, is_in_part=True)
    assert titles(keeper) == ["Witness protection"]
    assert (kept(keeper, told).state, told.is_held_back) == ("in-part", False)
    again = brought_in(keeper, content, is_in_part=True)
    assert again.changes_nothing
    assert not brought_in(keeper, content).is_held_back


def test_nothing_saved_is_not_the_same_as_not_known(keeper: Actor) -> None:
    heads = b"Reference,Title,Stage,Saving\n"
    brought_in(keeper, heads + b"W-1,Dogs,idea,\nW-2,Range,idea,0\n")
    told = brought_in(keeper, heads + b"W-1,Dogs,idea,0\nW-2,Range,idea,\n")
    assert told.counts["changed"] == 2
    with guarded.acting(keeper):
        savings = {each.code: each.saving for each in models.RegisterEntry.objects.all()}
    assert savings == {"W-1": 0, "W-2": None}


def test_a_broken_file_brings_nothing(keeper: Actor) -> None:
    told = brought_in(
        keeper, workbook([HEADINGS, SOUND], lambda book: book["Register"].merge_cells("A2:A3"))
    )
    assert told.is_refused
    assert titles(keeper) == []


def test_milestones_come_into_a_project_and_a_circle_does_not(keeper: Actor) -> None:
    key = factories.project(keeper)
    content = (
        b"Ref,Milestone,Due,Depends on\nM1,Scope,2026-12-01,\nM2,Build,2027-01-05,M1\n"
        b"M3,Train,2027-02-01,M4\nM4,Test,2027-02-02,M3\n"
    )
    of: dict[str, object] = {"layout": "milestones", "project": "dogs"}
    told = brought_in(keeper, content, **of)
    assert told.counts["held_back"] == 2
    assert [each.place for each in told.findings] == ["D4", "D5"]
    assert projects.shown(keeper, key, AT).steps == []
    assert brought_in(keeper, content, is_in_part=True, **of).counts["new"] == 2
    assert [each.row.code for each in projects.shown(keeper, key, AT).steps] == ["M1", "M2"]
    assert brought_in(keeper, content, is_in_part=True, **of).changes_nothing


def test_refuses_what_is_no_table_of_no_project_and_by_nobody(keeper: Actor) -> None:
    with pytest.raises(NoSuchTable):
        brought_in(keeper, REGISTER, layout="wishes")
    with pytest.raises(NoSuchProject):
        brought_in(keeper, REGISTER, layout="milestones", project="cats")
    factories.sharing()
    with pytest.raises(MayNotImport):
        brought_in(factories.officer(factories.PARTNER, "Bryn Parry"), REGISTER)


def test_whoever_keeps_one_function_brings_its_rows_in_and_no_other() -> None:
    factories.policy()
    whose = {"holder": PARTNER, "recipient": PARTNER}
    dogs = grant(ENTRY, collection="function:dogs", **whose)
    with transaction.atomic():
        put_grants("partners-policy", [dogs, grant(IMPORT, **whose)])
    bryn = factories.officer(PARTNER, "Bryn Parry")
    with pytest.raises(MayNotImport, match="begins with row 3, “W-2”"):
        brought_in(bryn, REGISTER, is_rehearsal=True)
    assert brought_in(bryn, REGISTER[: REGISTER.index(b"W-2")]).counts["new"] == 1
