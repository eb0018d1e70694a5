"""A dock of body-worn cameras: what lies whole in its folder is taken in, as originals of the exhibits that it names.

A film is taken with its sidecar, or a folder with its manifest.csv; each file is kept on the disk under the SHA-256 that it had as it
lay there before it goes to `done`. What is killed meanwhile is taken up again, and nothing comes twice (`importing.py`).
"""

import csv
import hashlib
import io
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from crossforce.evidence.operations import importing, sources
from crossforce.evidence.operations.importing import Became, Import
from crossforce.evidence.operations.sources import Source
from crossforce.evidence.rules import docks, listing
from crossforce.evidence.rules.docks import Habits, NoSidecar
from crossforce.evidence.rules.listing import Fault, Listing
from crossforce.intake import api as intake
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.mapping.findings import Finding, is_formula

HEADS: Final = ("File", "What is wrong")
NO_MANIFEST: Final = f"Its {listing.NAME} lacks one of the columns {', '.join(listing.NEEDED)}."


class BadSidecar(NotUnderstood):
    """What lies beside the film is no JSON in UTF-8 that names each thing once: nobody can tell what the film is."""


@dataclass(slots=True)
class Docked:
    """What came of a film or folder: files by what became of them, and what was wrong."""

    number: Counter[Became] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def __str__(self) -> str:
        said = [f"{count:,} {each}" for each, count in sorted(self.number.items())]
        return ", ".join(said) or "refused"


@dataclass(frozen=True)
class Dock(intake.Place[Docked]):
    """One dock: its folder, what it is called, how its films say what they are, where exhibits go, and who takes them in."""

    folder: Path
    name: str
    habits: Habits
    actor: Callable[[], Actor]
    purposes: tuple[str, ...]
    collection: str = ""
    marking: str = "OFFICIAL"

    def lying(self) -> Iterable[Path]:
        """Films whose sidecar is there, where they have one; folders whose manifest is."""
        return [
            each for each in self.folder.iterdir() if intake.is_meant(each) and self._is_whole(each)
        ]  # fmt: skip

    def _is_whole(self, path: Path) -> bool:
        if path.is_symlink() or path.name in intake.OURS:
            return False
        if path.is_dir():
            return (path / listing.NAME).is_file()
        is_film = path.is_file() and not self.habits.is_sidecar(path.name)
        return is_film and bool(not self.habits.sidecar or self._beside(path))

    def _beside(self, film: Path) -> list[Path]:
        """The sidecar of a film, where it is there."""
        if not self.habits.sidecar:
            return []
        named = (film.with_name(each) for each in self.habits.sidecars_of(film.name))
        return [each for each in named if each.is_file() and not each.is_symlink()][:1]

    def state(self, path: Path) -> tuple[int, int]:
        """All that belongs to it, together."""
        files = _files(path) if path.is_dir() else [path, *self._beside(path)]
        found = [each.lstat() for each in files]
        return sum(each.st_size for each in found), max(
            (each.st_mtime_ns for each in found), default=0
        )

    def take(self, path: Path, target: Path) -> None:
        """A film has a folder of its own then; it comes last, so that what has no film was only begun to be taken."""
        if path.is_dir():
            path.replace(target)
            return
        target.mkdir()
        for each in (*self._beside(path), path):
            each.replace(target / each.name)

    def put_back(self, taken: Path) -> None:
        """The film first: what is left then is put back alike."""
        if (taken / listing.NAME).is_file():
            taken.replace(intake.free(self.folder / taken.name))
            return
        for each in sorted(taken.iterdir(), key=lambda each: self.habits.is_sidecar(each.name)):
            each.replace(intake.free(self.folder / each.name))
        taken.rmdir()

    def is_taken(self, taken: Path) -> bool:
        """Whether it was taken whole, before something stopped."""
        return any(not self.habits.is_sidecar(each.name) for each in taken.iterdir())

    def bring(self, taken: Path, at: datetime) -> Docked:
        """Take all of it in. Raises BadSidecar."""
        source = sources.of_folder(taken)
        read = self._listing(source, taken)
        faults = read.faults or list(_checked(taken, read))
        if faults:
            said = (
                f"{each.column}: {each.why}" if each.column else each.why for each in faults
            )
            return Docked(findings=[Finding("manifest", each, "", taken.name) for each in said])
        actor, docked = self.actor(), Docked()
        place = records.Place(actor.organisation, self.collection, marking=self.marking)
        wanted = Import(source, None, read, place, self.purposes)
        for each in importing.take_in(actor=actor, wanted=wanted, at=at):
            if self.habits.is_sidecar(each.name) and not each.size:
                continue  # it says that its film is whole, and nothing else
            docked.number[each.became] += 1
            if each.became == Became.REFUSED:
                docked.findings.append(Finding("import", each.why, "", each.name or taken.name))
        return docked

    def _listing(self, source: Source, taken: Path) -> Listing:
        if (taken / listing.NAME).is_file():
            none = Listing(faults=[Fault(0, "", NO_MANIFEST)])
            return importing.manifest_in(source) or none
        rows = list[dict[str, str]]()
        for film in sorted(taken.iterdir()):
            if self.habits.is_sidecar(film.name):
                continue
            beside = self._beside(film)
            try:
                said = docks.said_of(film.name, _start(beside), self.habits)
            except NoSidecar as fault:
                raise BadSidecar from fault
            rows.append({"path": film.name} | said)
            rows += [_same_exhibit(each.name, said) for each in beside if each.stat().st_size]
        return listing.of_rows(rows)

    def refused(self, why: Finding) -> Docked:
        return Docked(findings=[why])

    def is_refused(self, outcome: Docked) -> bool:
        return bool(outcome.findings)

    def report(self, outcome: Docked) -> bytes:
        return written(outcome.findings) if outcome.findings else b""


def written(findings: Iterable[Finding]) -> bytes:
    """What was wrong as CSV, which a spreadsheet opens without running anything."""
    held = io.StringIO()
    write = csv.writer(held)
    write.writerow(HEADS)
    for each in findings:
        cells = (each.file, f"{each.message} {each.remedy}".strip())
        write.writerow([f"'{cell}" if is_formula(cell) else cell for cell in cells])
    return held.getvalue().encode("utf-8-sig")


def _same_exhibit(name: str, said: dict[str, str]) -> dict[str, str]:
    """The sidecar is kept beside its film: it is what the camera's system said of it."""
    return {"path": name} | {each: said[each] for each in listing.NEEDED if each != "path"}


def _start(beside: list[Path]) -> bytes:
    """What a sidecar says; of one that is too long to be one, what cannot be read."""
    if not beside:
        return b""
    with beside[0].open("rb") as file:
        return file.read(docks.LARGEST)


def _checked(taken: Path, read: Listing) -> Iterator[Fault]:
    """Each file has to be kept as it lies there now, and to be what is stated of it already."""
    for path, row in read.rows.items():
        if (taken / path).is_file() and not (taken / path).is_symlink():
            with (taken / path).open("rb") as file:
                total = hashlib.file_digest(file, "sha256").hexdigest()
            if row.sha256 not in ("", total):
                yield Fault(row.line, path, importing.DIFFERS)
            read.rows[path] = replace(row, sha256=total)


def _files(folder: Path) -> Iterator[Path]:
    for at, _, names in os.walk(folder):
        yield from (Path(at) / each for each in names)
