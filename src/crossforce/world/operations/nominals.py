"""The invented people brought in: each force's files, read by its mapping, by the account of its analyst."""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.progress import Progress, TaskID

from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.web.lists import Asked
from crossforce.nominals import api as nominals
from crossforce.people import api as people
from crossforce.records import api as records
from crossforce.world.operations.people import Sent, everybody, exported, lists, truth
from crossforce.world.rules.lives import exports

log = logging.getLogger(__name__)
PURPOSE: Final = "information-management"
FILE: Final = 100
MOST: Final = 100
"""So many loads and sources of a force are looked at, the oldest first: the demonstration's own come first."""
KINDS: Final = len(exports.KINDS)
LAST: Final = "ties"
"""The kind of file that is loaded last: where it is in, all of the force is."""


class NotLoaded(Refused):
    """An invented export was refused, or rows of it; the message says why. Fewer people than are held are not loaded."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one force: how many rows its files had, and how many records that made or changed."""

    force: str
    rows: int
    written: int

    def with_file(self, outcome: nominals.Outcome) -> "Brought":
        """One file more."""
        counts = outcome.counts
        return Brought(
            self.force,
            self.rows + counts["read"],
            self.written + counts["new"] + counts["changed"],
        )


def load_people(progress: Progress, *, at: datetime) -> None:
    """Bring in the share that a demonstration begins with, for each force that holds nobody yet.

    Where all 60,000 were begun and stopped, the share is refused, and said: the command goes on with them.
    """
    waiting = [force for force, actor in _analysts(at) if not _holds(actor)]
    if not waiting:
        return
    try:
        bring_in(progress, lives=lists().settings["share"], forces=waiting, at=at)
    except NotLoaded as refused:
        log.warning("The demonstration's people wait: %s", refused)


def bring_in(
    progress: Progress, *, lives: int, forces: list[str] | None = None, at: datetime
) -> list[Brought]:
    """Bring in so many lives, as far as these forces hold them; what is in already is left as it is."""
    analysts = {
        force: actor for force, actor in _analysts(at) if forces is None or force in forces
    }
    making = progress.add_task("People made", total=lives)
    held = everybody(lives, lambda number: progress.update(making, completed=number))
    forces = [each for each in analysts if each in held]
    task = progress.add_task("People known to forces", total=FILE * KINDS * len(forces))
    return [
        _of_force(
            analysts[force],
            force,
            exported(force, held.pop(force)),
            _Shown(progress, task, FILE * KINDS * at_force),
            at,
        )
        for at_force, force in enumerate(forces)
    ]


def write_out(folder: Path, *, lives: int) -> list[Path]:
    """Write the exports into a folder, force by force, and beside them who is who."""
    held, found = everybody(lives), []
    for force in sorted(held):
        for sent in exported(force, held[force]):
            path = folder / force / sent.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sent.file)
            found.append(path)
    path = folder / "truth.csv"
    rows = "".join(f"{','.join(map(str, row))}\n" for row in truth(held))
    path.write_text(f"force,number,life,slips\n{rows}", encoding="utf-8")
    return [*found, path]


@dataclass(frozen=True, slots=True)
class _Shown:
    """How far the files are, on a bar of a hundred for each; `before` is what came before these."""

    progress: Progress
    task: TaskID
    before: int

    def file(self, number: int) -> "_Shown":
        return replace(self, before=self.before + FILE * number)

    def step(self, step: nominals.Step) -> None:
        """A file is read first, then written: half of the hundred for each."""
        share = step.share // 2 + (50 if step.doing == "write" else 0)
        self.progress.update(self.task, completed=self.before + share)


def _of_force(
    actor: people.Actor, force: str, files: Iterator[Sent], shown: _Shown, at: datetime
) -> Brought:
    found, kept = Brought(force, 0, 0), _kept(actor)
    for number, sent in enumerate(files):
        if sent.mapping.title not in kept:
            nominals.keep(actor=actor, text=sent.text, at=at)
        found = found.with_file(_bring(actor, sent, shown.file(number), at))
    shown.file(KINDS).step(nominals.Step("read"))
    return found


def _bring(actor: people.Actor, sent: Sent, shown: _Shown, at: datetime) -> nominals.Outcome:
    file = nominals.Sent(sent.text, io.BytesIO(sent.file), sent.name)
    outcome = nominals.load(actor=actor, sent=file, at=at, progress=shown.step)
    if wrong := [*outcome.findings, *outcome.refused]:
        raise NotLoaded(f"{sent.name}: {'; '.join(map(str, wrong[:3]))}")
    return outcome


def _analysts(at: datetime) -> Iterator[tuple[str, people.Actor]]:
    """The account that loads each force's records, where there is one."""
    for force in lists().settings["neighbours"]:
        try:
            actor = people.actor_named(f"analyst-{force}", at)
        except Missing:
            continue
        yield force, replace(actor, purpose=PURPOSE)


def _holds(actor: people.Actor) -> bool:
    """Whether the last of the force's files came in once, whatever was loaded since."""
    asked = Asked({}, "created_at", False, 0, MOST)
    loads = [each.row for each in records.listed(actor, "nominals.load", asked).rows]
    return any(each.title.endswith(LAST) and each.state == "done" for each in loads)


def _kept(actor: people.Actor) -> set[str]:
    """The titles of the mappings that the force keeps."""
    asked = Asked({}, "created_at", False, 0, MOST)
    return {each.row.title for each in records.listed(actor, "nominals.source", asked).rows}
