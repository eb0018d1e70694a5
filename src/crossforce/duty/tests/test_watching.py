"""The watched folder: what comes in is brought in once, and nobody has to do it."""

from pathlib import Path
from typing import Any

import pytest

from crossforce.duty.operations import mappings
from crossforce.duty.operations.watching import Brought, Watch
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS
from crossforce.duty.tests.factories import AT, entries, rows
from crossforce.people.api import Actor

pytestmark = pytest.mark.django_db
NAME = "wiltshire-shifts"
ONE = "1;1234;21/11/2026;07:00;15:00;SOU;XG01;Devizes;AV;;"
BAD = "2;1234;21/11/2026;16:00;22:00;SOU;XG01;=1+1;AV;;"


@pytest.fixture
def planner(settings: Any, tmp_path: Path) -> Actor:
    settings.VAR = tmp_path / "var"
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234")
    actor = factories.planner()
    mappings.keep(actor=actor, text=SHIFTS.decode(), at=AT)
    return actor


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "incoming"
    (made / NAME).mkdir(parents=True)
    return made


def looked(watch: Watch, actor: Actor) -> list[Brought]:
    return list(watch.look(actor=actor, at=AT))


def test_a_file_is_taken_when_it_has_settled(folder: Path, planner: Actor) -> None:
    file, watch = folder / NAME / "a.csv", Watch(folder)
    file.write_bytes(rows(ONE)[:-10])
    assert not looked(watch, planner)
    file.write_bytes(rows(ONE))
    assert not looked(watch, planner)
    (brought,) = looked(watch, planner)
    assert brought.file == folder / NAME / "done" / "a.csv"
    assert brought.outcome.counts["new"] == 1
    assert not looked(watch, planner)
    assert len(entries(planner)) == 1


def test_what_is_refused_has_its_report_beside_it(folder: Path, planner: Actor) -> None:
    (folder / NAME / "a.csv").write_bytes(rows(ONE, BAD))
    (folder / NAME / "b.csv").write_bytes(b"no;heading\n")
    watch = Watch(folder)
    looked(watch, planner)
    assert [each.outcome.state for each in looked(watch, planner)] == ["done", "refused"]
    report = (folder / NAME / "done" / "a.csv.report.csv").read_text("utf-8-sig")
    assert "3,Base,2,formula" in report
    assert "Shift no" in (folder / NAME / "refused" / "b.csv.report.csv").read_text("utf-8-sig")


def test_what_was_taken_before_a_stop_comes_first(folder: Path, planner: Actor) -> None:
    taken = folder / NAME / "taken"
    taken.mkdir()
    (taken / "a.csv").write_bytes(rows(ONE))
    (brought,) = looked(Watch(folder), planner)
    assert brought.outcome.state == "done"
    assert len(entries(planner)) == 1


def test_a_folder_of_no_mapping_is_refused_with_the_reason(
    folder: Path, planner: Actor
) -> None:
    (folder / "unheard").mkdir()
    (folder / "unheard" / "a.csv").write_bytes(rows(ONE))
    watch = Watch(folder)
    looked(watch, planner)
    (brought,) = looked(watch, planner)
    assert brought.outcome.state == "refused"
    assert "no such mapping" in brought.outcome.findings[0].message


def test_two_files_of_one_name_are_both_kept(folder: Path, planner: Actor) -> None:
    watch = Watch(folder)
    for content in (rows(ONE), rows(ONE, BAD)):
        (folder / NAME / "a.csv").write_bytes(content)
        looked(watch, planner)
        looked(watch, planner)
    assert {each.name for each in (folder / NAME / "done").glob("*.csv")} >= {
        "a.csv",
        "a-2.csv",
    }
