"""The watched folder: what comes in is brought in once, and nobody has to do it."""

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from crossforce.duty import jobs
from crossforce.duty.operations import arriving, mappings
from crossforce.duty.operations import watching as operations
from crossforce.duty.operations.arriving import WAITING
from crossforce.duty.operations.folders import read
from crossforce.duty.operations.importing import in_short
from crossforce.duty.operations.watching import Brought, Watch, below
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import SHIFTS
from crossforce.duty.tests.factories import AT, entries, rows
from crossforce.intake import api as intake
from crossforce.intake import jobs as intake_jobs
from crossforce.kernel import companions
from crossforce.people import api as people
from crossforce.people.api import Actor

pytestmark = pytest.mark.django_db
NAME = "wiltshire-shifts"
ONE = factories.EARLY
NEXT = "3;1234;22/11/2026;07:00;15:00;SOU;XG01;Devizes;AV;;"
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


def watching(folder: Path, actor: Actor, settle: float = 0.0) -> Watch:
    return Watch(below(folder, lambda: actor), settle)


def looked(watch: Watch) -> list[Brought]:
    return list(watch.look(at=AT))


def test_a_file_is_taken_when_it_has_settled(folder: Path, planner: Actor) -> None:
    file, watch = folder / NAME / "a.csv", watching(folder, planner)
    file.write_bytes(rows(ONE)[:-10])
    assert not looked(watch)
    file.write_bytes(rows(ONE))
    assert not looked(watch)
    (brought,) = looked(watch)
    assert brought.file == folder / NAME / "done" / "a.csv"
    assert brought.outcome.counts["new"] == 1
    assert not looked(watch)
    assert len(entries(planner)) == 1


def test_a_file_lies_still_for_a_while_first(folder: Path, planner: Actor) -> None:
    file, watch = folder / NAME / "a.csv", watching(folder, planner, settle=60)
    file.write_bytes(rows(ONE))
    assert not [each for _ in range(3) for each in looked(watch)]
    os.utime(file, (time.time() - 61,) * 2)
    assert not looked(watch)
    assert [each.outcome.state for each in looked(watch)] == ["done"]


@pytest.mark.parametrize("name", ["a.csv.part", "a.csv.filepart", ".a.csv", "a.csv~", "A.TMP"])
def test_a_name_that_says_unfinished_is_left_alone(
    folder: Path, planner: Actor, name: str
) -> None:
    (folder / NAME / name).write_bytes(rows(ONE))
    watch = watching(folder, planner)
    assert not [each for _ in range(3) for each in looked(watch)]


def test_a_file_that_grows_while_it_is_brought_in_is_brought_in_again(
    folder: Path, planner: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, watch, take = folder / NAME / "a.csv", watching(folder, planner), operations.take_in
    file.write_bytes(rows(ONE))

    def grown(**given: Any) -> Any:
        outcome = take(**given)
        monkeypatch.setattr(operations, "take_in", take)
        given["file"].write_bytes(rows(ONE, NEXT))
        return outcome

    looked(watch)
    monkeypatch.setattr(operations, "take_in", grown)
    assert not looked(watch)
    looked(watch)
    (brought,) = looked(watch)
    assert (brought.outcome.counts["same"], brought.outcome.counts["new"]) == (1, 1)
    assert len(entries(planner)) == 2


def test_two_who_look_do_not_take_the_same(folder: Path, planner: Actor) -> None:
    taken = folder / NAME / "taken"
    taken.mkdir()
    for name in ("a.csv", "b.csv"):
        (taken / name).write_bytes(rows(ONE))
    first, second = watching(folder, planner), watching(folder, planner)
    look = first.look(at=AT)
    next(look)
    assert not looked(second)
    assert len(list(look)) == 1


def test_a_file_that_somebody_brings_in_already_is_waited_for(
    folder: Path, planner: Actor
) -> None:
    (folder / NAME / "taken").mkdir()
    (folder / NAME / "taken" / "a.csv").write_bytes(rows(ONE))
    arrived = intake.Arrived(SHIFTS.decode(), "a.csv", [rows(ONE)])
    key, _ = arriving.receive(actor=planner, file=arrived, at=AT)
    watch = watching(folder, planner)
    with WAITING.begun(key):
        assert not looked(watch)
    (brought,) = looked(watch)
    assert (brought.file.parent.name, brought.outcome.counts["new"]) == ("done", 1)
    assert len(entries(planner)) == 1


def test_what_is_refused_has_its_report_beside_it(folder: Path, planner: Actor) -> None:
    (folder / NAME / "a.csv").write_bytes(rows(ONE, BAD))
    (folder / NAME / "b.csv").write_bytes(b"no;heading\n")
    watch = watching(folder, planner)
    looked(watch)
    assert [each.outcome.state for each in looked(watch)] == ["done", "refused"]
    report = (folder / NAME / "done" / "a.csv.report.csv").read_text("utf-8-sig")
    assert "3,Base,2,formula" in report
    assert "Shift no" in (folder / NAME / "refused" / "b.csv.report.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("fault", "ends"),
    [(ZeroDivisionError(), "refused"), (OperationalError("gone"), "taken")],
)
def test_a_file_at_which_we_fail_keeps_no_other_from_coming_in(
    folder: Path,
    planner: Actor,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    ends: str,
) -> None:
    bad, take = folder / "a-first", operations.take_in
    bad.mkdir()

    def fails(**given: Any) -> Any:
        if given["mapping"] == bad.name:
            raise fault
        return take(**given)

    monkeypatch.setattr(operations, "take_in", fails)
    for place in (bad, folder / NAME):
        (place / "a.csv").write_bytes(rows(ONE))
    watch = watching(folder, planner)
    looked(watch)
    assert looked(watch)[-1].file == folder / NAME / "done" / "a.csv"
    assert (bad / ends / "a.csv").exists()
    assert (bad / ends / "a.csv.report.csv").exists() == (ends == "refused")


def test_a_folder_that_cannot_be_looked_into_keeps_no_other(
    folder: Path, planner: Actor
) -> None:
    (folder / "a-first" / intake.LOCK).mkdir(parents=True)
    (folder / NAME / "a.csv").write_bytes(rows(ONE))
    watch = watching(folder, planner)
    looked(watch)
    assert [each.outcome.state for each in looked(watch)] == ["done"]


def test_what_was_taken_before_a_stop_comes_first(folder: Path, planner: Actor) -> None:
    taken = folder / NAME / "taken"
    taken.mkdir()
    (taken / "a.csv").write_bytes(rows(ONE))
    (brought,) = looked(watching(folder, planner))
    assert brought.outcome.state == "done"
    assert len(entries(planner)) == 1


def test_a_folder_of_no_mapping_is_refused_with_the_reason(
    folder: Path, planner: Actor
) -> None:
    (folder / "unheard").mkdir()
    (folder / "unheard" / "a.csv").write_bytes(rows(ONE))
    watch = watching(folder, planner)
    looked(watch)
    (brought,) = looked(watch)
    assert brought.outcome.state == "refused"
    assert "no mapping 'unheard' that you may use" in brought.outcome.findings[0].message


def test_two_files_of_one_name_are_both_kept(folder: Path, planner: Actor) -> None:
    watch = watching(folder, planner)
    for content in (rows(ONE), rows(ONE, BAD)):
        (folder / NAME / "a.csv").write_bytes(content)
        looked(watch)
        looked(watch)
    assert {each.name for each in (folder / NAME / "done").glob("*.csv")} >= {
        "a.csv",
        "a-2.csv",
    }


def test_a_file_that_is_in_already_does_nothing_and_says_so(
    folder: Path, planner: Actor
) -> None:
    watch, said = watching(folder, planner), []
    for name in ("a.csv", "b.csv"):
        (folder / NAME / name).write_bytes(rows(ONE))
        looked(watch)
        (brought,) = looked(watch)
        said.append(in_short(brought.outcome))
    first, again = said
    assert "1 new" in first
    assert again == "in already, nothing was done now"
    assert (folder / NAME / "done" / "b.csv").exists()


def test_a_file_comes_in_again_after_another_came(folder: Path, planner: Actor) -> None:
    watch = watching(folder, planner)
    changed = []
    for line in (ONE, ONE.replace("XG01", "XG02"), ONE):
        (folder / NAME / "a.csv").write_bytes(rows(line))
        looked(watch)
        (brought,) = looked(watch)
        changed.append(brought.outcome.counts["changed"])
    assert changed == [0, 1, 1]
    assert entries(planner)[0].call_sign == "XG01"


def test_the_server_watches_what_its_file_names(
    folder: Path, planner: Actor, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DUTY_FOLDERS = tmp_path / "folders.toml"
    monkeypatch.setattr(people, "actor_named", lambda name, at: planner)
    monkeypatch.setattr(intake_jobs, "close_old_connections", lambda: None)
    monkeypatch.setattr(intake_jobs, "SECONDS", 0)
    monkeypatch.setattr(intake_jobs, "STILL", 0.0)
    (folder / NAME / "a.csv").write_bytes(rows(ONE))
    looks = iter((True, True, True, True, False))

    def goes_on() -> bool:
        settings.DUTY_FOLDERS.write_text(
            f'[[folder]]\npath = "incoming/{NAME}"\nmapping = "{NAME}"\naccount = "x"\n'
        )
        return next(looks)

    jobs.watch_on(goes_on)
    (said,) = jobs.look_at_folders()
    assert re.fullmatch(r"1, last looked at \d seconds ago", said.said)
    assert said.grade == "sound"
    monkeypatch.setattr(companions, "standing", lambda: {"duty folders": True})
    os.utime(settings.VAR / "duty-folders-looked", (time.time() - 600,) * 2)
    (said,) = jobs.look_at_folders()
    assert re.fullmatch(r"1, last looked at 6\d\d seconds ago", said.said)
    assert said.grade == "warning"
    assert (folder / NAME / "done" / "a.csv").exists()
    assert len(entries(planner)) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[folder]]\npath = "nowhere"\nmapping = "m"\naccount = "a"', "is no folder"),
        ('[[folder]]\npath = "."\nmapping = "m"', "folder.0.account: Field required"),
        ('[[folders]]\npath = "."', "folders: Extra inputs"),
        ("[[folder", "Expected"),
    ],
)
def test_a_file_of_folders_that_is_wrong_is_told_once(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "folders.toml"
    found = intake.Listed(file, read)
    assert not found()
    file.write_text(text)
    with pytest.raises(intake.BadFolders, match=says):
        found()
    assert not found()
