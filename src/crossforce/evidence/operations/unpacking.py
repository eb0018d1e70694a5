"""An archive or e-mail that is kept as an original is taken apart: what lies in it becomes originals beside it."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.evidence.models import Item
from crossforce.evidence.operations import importing, opening, sources
from crossforce.evidence.operations.bringing import ZIP
from crossforce.evidence.operations.importing import Became, Import, Outcome
from crossforce.evidence.operations.sources import NoArchive, Source
from crossforce.evidence.queries import exhibit_to_fill
from crossforce.evidence.rules import listing
from crossforce.evidence.rules.listing import Fault
from crossforce.evidence.rules.packages.sources import is_declared
from crossforce.kernel import guarded, lengthy
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

PART: Final = "taken apart"
SECONDS: Final = 20.0
"""So long one request goes on, and half as long with files that are new: a packed tape has all before them unpacked again."""
LARGEST_PACKED: Final = 1024 * 1024 * 1024
SHOWN: Final = 200
"""Of so many files it is told one by one what came of them; of all that were refused, up to as many again."""


class ByCommand(NotUnderstood):
    """A tape archive of more than 1 GB that is packed by gzip, bzip2 or xz is not taken apart in turns: each would
    begin at its beginning. Have it done in one go, by the command “crossforce evidence unpack”.
    """


@dataclass(frozen=True, slots=True)
class Taking:
    """An archive, and how what lies in it is taken in."""

    row: Item
    wanted: Import


@dataclass(slots=True)
class Progress:
    """How far it came: files by what became of them, some of them one by one, what was refused; whether all was gone through.

    A file that bears a manifest's name is told, where nobody asked to go by it; and one that declares a bag or OCFL.
    """

    row: Item
    number: Counter[Became] = field(default_factory=Counter)
    shown: list[Outcome] = field(default_factory=list)
    refused: list[Outcome] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    is_whole: bool = False
    has_manifest: bool = False
    is_package: bool = False

    def add(self, each: Outcome) -> None:
        """One more file."""
        self.number[each.became] += 1
        self.has_manifest |= each.name == listing.NAME
        self.is_package |= self.row.media_type == ZIP and is_declared(each.name)
        kept = self.refused if each.became == Became.REFUSED else self.shown
        if len(kept) < SHOWN:
            kept.append(each)


def opened(
    *, actor: Actor, item: UUID, at: datetime, by_manifest: bool, in_turns: bool = False
) -> Taking:
    """An archive, and its manifest where that is asked for; that is reading it, and entered as such.

    Whoever made the archive wrote its manifest too, so that nobody goes by it unasked, nor marks anything lower than
    the archive is marked. Raises Missing, NotWhole, NoArchive; ByCommand, where it is to be done in turns.
    """
    row, source, place, purposes = _opened(actor, item, at, in_turns)
    lengthy.let_go()
    read = importing.manifest_in(source) if by_manifest else None
    wanted = Import(source, row.exhibit, read, place, purposes, place.marking)
    return Taking(row, wanted)


def go_on(
    *, actor: Actor, item: UUID, at: datetime, is_rehearsal: bool, by_manifest: bool = False
) -> Progress:
    """Take in what is not kept yet, for as long as one request may last; in a rehearsal nothing. Asked again it goes on.

    What no manifest names, or none that is asked for, becomes an original of the archive's own exhibit. Raises what `opened` raises.
    """
    began = idle = time.monotonic()
    found = opened(actor=actor, item=item, at=at, by_manifest=by_manifest, in_turns=True)
    progress = Progress(found.row)
    faults = found.wanted.listing.faults if found.wanted.listing else []
    progress.faults = faults[:SHOWN]
    if faults and not is_rehearsal:
        return progress
    outcomes = importing.take_in(
        actor=actor, wanted=found.wanted, at=at, is_rehearsal=is_rehearsal
    )
    for each in outcomes:
        progress.add(each)
        now = time.monotonic()
        if not is_rehearsal and each.became != Became.TAKEN:
            idle = now if not progress.number[Became.TAKEN] else idle
        elif now - began > SECONDS and now - idle > SECONDS / 2:
            outcomes.close()
            return progress
    progress.is_whole = True
    return progress


@guarded.acts
def _opened(
    actor: Actor, item: UUID, at: datetime, in_turns: bool
) -> tuple[Item, Source, records.Place, tuple[str, ...]]:
    row, reading = opening.read_content(actor=actor, item=item, asked=PART, at=at)
    if not sources.is_archive(row.media_type):
        raise NoArchive
    if in_turns and sources.is_packed_tape(row.media_type) and row.size > LARGEST_PACKED:
        raise ByCommand
    exhibit, place = exhibit_to_fill(actor, row.exhibit)
    return row, sources.of_item(row, reading), place, tuple(exhibit.purposes)
