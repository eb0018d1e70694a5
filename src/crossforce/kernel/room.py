"""No room: the disk is full, or more of it may not be used. What could not be written is refused in plain words, and done again once there is room."""

import errno
import shutil
from collections.abc import Iterator
from typing import ClassVar, Final

from django.conf import settings
from django.db import OperationalError
from psycopg.errors import DiskFull

from crossforce.kernel.refusals import Refusal

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
LEAST: Final = 16 * 1024 * 1024
"""A database that stops with less than that left on its disk stopped for want of it: so much it asks for at a time."""


class NoRoom(Refusal):
    """There is no room on the disk for it, so it was not done. What was kept before is there still, and what came of a file in part. Do it again once there is room: those who run this platform make it."""

    status: ClassVar[int] = 507


def is_out(fault: BaseException) -> bool:
    """Whether it was for want of room, on the disk of whatever it was to be written to, or on the database's."""
    return any(_is_full(each) for each in _behind(fault))


def _behind(fault: BaseException) -> Iterator[BaseException]:
    """The fault and those that it came of."""
    found: BaseException | None = fault
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__


def _is_full(fault: BaseException) -> bool:
    if isinstance(fault, OSError):
        return fault.errno in FULL
    if isinstance(fault, OperationalError):
        return _is_little_left()
    return isinstance(fault, DiskFull)


def _is_little_left() -> bool:
    try:
        return shutil.disk_usage(settings.MEDIA_ROOT).free < LEAST
    except OSError:
        return False
