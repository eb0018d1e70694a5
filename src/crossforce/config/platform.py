"""What a command on the platform needs around it: Django, the database, and plain error messages."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import django
from django.db.utils import DatabaseError, OperationalError
from psycopg.errors import UndefinedTable
from rich.console import Console

from crossforce.kernel import database, finite, room
from crossforce.kernel.backup import BackupFailed
from crossforce.kernel.backup_restore import CannotRestore
from crossforce.kernel.backup_seal import CannotSeal
from crossforce.kernel.keys import KeyRefused
from crossforce.kernel.postgres import NoAddress, NoOwner
from crossforce.kernel.postgres_place import NoPlace
from crossforce.kernel.postgres_roles import NotOurDatabase
from crossforce.kernel.postgres_server import DidNotStart
from crossforce.kernel.refusals import Refusal
from crossforce.kernel.serving import DidNotAnswer, PortTaken, Unguarded

PLAIN: Final = (
    BackupFailed,
    CannotRestore,
    CannotSeal,
    DidNotAnswer,
    DidNotStart,
    NotOurDatabase,
    KeyRefused,
    NoAddress,
    NoOwner,
    NoPlace,
    PortTaken,
    Refusal,
    Unguarded,
)


def set_up() -> None:
    django.setup()


@contextmanager
def database_running() -> Iterator[None]:
    plan = database.plan()
    with plan.running():
        if plan.is_embedded:
            plan.prepare()
        yield


@contextmanager
def reported() -> Iterator[None]:
    """A refusal, or a database that does not answer, is one plain message and exit code 1."""
    try:
        yield
    except PLAIN as refusal:
        fail(str(refusal))
    except (OSError, DatabaseError) as fault:
        said = _said(fault)
        if not said:
            raise
        fail(said)


def _said(fault: Exception) -> str:
    """What a fault of the disk or the database comes to; nothing where it is a mistake of ours."""
    if room.is_out(fault):
        return str(room.NoRoom())
    if finite.is_refused(fault):
        return finite.WORDS
    if isinstance(fault, OperationalError):
        return f"The database does not answer: {fault}".strip()
    if isinstance(fault.__cause__, UndefinedTable):
        return "The database has no tables yet. Run “crossforce migrate” first."
    return ""


def fail(message: str) -> None:
    """Say it where errors belong, and end with code 1."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, markup=False)
    sys.exit(1)
