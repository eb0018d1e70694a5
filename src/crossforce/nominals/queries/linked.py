"""The links of this installation: where they stand, by which model, whether all is filed, and who works on them."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from crossforce.kernel.refusals import Conflict
from crossforce.nominals.choices import LINKS
from crossforce.nominals.queries import feeding

OF: Final = "of.json"
ASKED, WORKING = "asked", "working"


class Linking(Conflict):
    """Somebody else links all records of people just now: try again when that is done."""


@dataclass(frozen=True, slots=True)
class Note:
    """From which installation records were linked, and in which folder.

    Of the links so many are `filed`; None: all. From so many records the model was `learnt`, which `compares` these columns.
    """

    identity: str
    model: str
    filed: int | None = 0
    learnt: int = 0
    compares: str = ""


def folder() -> Path:
    """Where the links stand: on this machine, as well guarded as the database."""
    found = Path(settings.VAR) / "nominals-links"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def noted() -> Note | None:
    """How far linking this database has come; None where it was never begun, or another was linked."""
    try:
        found = Note(**json.loads((folder() / OF).read_text()))
    except FileNotFoundError:
        return None
    return found if found.identity == str(_identity()) else None


@contextmanager
def alone(*, is_asked: bool = False) -> Iterator[None]:
    """Alone among all processes that link here. Raises Linking while another does.

    Whoever `is_asked` by somebody waits for the turn of what follows by itself; a second who is asked does not.
    """
    with ExitStack() as stack:
        if is_asked:
            stack.enter_context(_locked(ASKED))
        stack.enter_context(_locked(WORKING, waits=is_asked))
        yield


def note(model: str, filed: int | None, learnt: int, compares: str) -> None:
    """So far it has come. The links of another model are let go."""
    beside = folder() / f"{OF}.new"
    told = Note(str(_identity()), model, filed, learnt, compares)
    beside.write_text(json.dumps(asdict(told)))
    beside.replace(folder() / OF)
    for each in folder().iterdir():
        if each.is_dir() and each.name != model:
            shutil.rmtree(each, ignore_errors=True)


def forget() -> None:
    """What was linked does not count any more."""
    (folder() / OF).unlink(missing_ok=True)


@contextmanager
def _locked(name: str, *, waits: bool = False) -> Iterator[None]:
    with (folder() / name).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError as held:
            raise Linking from held
        yield


def _identity() -> UUID:
    return feeding.following(LINKS).identity
