"""Docks of body-worn cameras: films come in once, as what their sidecar or name says, whoever looks and whatever is killed."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from crossforce.evidence.commands import commands
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.operations import docks
from crossforce.evidence.operations.docking import Docked
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.archives import MANIFEST
from crossforce.evidence.tests.test_importing import TWO
from crossforce.intake import api as intake
from crossforce.kernel import guarded
from crossforce.kernel.files.arriving import Arrival
from crossforce.kernel.testing.cast import Cast
from crossforce.people import api as people
from crossforce.records.tests.factories import AT, ELSEWHERE, asha

pytestmark = pytest.mark.django_db
FILM = b"film of the lock " * 40
SAID = {"case_reference": "op-heron", "exhibit_reference": "JAS/9", "Officer": "PC 1234", "seized_at": "2026-09-14 09:20"}  # fmt: skip


@pytest.fixture
def dock(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    factories.policy()
    monkeypatch.setattr(people, "actor_named", lambda name, at: asha())
    settings.EVIDENCE_DOCKS = tmp_path / "docks.toml"
    settings.EVIDENCE_DOCKS.write_text(
        '[[dock]]\nname = "Keynsham"\npath = "dock"\naccount = "dock"\nsidecar = ".json"\n'
        "named = '^(?P<seized_by>[0-9]+)_(?P<seized_at>[0-9T-]+)_'\n"
        'fields = { seized_by = "Officer" }\nsays = { description = "Film of a camera" }\n'
    )
    (tmp_path / "dock").mkdir()
    return tmp_path / "dock"


def looked(dock: Path, looks: int = 2) -> list[intake.Brought[Docked]]:
    watch = intake.Watch[Docked](lambda: docks.read(dock.parent / "docks.toml"))
    return [each for _ in range(looks) for each in watch.look(at=AT)]


def put(dock: Path, name: str, said: Any = None, content: bytes = FILM) -> Path:
    film = dock / name
    film.write_bytes(content)
    beside = json.dumps(said).encode() if said else b""
    film.with_name(f"{name}.json").write_bytes(beside)
    return film


def exhibits() -> dict[str, Exhibit]:
    with guarded.acting(asha()):
        return {each.exhibit_reference: each for each in Exhibit.objects.all()}


def kept() -> list[str]:
    with guarded.acting(asha()):
        return sorted(each.name for each in Item.objects.filter(state="kept"))


def test_a_film_waits_for_its_sidecar_and_is_what_that_says(dock: Path) -> None:
    (dock / "a.mp4").write_bytes(FILM)
    assert not looked(dock)
    put(dock, "a.mp4", SAID)
    (brought,) = looked(dock)
    assert brought.file == dock / "done" / "a.mp4"
    assert (brought.file / "a.mp4").read_bytes() == FILM
    row = exhibits()["JAS/9"]
    assert (row.case_reference, row.seized_by, row.kept_as) == ("op-heron", "PC 1234", "")
    assert (row.seized_at, row.description) == (
        datetime.fromisoformat("2026-09-14T08:20Z"),
        "Film of a camera",
    )
    assert kept() == ["a.mp4", "a.mp4.json"]
    assert not looked(dock)


def test_a_film_that_names_no_case_is_no_evidence_until_somebody_says_so(dock: Path) -> None:
    put(dock, "4711_20260914T092000_2.mp4")
    looked(dock)
    row = exhibits()["4711_20260914T092000_2"]
    assert (row.case_reference, row.kept_as) == ("body-worn", "body-worn-no-evidence")
    assert (row.seized_by, row.seized_at) == (
        "4711",
        datetime.fromisoformat("2026-09-14T08:20Z"),
    )


def test_what_is_wrong_is_refused_with_why_and_comes_in_once_mended(
    dock: Path, cast: Cast
) -> None:
    put(dock, "a.mp4", SAID | {"sha256": "0" * 64})
    put(dock, "b.mp4", SAID | {"seized_at": "yesterday", "exhibit_reference": "JAS/10"})
    (dock / "c.mp4").write_bytes(FILM)
    (dock / "c.mp4.json").write_bytes(b'{"marking": "OFFICIAL", "marking": "SECRET"}')
    (dock / "d.mp4").symlink_to("/etc/passwd")
    (dock / "d.mp4.json").write_bytes(b"")
    assert {each.file.parent.name for each in looked(dock)} == {"refused"}
    assert not kept()
    client = cast.asha("investigator").client
    assert "/evidence/docks/" in client.get("/evidence/").content.decode()
    page = client.get("/evidence/docks/").content.decode()
    assert "Its SHA-256 is not the one" in page
    assert "seized_at: Write it as" in page
    assert "names each thing once" in page
    (told,) = client.get("/api/v1/evidence/docks").json()
    assert (told["refused"], told["done"], len(told["whys"])) == (3, 0, 3)
    assert told["looked_at"]
    for each in (dock / "refused" / "a.mp4").iterdir():
        each.replace(dock / each.name)
    put(dock, "a.mp4", SAID)
    assert [each.file.parent.name for each in looked(dock)] == ["done"]
    assert kept() == ["a.mp4", "a.mp4.json"]


def test_a_folder_with_a_manifest_is_taken_whole(dock: Path) -> None:
    folder = dock / "card"
    for name, content in TWO.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    assert not looked(dock)
    (folder / "manifest.csv").write_text(MANIFEST)
    (brought,) = looked(dock)
    assert brought.file == dock / "done" / "card"
    assert kept() == sorted(TWO)


def test_killed_at_any_point_it_comes_in_once(
    dock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(dock, "a.mp4", SAID)
    rename, append = Path.replace, Arrival.append
    for step in (1, 2, 3, 1, 2, 4):
        done = iter(range(step, -1, -1))

        def killed(*given: Any, done: Any = done, act: Any = rename) -> Any:
            if not next(done, 0):  # whoever is dead stays so
                raise KeyboardInterrupt
            return act(*given)

        monkeypatch.setattr(Path, "replace", killed)
        monkeypatch.setattr(Arrival, "append", lambda *given, k=killed: k(*given, act=append))
        with pytest.raises(KeyboardInterrupt):
            looked(dock)
        monkeypatch.undo()
        monkeypatch.setattr(people, "actor_named", lambda name, at: asha())
    looked(dock)
    assert [each.name for each in (dock / "done").iterdir()] == ["a.mp4"]
    assert sorted(each.name for each in (dock / "done" / "a.mp4").iterdir()) == kept()
    assert kept() == ["a.mp4", "a.mp4.json"]


def test_who_adds_no_exhibits_and_who_is_elsewhere_sees_no_dock(dock: Path, cast: Cast) -> None:
    assert cast.cole("investigator").client.get("/evidence/docks/").status_code == 403
    factories.policy(holder=ELSEWHERE, recipient=ELSEWHERE)
    assert cast.cole("investigator").client.get("/api/v1/evidence/docks").json() == []
    assert cast.asha("investigator").client.get("/api/v1/evidence/docks").json()


def test_the_command_watches_a_folder_once(dock: Path, cast: Cast) -> None:
    by = ["--as", cast.asha("investigator").account.username]
    put(dock, "4711_20260914092000.mp4")
    words = ["watch", str(dock), "--once", *by]
    named = ["--named", "^(?P<seized_by>[0-9]+)_(?P<seized_at>[0-9]{14})", "--sidecar", ".json"]
    done = CliRunner().invoke(commands, [*words, *named])
    assert done.exit_code == 0, done.output
    assert "done/4711_20260914092000.mp4: 1 taken" in done.output
    (told,) = json.loads(CliRunner().invoke(commands, ["docks", *by]).output)
    assert (told["name"], told["done"]) == ("Keynsham", 1)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("named = '('", "it is no pattern"),
        ("named = '(?P<officer>.)'", "no column is called officer"),
        ('marking = "LOW"', "one of OFFICIAL"),
        ('film = "x"', "Extra inputs"),
    ],
)
def test_a_file_of_docks_that_is_wrong_is_told(dock: Path, line: str, says: str) -> None:
    file = dock.parent / "docks.toml"
    file.write_text(f'[[dock]]\nname = "K"\npath = "dock"\naccount = "a"\n{line}\n')
    with pytest.raises(intake.BadFolders, match=says):
        docks.read(file)
