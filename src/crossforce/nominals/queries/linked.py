"""The links of this installation: where they stand, by which model, and whether all that was found is filed."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from crossforce.nominals.choices import LINKS
from crossforce.nominals.queries import feeding

OF: Final = "of.json"


@dataclass(frozen=True, slots=True)
class Note:
    """From which installation records were linked, in which folder, and how many of the links are filed; None: all."""

    identity: str
    model: str
    filed: int | None = 0


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


def note(model: str, filed: int | None) -> None:
    """So far it has come. The links of another model are let go."""
    beside = folder() / f"{OF}.new"
    beside.write_text(json.dumps(asdict(Note(str(_identity()), model, filed))))
    beside.replace(folder() / OF)
    for each in folder().iterdir():
        if each.is_dir() and each.name != model:
            shutil.rmtree(each, ignore_errors=True)


def forget() -> None:
    """What was linked does not count any more."""
    (folder() / OF).unlink(missing_ok=True)


def _identity() -> UUID:
    return feeding.following(LINKS).identity
