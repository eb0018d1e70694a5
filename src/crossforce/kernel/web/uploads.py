"""Uploads are hashed as they arrive, so that what a request says is known without reading its files a second time."""

import hashlib
from typing import Any

from django.core.files import File, uploadhandler


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


class OnDisk(_Hashing, uploadhandler.TemporaryFileUploadHandler):
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
