"""The links of this installation: where they stand, by which model, whether all is filed, and who works on them.

They stand on one machine, which leads: it has the model that the database names. Another takes over once that is silent
for a minute, and links all anew.
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections

from crossforce.kernel.refusals import Conflict
from crossforce.nominals.choices import LINKS
from crossforce.nominals.queries import feeding

OF: Final = "of.json"
LEADING: Final = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
ASKED, WORKING = "asked", "working"


class Linking(Conflict):
    """Somebody else links all records of people just now: try again when that is done."""


class Elsewhere(Linking):
    """Another machine links records of people. It is followed by this one once it is silent for a minute."""


@dataclass(frozen=True, slots=True)
class Note:
    """By which model records were linked, which names the folder.

    Of the links so many are `filed`; None: all. From so many records the model was `learnt`, which `compares` these columns.
    """

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
    """How far linking this database has come here; None where it was never begun, or another machine has linked since."""
    try:
        found = json.loads((folder() / OF).read_text())
    except FileNotFoundError:
        return None
    known = {each.name: found[each.name] for each in fields(Note) if each.name in found}
    return Note(**known) if known["model"] == str(_identity()) else None


def led(*, is_asked: bool = False) -> Note | None:
    """The same, on the machine that leads from now on. Raises Elsewhere while another does, unless somebody asks for it."""
    stands = noted()
    if stands:
        leads = feeding.leads(LINKS, stands.model, "stay")
    else:
        leads = is_asked or feeding.leads(LINKS, None, "look")
    if not leads:
        raise Elsewhere
    return stands


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


def note(stands: Note) -> None:
    """So far it has come. The links of another model are let go."""
    beside = folder() / f"{OF}.new"
    beside.write_text(json.dumps(asdict(stands)))
    beside.replace(folder() / OF)
    _clear(but=stands.model)


def depose() -> None:
    """Where nothing counts here, and before anything is read: what another machine still files is refused from now on."""
    if noted() is None:
        feeding.leads(LINKS, str(uuid4()), "depose")


def begin(model: str, learnt: int, compares: str) -> Note:
    """From now on this model counts, and this machine leads: what any other has linked does not."""
    feeding.leads(LINKS, model, "anew")
    stands = Note(model, 0, learnt, compares)
    note(stands)
    return stands


@contextmanager
def leading() -> Iterator[None]:
    """For work that takes longer than a minute: no other machine takes over until its end. Raises Elsewhere."""
    with connections["default"].copy().cursor() as cursor:
        try:
            cursor.execute("BEGIN")
            cursor.execute(LEADING, [LINKS])
            if cursor.fetchone() != (True,):
                raise Elsewhere
            yield
        finally:
            cursor.db.close()


def forget() -> None:
    """What was linked does not count any more, and leaves the disk."""
    (folder() / OF).unlink(missing_ok=True)
    _clear(but="")


def _clear(*, but: str) -> None:
    for each in folder().iterdir():
        if each.is_dir() and each.name != but:
            shutil.rmtree(each, ignore_errors=True)


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
