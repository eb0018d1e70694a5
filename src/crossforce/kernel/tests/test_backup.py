"""What a backup takes of stored files, and where a restore puts them."""

import fcntl
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crossforce.kernel import backup, backup_restore, backup_seal
from crossforce.kernel.files import standing

AT = datetime(2026, 3, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where another place than that of the data folder is set; the database's own program stays at rest."""
    monkeypatch.setattr(backup, "dump_database", lambda target: target.write_bytes(b"dump"))
    settings.OBJECT_STORE_URL = str(tmp_path / "elsewhere")
    folder = tmp_path / "elsewhere" / "dorset-police" / "07"
    folder.mkdir(parents=True)
    (folder / "first").write_bytes(b"one")
    (folder / "second").write_bytes(b"two")
    return folder


def made(target: Path) -> tuple[backup.Backup, list[str]]:
    done = backup.make(target, sealer=backup_seal.Passphrase("a long passphrase"), at=AT)
    with tarfile.open(done.path) as tar:
        return done, tar.getnames()


def test_what_goes_or_is_on_its_way_is_left_out(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / ".third.0a1b").write_bytes(b"on its way")
    listed = list(backup.stored_files(tmp_path / "elsewhere"))
    (place / "second").unlink()
    monkeypatch.setattr(backup, "stored_files", lambda folder: listed)
    _, names = made(tmp_path / "one.tar")
    assert [name for name in names if name.startswith(backup.FILES)] == [
        "files/dorset-police/07/first"
    ]


def test_says_that_it_has_no_files_of_an_object_store(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "main", object)
    done, names = made(tmp_path / "one.tar")
    assert "files are not in it" in done.summary()
    assert names == [backup.DUMP, backup.MANIFEST, backup.KEYS]


def test_a_restore_puts_files_where_this_installation_keeps_them(
    place: Path, tmp_path: Path
) -> None:
    fresh = tmp_path / "unpacked" / "dorset-police" / "07"
    fresh.mkdir(parents=True)
    (fresh / "first").write_bytes(b"as it was")
    backup_restore.swap_files(tmp_path / "unpacked", "20260301")
    assert (place / "first").read_bytes() == b"as it was"
    assert not (place / "second").exists()
    before = tmp_path / "elsewhere" / ".before-20260301" / "dorset-police" / "07"
    assert (before / "second").read_bytes() == b"two"


def test_no_key_is_replaced_between_the_database_and_the_keys(
    place: Path, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A master key replaced just then would open nothing of what the database holds."""
    held: list[bool] = []

    def dump(target: Path) -> None:
        with (settings.KEYS.folder / ".rotating").open("rb") as door:
            try:
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.append(True)
        target.write_bytes(b"dump")

    monkeypatch.setattr(backup, "dump_database", dump)
    made(tmp_path / "one.tar")
    assert held == [True]
