"""A package as it is read: a folder, or a ZIP file, of plain files under plain names. Nothing of it is unpacked or followed."""

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final, Protocol

from crossforce.evidence.rules.packages.parts import NotAPackage

MOST: Final = 100_000
"""So many files may a package have."""
SMALL: Final = 64 * 1024 * 1024
"""No declaration, manifest or inventory is longer."""
PART: Final = 1024 * 1024
SWOLLEN: Final = 1_000
"""A member that unpacks to more than so many times its bytes is a trap."""
STARTS: Final = (
    "bagit.txt",
    "0=ocfl_1.0",
    "0=ocfl_1.1",
    "0=ocfl_object_1.0",
    "0=ocfl_object_1.1",
)
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)  # fmt: skip


class Source(Protocol):
    """The files of a package, by name with their size, and its folders."""

    sizes: dict[str, int]
    folders: frozenset[str]

    def parts(self, name: str) -> Iterator[bytes]:
        """The bytes of a file. Raises NotAPackage."""


def small(source: Source, name: str) -> bytes:
    """A file that is read whole. Raises NotAPackage."""
    if name not in source.sizes:
        raise NotAPackage(f"{name} is missing")
    if source.sizes[name] > SMALL:
        raise NotAPackage(f"{name} is longer than {SMALL:,} bytes")
    return b"".join(source.parts(name))


def sha256(source: Source, name: str) -> str:
    """The SHA-256 of a file. Raises NotAPackage."""
    total = hashlib.sha256()
    for part in source.parts(name):
        total.update(part)
    return total.hexdigest()


class Folder:
    """A package that is a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sizes, folders = dict[str, int](), set[str]()
        for at, inner, names in os.walk(folder, followlinks=False):
            here = Path(at).relative_to(folder).as_posix()
            for name in (*inner, *names):
                path = name if here == "." else f"{here}/{name}"
                found = (folder / path).lstat()
                if stat.S_ISDIR(found.st_mode):
                    folders.add(path)
                elif stat.S_ISREG(found.st_mode):
                    self.sizes[path] = found.st_size
                else:
                    raise NotAPackage(f"{path} is a link or a device, and no file")
            _not_too_many(len(self.sizes) + len(folders))
        self.folders = frozenset(folders)

    def parts(self, name: str) -> Iterator[bytes]:
        try:
            with (self._folder / name).open("rb") as file:
                while part := file.read(PART):
                    yield part
        except OSError as fault:
            raise NotAPackage(f"{name} cannot be read: {fault.strerror}") from fault


class Zip:
    """A package that is a ZIP file: at its top, or in the one folder that it has there."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except DAMAGED as fault:
            raise NotAPackage(f"it is not a whole ZIP file: {fault}") from fault
        found = self._zip.infolist()
        _not_too_many(len(found))
        self._members = dict[str, zipfile.ZipInfo]()
        top = _top([each.filename for each in found])
        for each in found:
            name = _plain(each.filename)[len(top) :]
            if each.is_dir() or not name:
                continue
            _sane(each)
            if name in self._members:
                raise NotAPackage(f"{name} is in it twice")
            self._members[name] = each
        self.sizes = {name: each.file_size for name, each in self._members.items()}
        empty = {
            _plain(each.filename)[len(top) :].rstrip("/") for each in found if each.is_dir()
        }
        above = {str(each) for name in self.sizes for each in PurePosixPath(name).parents}
        self.folders = frozenset((above | empty) - {".", ""})
        if both := self.folders & set(self.sizes):
            raise NotAPackage(f"{min(both)} is both a file and a folder")

    def parts(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(self._members[name]) as file:
                while part := file.read(PART):
                    yield part
        except DAMAGED as fault:
            raise NotAPackage(f"{name} cannot be read: {fault}") from fault


@contextmanager
def opened(package: Path | IO[bytes]) -> Iterator[Source]:
    """The package that lies there, or the ZIP file that is read so. Raises NotAPackage."""
    if not isinstance(package, Path):
        yield Zip(package)
    elif package.is_dir():
        yield Folder(package)
    else:
        with package.open("rb") as file:
            yield Zip(file)


def is_declared(name: str) -> bool:
    """Whether a file of that name says that a package begins where it lies: at the top, or in the one folder there."""
    folder, _, last = name.rpartition("/")
    return last in STARTS and "/" not in folder


def is_plain(name: str) -> bool:
    """Whether a name stays in its folder, on whatever machine it is written."""
    steps = name.split("/")
    return not (
        any(step in {"", ".", ".."} for step in steps)
        or "\\" in name
        or "\0" in name
        or name[1:2] == ":"
        or steps[0].startswith("~")
    )


def _plain(name: str) -> str:
    if not is_plain(name.rstrip("/")):
        raise NotAPackage(f"{name} would leave its folder")
    return name


def _sane(member: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise NotAPackage(f"{member.filename} is a link or a device, and no file")
    if member.flag_bits & 1:
        raise NotAPackage(f"{member.filename} is encrypted")
    if member.file_size > max(member.compress_size, PART) * SWOLLEN:
        raise NotAPackage(f"{member.filename} would unpack to {member.file_size:,} bytes")


def _top(names: list[str]) -> str:
    """The one folder that all stand in, where nothing at the top says that the package begins there."""
    first = {name.partition("/")[0] for name in names}
    if first & set(STARTS) or len(first) != 1 or not all("/" in name for name in names):
        return ""
    return f"{first.pop()}/"


def _not_too_many(number: int) -> None:
    if number > MOST:
        raise NotAPackage(f"it has more than {MOST:,} files")
