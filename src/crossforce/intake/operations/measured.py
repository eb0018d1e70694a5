"""A file of which it is known how much was read, and what its bytes add up to."""

import io
from hashlib import sha256
from typing import IO, Any


class Measured(io.RawIOBase):
    """It tells its share, and its digest."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.size = source.seek(0, io.SEEK_END)
        source.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return self._source.read(size)

    def readinto(self, into: Any) -> int:
        chunk = self._source.read(len(into))
        into[: len(chunk)] = chunk
        return len(chunk)

    def seek(self, place: int, whence: int = 0, /) -> int:
        return self._source.seek(place, whence)

    def tell(self) -> int:
        return self._source.tell()

    def share(self) -> int:
        """How many hundredths of it are read."""
        return 100 * self._source.tell() // max(self.size, 1)

    def sha256(self) -> str:
        """The digest of all of it."""
        digest = sha256()
        self._source.seek(0)
        while chunk := self._source.read(1 << 20):
            digest.update(chunk)
        return digest.hexdigest()
