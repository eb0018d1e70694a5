"""Ports for servers of tests: none that the system itself gives away meanwhile, none that another worker has."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

FIRST, LAST = 20_000, 32_000
EACH: Final = 2
"""A server of ours takes the next one as well."""


@contextmanager
def reserved() -> Iterator[int]:
    """A free port, of which no other test of this data folder is told meanwhile."""
    folder = settings.VAR / "ports"
    folder.mkdir(parents=True, exist_ok=True)
    many = (LAST - FIRST) // EACH
    for number in (FIRST + (os.getpid() + n) % many * EACH for n in range(many)):
        with (folder / str(number)).open("w") as held:
            if _is_mine(held.fileno()) and is_free(number):
                yield number
                return
    raise OSError("Every port is taken.")


def is_free(number: int) -> bool:
    """Whether nothing listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", number)) != 0


def _is_mine(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
