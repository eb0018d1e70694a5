"""Folders from which exports are brought in as they come, so that the board stays current.

How a file is taken, and what becomes of it afterwards, is the same for every service (`intake`); the same rows change nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from crossforce.duty.choices import MARKING, State
from crossforce.duty.mapping import Finding, report
from crossforce.duty.operations import arriving
from crossforce.duty.operations.importing import Outcome
from crossforce.duty.queries import importing as reads
from crossforce.intake import api as intake
from crossforce.people.api import Actor

Brought = intake.Brought[Outcome]
Watch = intake.Watch[Outcome]


@dataclass(frozen=True)
class Place(intake.Place[Outcome]):
    """One folder, the mapping that reads its files, and who brings them in."""

    folder: Path
    mapping: str
    actor: Callable[[], Actor]

    def bring(self, taken: Path, at: datetime) -> Outcome:
        return take_in(actor=self.actor(), mapping=self.mapping, file=taken, at=at)

    def refused(self, why: Finding) -> Outcome:
        return Outcome(State.REFUSED, {}, [why])

    def is_refused(self, outcome: Outcome) -> bool:
        return outcome.state is State.REFUSED

    def report(self, outcome: Outcome) -> bytes:
        return report(outcome.findings, MARKING) if outcome.findings else b""


def below(folder: Path, actor: Callable[[], Actor]) -> Callable[[], Iterable[Place]]:
    """The folders in a folder, each named like its mapping."""
    return lambda: [Place(e, e.name, actor) for e in sorted(folder.iterdir()) if e.is_dir()]


def take_in(*, actor: Actor, mapping: str, file: Path, at: datetime) -> Outcome:
    """Bring in one file by the mapping of that name. Raises NoMappingOfThatName, Clash."""
    kept = reads.mapping_named(actor, mapping)
    with file.open("rb") as source:
        arrived = intake.Arrived(kept.text, file.name, intake.pieces(source))
        key, _ = arriving.receive(actor=actor, file=arrived, at=at, state=State.RUNNING)
    return _run(actor, key, at)


def _run(actor: Actor, key: UUID, at: datetime) -> Outcome:
    found = reads.one_import(actor, key)
    if not found.is_open:
        state = State(found.row.state)
        return Outcome(state, found.numbers, found.findings, key, was_in=True)
    return arriving.DESK.run(actor=actor, key=key, at=at)
