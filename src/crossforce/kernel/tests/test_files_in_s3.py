"""Files in a store that speaks S3: a server in a process of its own, which is asked as any vendor's is, and killed."""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from crossforce.kernel.files import fixity, keeping, remote, standing
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.files.remote import Bucket
from crossforce.kernel.files.sealing import SEGMENT
from crossforce.kernel.testing import ports
from crossforce.kernel.testing.soon import until

AT: Final = datetime(2026, 3, 1, tzinfo=UTC)
DORSET: Final = "dorset-police"
BYTES: Final = os.urandom(2 * SEGMENT + 70_000)
KEY: Final = {"ACCESS_KEY": "invented-access", "SECRET_KEY": "invented-secret-of-the-store"}
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Store:
    """The server; what it keeps lies in `folder`, an object a file."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        where = [
            "--data-dir",
            str(self.folder),
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        environment = os.environ | {f"NANIO_{name}": value for name, value in KEY.items()}
        words = [sys.executable, "-m", "nanio", "serve", *where, "--log-level", "error"]
        self._process = subprocess.Popen(words, env=environment)
        until(lambda: not ports.is_free(self.port))

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait()

    def object(self, file: StoredFile) -> Path:
        """Where the server itself put the file."""
        (found,) = self.folder.rglob(str(file.pk))
        return found


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with ports.reserved() as port:
        store = Store(tmp_path_factory.mktemp("store"), port)
        (store.folder / "evidence").mkdir()
        store.start()
        yield store
        store.kill()


@pytest.fixture
def store(
    running: Store, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """Read from there, with a second copy in a folder."""
    environment = {
        "ENDPOINT_URL": f"http://127.0.0.1:{running.port}",
        "ACCESS_KEY_ID": KEY["ACCESS_KEY"],
        "SECRET_ACCESS_KEY": KEY["SECRET_KEY"],
        "REGION": "us-east-1",
        "ALLOW_HTTP": "true",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setattr(remote, "RETRIES", {"max_retries": 1})
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.OBJECT_STORE_URL = "s3://evidence/files"
    settings.OBJECT_STORE_COPY_URL = str(tmp_path / "second")
    standing._place.cache_clear()
    yield running
    standing._place.cache_clear()


def kept(content: bytes = BYTES) -> StoredFile:
    return keeping.keep_stream(holder=DORSET, source=io.BytesIO(content), at=AT)[0]


def flip(path: Path, at: int) -> None:
    stored = bytearray(path.read_bytes())
    stored[at] ^= 1
    path.write_bytes(stored)


def test_keeps_reads_any_part_and_removes(store: Store, settings: Any) -> None:
    file, empty = kept(), kept(b"")
    assert isinstance(standing.main(), Bucket)
    assert BYTES[:64] not in store.object(file).read_bytes()
    reading = Reading(file)
    assert b"".join(reading.parts()) == BYTES
    assert b"".join(reading.parts(SEGMENT - 3, 7)) == BYTES[SEGMENT - 3 : SEGMENT + 4]
    assert Reading(empty).found().size == 0
    for _ in range(2):
        keeping.remove(file.name)
    assert standing.main().size(file.name) is None
    with pytest.raises(FileNotFoundError):
        standing.main().read(file.name, 0, 9)


def test_what_is_altered_there_is_named_and_mended_from_the_second_copy(store: Store) -> None:
    altered, missing, sound = kept(), kept(b"two"), kept(b"three")
    flip(store.object(altered), 100)
    store.object(missing).unlink()
    found = {each.file: each for each in fixity.examine()}
    assert {each.file for each in found.values() if each.faults} == {altered.pk, missing.pk}
    assert "(main copy)" in found[altered.pk].faults[0]
    assert found[altered.pk].is_mended
    assert not [each for each in fixity.examine() if each.faults]
    assert b"".join(Reading(sound).parts()) == b"three"


def test_a_store_that_is_killed_shows_nothing_in_part_and_is_gone_on_with(store: Store) -> None:
    content = os.urandom(24 * SEGMENT)
    before = kept()
    file = keeping.begin(holder=DORSET, at=AT)
    with keeping.coming(file.pk) as arrival:
        arrival.append(content)
        arrival.settle()
    lies = len(list(store.folder.rglob("*")))
    killer = threading.Thread(target=killed_once_it_has_more_than, args=[store, lies])
    killer.start()
    with pytest.raises(OSError, match="store"), keeping.coming(file.pk) as arrival:
        keeping.keep(arrival, at=AT)
    killer.join()
    (late,) = [each for each in fixity.examine(mends=False) if each.faults]
    assert late.file == before.pk
    store.start()
    assert standing.main().size(file.name) is None
    with keeping.coming(file.pk) as arrival:
        assert arrival.offset == len(content)
        done = keeping.keep(arrival, at=AT)
    assert b"".join(Reading(done).parts()) == content
    assert not [each for each in fixity.examine() if each.faults]


def killed_once_it_has_more_than(store: Store, lies: int) -> None:
    """In the midst of what is sent to it."""
    until(lambda: len(list(store.folder.rglob("*"))) > lies)
    store.kill()
