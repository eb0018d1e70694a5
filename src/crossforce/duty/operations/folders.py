"""Which folders are watched: a TOML file of the installation, read again when it changes.

[[folder]]
path = "/srv/exports/wiltshire"     # relative ones lie beside the file
mapping = "wiltshire-shifts"        # the name of a mapping that is kept
account = "planner-wiltshire"       # in whose name it is brought in
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from crossforce.duty.operations.watching import Place
from crossforce.kernel import clock
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people import api as people
from crossforce.people.api import Actor

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class BadFolders(NotUnderstood):
    """The file of watched folders cannot be read; the message says what is wrong, and where."""


class Folder(BaseModel):
    """One folder of the file; an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Word
    mapping: Word
    account: Word


class Folders(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: tuple[Folder, ...] = ()


def read(file: Path) -> list[Place]:
    """The folders of a file that there is. Raises BadFolders."""
    try:
        said = Folders.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise BadFolders(f"{file}: {where}: {first['msg']}") from None
    except (OSError, ValueError) as wrong:
        raise BadFolders(f"{file}: {wrong}") from None
    return [_place(file.parent, each) for each in said.folder]


def _place(home: Path, folder: Folder) -> Place:
    path = home / folder.path
    if not path.is_dir():
        raise BadFolders(f"{path} is no folder.")
    return Place(path, folder.mapping, lambda: _actor(folder.account))


def _actor(account: str) -> Actor:
    return people.actor_named(account, clock.now())


@dataclass
class Listed:
    """The folders of a file, which may come, change and go while it is asked."""

    file: Path
    _read: int | None = None
    _places: list[Place] = field(default_factory=list)

    def __call__(self) -> list[Place]:
        """Those of now; none without the file. Raises BadFolders once for each change."""
        try:
            changed = self.file.stat().st_mtime_ns
        except FileNotFoundError:
            self._read, self._places = None, []
            return []
        if changed != self._read:
            self._read, self._places = changed, []
            self._places = read(self.file)
        return self._places
