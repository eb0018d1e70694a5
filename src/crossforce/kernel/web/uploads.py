"""Uploads are hashed as they arrive, so that what a request says is known without reading its files a second time.

What is larger than its page takes is not kept: nothing of it is on the disk when it is refused. It is read before
anybody knows whether its sender may send it, so whoever does not act has little room.
"""

import hashlib
import io
from typing import Any, Final, NoReturn

from django.core.files import File, uploadhandler
from django.core.files.uploadedfile import UploadedFile

from crossforce.kernel.refusals import NotUnderstood

MOST_MEGABYTES: Final = 20
"""So large may all files of a request be, where its page or address says no other, or nobody acts."""
_taken: dict[str, int] = {}


class TooLarge(NotUnderstood):
    """The file is larger than is taken here; the message says how large one may be."""


class _Gone(io.RawIOBase):
    """What stands for a file that was larger than is taken: whoever reads it is told."""

    def __init__(self, most: int) -> None:
        self._most = most

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> NoReturn:
        raise TooLarge(f"The file is larger than {self._most:,} MB. Send a smaller one.")

    def readinto(self, _into: Any, /) -> NoReturn:
        self.read()


def take(route: str, megabytes: int) -> None:
    """Say how large all files of a request may be that somebody who acts sends there: the address as it is routed."""
    _taken[route] = megabytes


def taken() -> dict[str, int]:
    """How large files may be, in megabytes, where that was said."""
    return dict(_taken)


class _Hashing(uploadhandler.FileUploadHandler):
    """Puts the digest of a file's bytes on the file."""

    def new_file(self, *given: Any, **named: Any) -> None:
        self._total = hashlib.sha256()
        super().new_file(*given, **named)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if getattr(self, "activated", True):
            self._total.update(raw_data)
        return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        file: Any = super().file_complete(file_size)
        if file is not None:
            file.sha256 = self._total.hexdigest()
        return file


class InMemory(_Hashing, uploadhandler.MemoryFileUploadHandler):
    """A small file, in memory."""


class _Bounded(uploadhandler.TemporaryFileUploadHandler):
    """The files of one request, each kept as far as all of them are taken."""

    _kept = 0

    def new_file(self, *given: Any, **named: Any) -> None:
        self._most = _most(self.request)
        super().new_file(*given, **named)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self._is_taken(start + len(raw_data)):
            return super().receive_data_chunk(raw_data, start)
        self.file.truncate(0)
        return None

    def file_complete(self, file_size: int) -> Any:
        if self._is_taken(file_size):
            self._kept += file_size
            return super().file_complete(file_size)
        self.file.close()
        gone: Any = _Gone(self._most)
        return UploadedFile(gone, self.file_name, self.content_type, file_size)

    def _is_taken(self, size: int) -> bool:
        return self._kept + size <= self._most * 1_000_000


def _most(request: Any) -> int:
    """In megabytes. Who acts, by session or token, is known before anything of the body is read."""
    match = getattr(request, "resolver_match", None)
    if match is None or getattr(request, "actor", None) is None:
        return MOST_MEGABYTES
    return _taken.get(match.route, MOST_MEGABYTES)


class OnDisk(_Hashing, _Bounded):
    """A large one, in a temporary file."""


def sha256_of(file: "File[Any]") -> str:
    """The digest of a file's bytes: as it arrived, else read now."""
    if known := getattr(file, "sha256", ""):
        return str(known)
    total = hashlib.sha256()
    for chunk in file.chunks():
        total.update(chunk)
    file.seek(0)
    return total.hexdigest()
