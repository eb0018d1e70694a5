"""A folder from which exports are brought in as they come, so that the board stays current.

Files lie in a folder named like the mapping that reads them. One that has not changed between two looks
is taken by renaming it, so that nobody takes it twice; then it goes to `done` or to `refused`, with the
report of what was refused beside it. What was taken when the machine stopped is taken up again first.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from crossforce.duty.choices import MARKING, State
from crossforce.duty.mapping import Finding
from crossforce.duty.operations import arriving
from crossforce.duty.operations.importing import Outcome
from crossforce.duty.queries import importing as reads
from crossforce.kernel.refusals import Refusal
from crossforce.people.api import Actor

TAKEN, DONE, REFUSED = "taken", "done", "refused"
OURS: Final = frozenset({TAKEN, DONE, REFUSED})
HEADING: Final = ("Marking", "Row", "Column", "Reference", "Rule", "What is wrong", "What would mend it")  # fmt: skip
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Brought:
    """A file of the folder, and what came of it."""

    file: Path
    outcome: Outcome


@dataclass
class Watch:
    """One folder. `look` is called again and again."""

    folder: Path
    _seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def look(self, *, actor: Actor, at: datetime) -> Iterator[Brought]:
        """Bring in what was taken before and what lies still."""
        for taken in sorted(self.folder.glob(f"*/{TAKEN}/*")):
            yield self._brought(taken, actor, at)
        for file in self._settled():
            target = file.parent / TAKEN / file.name
            target.parent.mkdir(exist_ok=True)
            yield self._brought(file.replace(_free(target)), actor, at)

    def _settled(self) -> list[Path]:
        now = {
            path: (path.stat().st_size, path.stat().st_mtime_ns)
            for path in self.folder.glob("*/*")
            if path.is_file() and not path.name.startswith(".")
        }
        settled = [path for path, state in now.items() if self._seen.get(path) == state]
        self._seen = now
        return sorted(settled)

    def _brought(self, taken: Path, actor: Actor, at: datetime) -> Brought:
        home = taken.parent.parent
        try:
            outcome = take_in(actor=actor, mapping=home.name, file=taken, at=at)
        except Refusal as refused:
            finding = Finding("import", refused.message, "", taken.name)
            outcome = Outcome(State.REFUSED, {}, [finding])
        place = home / (REFUSED if outcome.state is State.REFUSED else DONE)
        place.mkdir(exist_ok=True)
        target = _free(place / taken.name)
        if outcome.findings:
            target.with_name(f"{target.name}.report.csv").write_text(
                report(outcome.findings), encoding="utf-8-sig"
            )
        return Brought(taken.replace(target), outcome)


def take_in(*, actor: Actor, mapping: str, file: Path, at: datetime) -> Outcome:
    """Bring in one file by the mapping of that name. Raises NoSuchMapping, MayNotImport, Clash."""
    kept = reads.mapping_named(actor, mapping)
    with file.open("rb") as source:
        arrived = arriving.Arrived(
            kept.text, file.name, iter(lambda: source.read(1 << 20), b"")
        )
        key, _ = arriving.receive(actor=actor, file=arrived, at=at, state=State.RUNNING)
    return _run(actor, key, at)


def _run(actor: Actor, key: UUID, at: datetime) -> Outcome:
    found = reads.one_import(actor, key)
    if not found.is_open:
        counts = {name.lower(): int(number) for name, number in found.counts}
        return Outcome(State(found.row.state), counts, found.findings, key)
    return arriving.run(actor=actor, key=key, at=at)


def report(findings: list[Finding]) -> str:
    """What was refused, as CSV that a spreadsheet opens without running anything."""
    held = io.StringIO()
    write = csv.writer(held)
    write.writerow(HEADING)
    for each in findings:
        cells = (each.column, each.reference, each.rule, each.message, each.remedy)
        safe = [f"'{cell}" if cell.startswith(RISKY) else cell for cell in cells]
        write.writerow((MARKING, each.row, *safe))
    return held.getvalue()


def _free(path: Path) -> Path:
    """The path, or one like it that nothing stands at."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
