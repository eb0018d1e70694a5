"""SHA-256, which everybody verifies, and BLAKE3, which is quick: of bytes as they pass, beside whoever passes them on."""

import hashlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Self

from blake3 import blake3

from crossforce.kernel.files.sealing import Sums

AHEAD: Final = 8
"""So many parts may wait for a digest: memory stays flat however long the file is."""
BEHIND: Final = AHEAD // 2
"""Two digests are taken: so many parts may not be done with when `feed` is."""
BESIDE: Final = 256 * 1024
"""A shorter part is taken at once: to hand it over would cost more."""


class Digests:
    """Both digests of what is fed. A context: what works beside it ends with it."""

    def __init__(self) -> None:
        self._size = 0
        self._sha256, self._blake3 = hashlib.sha256(), blake3()
        self._beside: list[tuple[ThreadPoolExecutor, Any]] = []
        self._waiting: deque[Future[Any]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.end()

    def feed(self, part: bytes | memoryview) -> None:
        """Take the next bytes, in order. They stay as they are until `BEHIND` more were fed."""
        self._size += len(part)
        if len(part) < BESIDE and not self._beside:
            self._sha256.update(part)
            self._blake3.update(part)
            return
        for worker, total in self._workers():
            self._waiting.append(worker.submit(total.update, part))
        while len(self._waiting) > AHEAD:
            self._waiting.popleft().result()

    def sums(self) -> Sums:
        """The digests of all that was fed."""
        while self._waiting:
            self._waiting.popleft().result()
        return Sums(self._size, self._sha256.hexdigest(), self._blake3.hexdigest())

    def end(self) -> None:
        """End what works beside; a second time does nothing."""
        for worker, _ in self._beside:
            worker.shutdown(cancel_futures=True)

    def _workers(self) -> list[tuple[ThreadPoolExecutor, Any]]:
        if not self._beside:
            self._beside = [
                (ThreadPoolExecutor(1, "digest"), total)
                for total in (self._sha256, self._blake3)
            ]
        return self._beside
