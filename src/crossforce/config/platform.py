"""What a command on the platform needs around it: Django, the database, and plain error messages."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import django
from django.db.utils import IntegrityError, OperationalError, ProgrammingError
from psycopg.errors import UndefinedTable
from rich.console import Console

from crossforce.kernel import database, finite
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
    except IntegrityError as fault:
        if not finite.is_refused(fault):
            raise
        fail(finite.WORDS)
    except OperationalError as fault:
        fail(f"The database does not answer: {fault}".strip())
    except ProgrammingError as fault:
        if not isinstance(fault.__cause__, UndefinedTable):
            raise
        fail("The database has no tables yet. Run “crossforce migrate” first.")


def fail(message: str) -> None:
    """Say it where errors belong, and end with code 1."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, markup=False)
    sys.exit(1)
