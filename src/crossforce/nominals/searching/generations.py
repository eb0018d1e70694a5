"""An index on disk: a folder of generations, of which one counts.

A generation is a piece and the file of changes made since. `current` names it, and is replaced in one step when the
next one is whole on disk: whatever is killed, and whenever, the last whole generation and all its changes stand.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from crossforce.nominals.searching.building import Columns, build
from crossforce.nominals.searching.tables import Piece, read, settle, write

CURRENT: Final = "current"
UNFINISHED: Final = ".new"


class Merging(RuntimeError):
    """Somebody merges this index already."""


def _nobody() -> Piece:
    return build(Columns())


class Generations:
    """The folder of an index. Made with a first generation, an empty one unless another is given, when it is not there."""

    def __init__(self, folder: Path, first: Callable[[], Piece] = _nobody) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with self.writing():
            if not (folder / CURRENT).exists():
                self.put(first(), b"")

    @property
    def mark(self) -> tuple[int, int]:
        """Changes whenever another generation comes to count."""
        told = (self.folder / CURRENT).stat()
        return told.st_ino, told.st_mtime_ns

    @property
    def current(self) -> str:
        return (self.folder / CURRENT).read_text("ascii")

    def piece(self, name: str) -> Piece:
        return read(self.folder / name)

    def changes(self, name: str) -> Path:
        return self.folder / f"{name}.changes"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Alone among all processes that change this index."""
        with (self.folder / "writing").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextmanager
    def merging(self) -> Iterator[None]:
        """Alone among all that merge. Raises `Merging` when somebody does."""
        with (self.folder / "merging").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as held:
                raise Merging("Somebody merges this index already.") from held
            yield

    def lay_down(self, piece: Piece) -> Path:
        """Write a piece beside the others; it does not count yet. What an earlier crash left is swept away."""
        counts = self.current if (self.folder / CURRENT).exists() else ""
        for left in self.folder.glob("[0-9]*"):
            if left.name not in (counts, self.changes(counts).name):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        beside = self.folder / f"{self._next()}{UNFINISHED}"
        write(beside, piece.arrays)
        return beside

    def let_count(self, beside: Path, changes: bytes) -> None:
        """Make a piece that was laid down the one that counts, with changes that it does not hold yet."""
        before = self.current if (self.folder / CURRENT).exists() else ""
        name = beside.name.removesuffix(UNFINISHED)
        self._settled(self.changes(name), changes)
        beside.replace(self.folder / name)
        self._settled(self.folder / CURRENT, name.encode("ascii"))
        if before:
            shutil.rmtree(self.folder / before)
            self.changes(before).unlink()

    def put(self, piece: Piece, changes: bytes) -> None:
        """Lay a piece down and let it count."""
        self.let_count(self.lay_down(piece), changes)

    def _next(self) -> str:
        """A name that was not used: one more than the highest that is there."""
        numbers = [int(path.stem) for path in self.folder.glob("[0-9]*")]
        return f"{max(numbers, default=0) + 1:08}"

    def _settled(self, path: Path, text: bytes) -> None:
        beside = path.with_name(path.name + UNFINISHED)
        with beside.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        settle(self.folder)
