"""Files in an object store: S3 and what speaks like it, Azure, Google Cloud, by URL, through obstore."""

from pathlib import Path
from typing import Final

import obstore
from obstore import store as stores
from obstore.store import ObjectStore

from crossforce.kernel.files.places import CHUNK

BESIDE: Final = 4
"""So many parts of one file travel at once."""


class Bucket:
    """Files in one bucket, or under one prefix of it. Credentials come from the environment, as its vendor says."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._store: ObjectStore = stores.from_url(url)

    def keep(self, name: str, source: Path) -> None:
        """The store shows a file under its name once all parts of it came."""
        obstore.put(self._store, name, source, chunk_size=CHUNK * 2, max_concurrency=BESIDE)

    def read(self, name: str, start: int, length: int) -> bytes:
        if start >= (self.size(name) or 0):
            self._there(name)
            return b""
        return bytes(obstore.get_range(self._store, name, start=start, length=length))

    def size(self, name: str) -> int | None:
        try:
            return int(obstore.head(self._store, name)["size"])
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        if self.size(name) is not None:
            obstore.delete(self._store, name)

    def _there(self, name: str) -> None:
        if self.size(name) is None:
            raise FileNotFoundError(f"{name} is not in {self.url}")
