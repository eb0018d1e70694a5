"""Which folders are watched: a TOML file of the installation, read again when it changes.

[[folder]]
path = "/srv/exports/wiltshire"     # relative ones lie beside the file
mapping = "wiltshire-shifts"        # the name of a mapping that is kept
account = "planner-wiltshire"       # in whose name it is brought in
"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from crossforce.duty.operations.watching import Place
from crossforce.intake import api as intake
from crossforce.kernel import clock
from crossforce.people import api as people
from crossforce.people.api import Actor

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]


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
    said = intake.named_in(file, Folders)
    return [_place(file.parent, each) for each in said.folder]


def _place(home: Path, folder: Folder) -> Place:
    path = intake.folder_at(home, folder.path)
    return Place(path, folder.mapping, lambda: _actor(folder.account))


def _actor(account: str) -> Actor:
    return people.actor_named(account, clock.now())
