"""Which docks of body-worn cameras are watched: a TOML file of the installation, read again when it changes; and how they stand.

[[dock]]
name = "Keynsham"
path = "/srv/docks/keynsham"        # relative ones lie beside the file
account = "dock-keynsham"           # in whose name films are taken in
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

from django.conf import settings
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from crossforce.access.choices import MARKINGS
from crossforce.evidence.choices import EXHIBIT
from crossforce.evidence.operations.docking import Dock
from crossforce.evidence.rules.docks import SAID, Habits
from crossforce.insight import api as insight
from crossforce.intake import api as intake
from crossforce.kernel import clock, guarded
from crossforce.kernel.refusals import Refusal
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records.choices import Purpose

SHOWN: Final = 50
"""Of so many that were refused it is shown why, the newest first."""
SAID_OF_ONE: Final = 2_000


def _pattern(said: str) -> str:
    try:
        groups = set(re.compile(said).groupindex)
    except re.error as fault:
        raise ValueError(f"it is no pattern: {fault}") from None
    if unknown := groups - SAID:
        raise ValueError(f"no column is called {min(unknown)}")
    return said


def _columns(said: dict[str, str]) -> dict[str, str]:
    if unknown := set(said) - SAID:
        raise ValueError(f"no column is called {min(unknown)}")
    return said


def _marking(said: str) -> str:
    if said not in MARKINGS:
        raise ValueError(f"one of {', '.join(MARKINGS)}")
    return said


Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Columns = Annotated[dict[str, Word], AfterValidator(_columns)]


class Said(BaseModel):
    """One dock of the file; an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Word
    path: Word
    account: Word
    sidecar: str = Field("", max_length=20)
    named: Annotated[str, AfterValidator(_pattern)] = ""
    fields: Columns = Field(default_factory=dict)
    says: Columns = Field(default_factory=dict)
    case: Word = "body-worn"
    held_for: tuple[Purpose, ...] = (Purpose.JUSTICE,)
    collection: str = ""
    marking: Annotated[str, AfterValidator(_marking)] = MARKINGS[0]

    def dock(self, home: Path) -> Dock:
        """The dock, whose folder is relative to that. Raises BadFolders."""
        pattern = re.compile(self.named) if self.named else None
        return Dock(
            intake.folder_at(home, self.path),
            self.name,
            Habits(self.sidecar, pattern, self.fields, self.says, self.case),
            lambda: people.actor_named(self.account, clock.now()),
            tuple(each.value for each in self.held_for),
            self.collection,
            self.marking,
        )


class Docks(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dock: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What was refused, and why."""

    name: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dock stands: when it was looked at, when something was last taken in, how much lies where, and what was refused."""

    name: str
    looked_at: datetime | None = None
    taken_at: datetime | None = None
    waiting: int = 0
    at_work: int = 0
    done: int = 0
    refused: int = 0
    whys: list[NotTaken] = field(default_factory=list)
    why_not: str = ""


def read(file: Path) -> list[Dock]:
    """The docks of a file that there is. Raises BadFolders."""
    return [each.dock(file.parent) for each in intake.named_in(file, Docks).dock]


def are_watched(actor: Actor) -> bool:
    """Whether any dock is watched here, and the actor may see how those of its organisation stand."""
    return settings.EVIDENCE_DOCKS.exists() and _may_look(actor)


@guarded.acts
def _may_look(actor: Actor) -> bool:
    return insight.may_add(actor, EXHIBIT)


def standing(actor: Actor) -> list[Standing]:
    """How one's organisation's docks stand, for who may add exhibits. Raises MayAddNowhere, BadFolders."""
    insight.require_add(actor, EXHIBIT)
    file: Path = settings.EVIDENCE_DOCKS
    found = read(file) if file.exists() else []
    return [_stands(each) for each in found if _whose(each) == actor.organisation]


def _whose(dock: Dock) -> str:
    """The organisation that takes its films in; nobody's where its account holds no posting."""
    try:
        return dock.actor().organisation
    except Refusal:
        return ""


def _stands(dock: Dock) -> Standing:
    try:
        refused = [each for each in _within(dock, intake.REFUSED) if not _is_report(each)]
        newest = sorted(refused, key=lambda each: each.lstat().st_ctime, reverse=True)
        return Standing(
            dock.name,
            _when(dock.folder / intake.LOCK),
            _when(dock.folder / intake.DONE),
            len(list(dock.lying())),
            len(list(_within(dock, intake.TAKEN))),
            len(list(_within(dock, intake.DONE))),
            len(refused),
            [_not_taken(each) for each in newest[:SHOWN]],
        )
    except OSError as fault:
        return Standing(
            dock.name, why_not=f"Its folder cannot be looked into ({fault.strerror})."
        )


def _within(dock: Dock, name: str) -> Iterator[Path]:
    folder = dock.folder / name
    return folder.iterdir() if folder.is_dir() else iter(())


def _is_report(path: Path) -> bool:
    return path.name.endswith(intake.REPORT)


def _when(path: Path) -> datetime | None:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None


def _not_taken(path: Path) -> NotTaken:
    """What stands in the report beside it, in one line for each file."""
    beside = path.with_name(f"{path.name}{intake.REPORT}")
    said = beside.read_text("utf-8-sig")[:SAID_OF_ONE] if beside.is_file() else ""
    whys = [": ".join(cells) for cells in list(csv.reader(said.splitlines()))[1:]]
    at = datetime.fromtimestamp(path.lstat().st_ctime, UTC)
    return NotTaken(path.name, at, " ".join(whys))
