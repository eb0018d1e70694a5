"""A file is written past the system's own memory, in whole blocks, while what follows is made ready.

To have the system keep a copy of each page first costs a processor as much as to take a digest. Where a file system writes in no
other way, it is written so, and forced room by room.
"""

import errno
import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

from crossforce.kernel.files import rooms

BLOCK: Final = 4096
AHEAD: Final = 3
"""So many rooms at most wait for the disk."""
LITTLE: Final = 256 * 1024
"""Less than that is left to the system: to wait for the disk once more would cost more."""


class Writer:
    """Writes what follows on a place of a file that is open. What the disk could not take is raised to all who ask."""

    def __init__(self, path: Path, file: int) -> None:
        self._path, self._file = path, file
        self._straight: int | None = None
        self._is_straight = hasattr(os, "O_DIRECT")
        self._room, self._at, self._filled = rooms.taken(), 0, 0
        self._disk: ThreadPoolExecutor | None = None
        self._writing: deque[Future[None]] = deque()

    def begin(self, at: int) -> None:
        """What follows is written from there."""
        self._filled = at % BLOCK
        self._at = at - self._filled
        self._room[: self._filled] = os.pread(self._file, self._filled, self._at)

    def room(self, size: int) -> memoryview:
        """Where the next bytes are put, so many, before more room is asked for."""
        if self._filled + size > len(self._room):
            self._pass_on()
        self._filled += size
        return self._room[self._filled - size : self._filled]

    def force(self) -> None:
        """Have all of it on the disk."""
        self._await(0)
        whole = self._whole() if self._filled >= LITTLE else 0
        if whole:
            self._write(self._room, whole, self._at)
        self._plainly(self._room[whole : self._filled], self._at + whole)
        rest = self._filled % BLOCK
        self._room[:rest] = bytes(self._room[self._filled - rest : self._filled])
        self._at, self._filled = self._at + self._filled - rest, rest
        os.fdatasync(self._file)

    def end(self) -> None:
        """Let go of what is used; what was not forced may be there or not."""
        if self._disk:
            self._disk.shutdown()
        if self._straight is not None:
            os.close(self._straight)
            self._straight = None
        rooms.give_back(self._room)

    def _pass_on(self) -> None:
        """What fills the room goes to the disk, as far as it is whole blocks; the rest begins the next one."""
        self._await(AHEAD - 1)
        full, whole, at, fresh = self._room, self._whole(), self._at, rooms.taken()
        rest = self._filled - whole
        fresh[:rest] = full[whole : self._filled]
        self._room, self._at, self._filled = fresh, at + whole, rest
        self._disk = self._disk or ThreadPoolExecutor(1, "disk")
        self._writing.append(self._disk.submit(self._write_beside, full, whole, at))

    def _whole(self) -> int:
        return self._filled - self._filled % BLOCK

    def _await(self, left: int) -> None:
        """What the disk refused stays first in the line: whoever asks again hears it again."""
        while len(self._writing) > left:
            self._writing[0].result()
            self._writing.popleft()

    def _write_beside(self, room: memoryview, size: int, at: int) -> None:
        try:
            self._write(room, size, at)
        finally:
            rooms.give_back(room)

    def _write(self, room: memoryview, size: int, at: int) -> None:
        done = 0
        while self._is_straight and done < size:
            try:
                done += os.pwrite(self._opened(), room[done:size], at + done)
            except OSError as fault:
                if fault.errno != errno.EINVAL:
                    raise
                self._is_straight = False
            if done % BLOCK:  # the disk is full, as far as a block is: the plain way says so
                break
        if done < size:
            self._plainly(room[done:size], at + done)
            os.fdatasync(self._file)

    def _opened(self) -> int:
        if self._straight is None:
            self._straight = os.open(self._path, os.O_WRONLY | os.O_DIRECT)
        return self._straight

    def _plainly(self, part: memoryview, at: int) -> None:
        while part:
            done = os.pwrite(self._file, part, at)
            part, at = part[done:], at + done
