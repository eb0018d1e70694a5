"""Files in an object store: S3 and what speaks like it, Azure, Google Cloud, by URL, through obstore."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import obstore
from obstore import store as stores
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from crossforce.kernel.files.places import CHUNK

if TYPE_CHECKING:
    from obstore.store import RetryConfig

BESIDE: Final = 4
"""So many parts of one file travel at once."""
RETRIES: "Final[RetryConfig]" = {"max_retries": 4, "retry_timeout": timedelta(seconds=20)}
"""A store that is away is said to be within the time that a request has."""


class Bucket:
    """Files in one bucket, or under one prefix of it. Credentials come from the environment, as its vendor says."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._store: ObjectStore = stores.from_url(url, retry_config=RETRIES)

    def keep(self, name: str, source: Path) -> None:
        """The store shows a file under its name once all parts of it came."""
        with _asked():
            obstore.put(self._store, name, source, chunk_size=CHUNK * 2, max_concurrency=BESIDE)

    def read(self, name: str, start: int, length: int) -> bytes:
        size = self.size(name)
        if size is None:
            raise FileNotFoundError(f"{name} is not in {self.url}")
        length = min(length, size - start)  # some refuse a range that goes beyond the end
        if length <= 0:
            return b""
        with _asked():
            return bytes(obstore.get_range(self._store, name, start=start, length=length))

    def size(self, name: str) -> int | None:
        try:
            with _asked():
                return int(obstore.head(self._store, name)["size"])
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        if self.size(name) is not None:
            with _asked():
                obstore.delete(self._store, name)

    def tidy(self, before: float) -> int:
        """Parts of what never came whole a store shows to nobody; its own rules say when they go."""
        return 0


@contextmanager
def _asked() -> Iterator[None]:
    """What the store refused, or did not answer, is a fault as that of a disk. Raises OSError."""
    try:
        yield
    except FileNotFoundError:
        raise
    except BaseError as fault:
        raise OSError(errno.EIO, f"the store did not do it: {fault}") from fault
