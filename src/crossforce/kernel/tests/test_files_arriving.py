"""A file arrives in turns: what was acknowledged is there after any interruption, and one sender writes at a time."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.kernel.files import arriving
from crossforce.kernel.files.arriving import Arrival, Busy
from crossforce.kernel.files.sealing import SEGMENT, Altered

FILE, KEY = UUID(int=7), b"k" * 32
BYTES = os.urandom(3 * SEGMENT + 500)
SENDER = """
import sys
from pathlib import Path
from uuid import UUID
from crossforce.kernel.files.arriving import Arrival
with Arrival(Path(sys.argv[1]), UUID(int=7), b"k" * 32) as arrival:
    arrival.take_up()
    while True:
        arrival.append(b"evidence" * 40_000)
        print(arrival.settle(), flush=True)
"""


def arrive(folder: Path, parts: list[bytes], *, settles: bool = True) -> int:
    with Arrival(folder, FILE, KEY) as arrival:
        arrival.take_up()
        for part in parts:
            arrival.append(part)
        return arrival.settle() if settles else arrival.offset


def test_goes_on_where_it_was(tmp_path: Path) -> None:
    cuts = [0, 10, SEGMENT, SEGMENT + 1, 2 * SEGMENT + 77, len(BYTES)]
    for begin, end in pairwise(cuts):
        assert arrive(tmp_path, [BYTES[begin:end]]) == end
    with Arrival(tmp_path, FILE, KEY) as arrival:
        arrival.take_up()
        assert arrival.seal_up().sha256 == sha256(BYTES).hexdigest()


@settings(max_examples=12)
@given(st.lists(st.integers(0, SEGMENT + 5), max_size=6))
def test_in_whatever_turns_it_comes(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int]
) -> None:
    folder, at, total = tmp_path_factory.mktemp("turns"), 0, sha256()
    for size in sizes:
        part = BYTES[at % SEGMENT :][:size]
        total.update(part)
        at = arrive(folder, [part])
    with Arrival(folder, FILE, KEY) as arrival:
        arrival.take_up()
        assert arrival.seal_up().sha256 == total.hexdigest()


def test_one_sender_at_a_time(tmp_path: Path) -> None:
    with Arrival(tmp_path, FILE, KEY), pytest.raises(Busy):
        Arrival(tmp_path, FILE, KEY)


def test_a_torn_end_is_not_taken_for_bytes(tmp_path: Path) -> None:
    arrive(tmp_path, [BYTES[: SEGMENT + 9]])
    with (tmp_path / f"{FILE}.part").open("ab") as part:
        part.write(b"\0" * (SEGMENT + 300))
    assert arrive(tmp_path, []) == SEGMENT + 9


def test_whole_parts_count_though_nobody_was_told(tmp_path: Path) -> None:
    """Those that came to the disk: what waits for a room to be full, or for the rest of a block, did not."""
    arrive(tmp_path, [BYTES[:9]])
    arrive(tmp_path, [BYTES[9:], BYTES], settles=False)
    assert arrive(tmp_path, []) == 3 * SEGMENT


def test_an_end_that_a_crash_left_half_written_is_no_end_and_goes_with_the_file(
    tmp_path: Path,
) -> None:
    arrive(tmp_path, [BYTES[:9]])
    (tmp_path / f".{FILE}.end").write_bytes(b"half of")
    assert arrive(tmp_path, [BYTES[9:20]]) == 20
    assert not (tmp_path / f".{FILE}.end").exists()
    (tmp_path / f".{FILE}.end").write_bytes(b"half of")
    arriving.drop(tmp_path, FILE)
    assert not list(tmp_path.iterdir())


def test_says_when_less_is_there_than_was_told(tmp_path: Path) -> None:
    arrive(tmp_path, [BYTES])
    os.truncate(tmp_path / f"{FILE}.part", SEGMENT)
    with pytest.raises(Altered), Arrival(tmp_path, FILE, KEY) as arrival:
        arrival.take_up()


@pytest.mark.crash
def test_a_sender_that_is_killed_loses_nothing_that_was_told(tmp_path: Path) -> None:
    told = 0
    for turn in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", SENDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as sender:
            assert sender.stdout
            for _ in range(turn + 2):
                told = int(sender.stdout.readline())
            sender.send_signal(signal.SIGKILL)
            told = int(([str(told), *sender.stdout.read().splitlines()])[-1])
    with Arrival(tmp_path, FILE, KEY) as arrival:
        arrival.take_up()
        assert arrival.offset >= told > 0
        size = arrival.offset
        found = arrival.seal_up()
    assert found.sha256 == sha256((b"evidence" * (size // 8 + 1))[:size]).hexdigest()


@pytest.mark.parametrize("end", ["settle", "seal_up"])
def test_what_the_disk_refused_beside_is_never_told_kept(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk says once that it could not: whoever settles after it must hear that, though it takes all since."""
    refusals, written = iter([OSError(errno.EIO, "the disk is broken")]), os.pwrite

    def write(file: int, part: bytes, at: int) -> int:
        if refused := next(refusals, None):
            raise refused
        return written(file, part, at)

    monkeypatch.setattr(os, "pwrite", write)
    with Arrival(tmp_path, FILE, KEY) as arrival:
        arrival.take_up()
        arrival.append(BYTES * 2)
        for asked in (end, "settle"):
            with pytest.raises(OSError, match="broken"):
                getattr(arrival, asked)()


@pytest.mark.parametrize("refused", ["open", "pwrite"])
def test_a_disk_that_takes_nothing_past_memory_has_it_the_plain_way(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is forced then, room by room: the end of a long file would wait for all of it."""
    plainly, forced = getattr(os, refused), list[int]()

    def only_plainly(what: Path | int, *more: int) -> int:
        flags = more[0] if refused == "open" else fcntl.fcntl(int(str(what)), fcntl.F_GETFL)
        if flags & os.O_DIRECT:
            raise OSError(errno.EINVAL, "not here")
        return int(plainly(what, *more))

    monkeypatch.setattr(os, refused, only_plainly)
    monkeypatch.setattr(os, "fdatasync", forced.append)
    with Arrival(tmp_path, FILE, KEY) as arrival:
        arrival.take_up()
        arrival.append(BYTES * 2)
        assert arrival.seal_up().sha256 == sha256(BYTES * 2).hexdigest()
        assert b"".join(arrival.parts()) == BYTES * 2
    assert len(forced) > 1
