"""A bundle: the schedules that a side is given, with a proof pack of each exhibit that goes with them. Of MG6D nothing goes to the defence."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.evidence.choices import CASE, UNUSED, Schedule, Side
from crossforce.evidence.models import Unused
from crossforce.evidence.operations import papers, proving
from crossforce.evidence.operations.proving import NewPack, Pack
from crossforce.evidence.queries import kept_of
from crossforce.evidence.queries.disclosure import Schedules, schedules_of
from crossforce.evidence.rules.packages import zipped
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict
from crossforce.kernel.web import downloads
from crossforce.people.api import Actor
from crossforce.records import api as records

SAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
GIVEN: Final = {Side.PROSECUTOR: ("mg6c", "mg6d", "mg6e"), Side.DEFENCE: ("mg6c",)}


class CannotBundle(Conflict):
    """There is no bundle; the message says why."""


@dataclass(frozen=True, slots=True)
class NewBundle:
    """A bundle that is to be made: of which case, for which side, for whom, and why."""

    case: UUID
    side: Side
    recipient: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle, ready to be handed out."""

    marking: str
    at: datetime
    papers: dict[str, bytes]
    packs: dict[str, Pack]

    def parts(self) -> Iterator[bytes]:
        """The bytes of the ZIP file, in order."""
        return zipped.parts(self._members(), self.at)

    def _members(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        for name, content in self.papers.items():
            yield name, [content]
        for name, pack in self.packs.items():
            yield name, pack.parts()


def make(
    *, actor: Actor, new: NewBundle, at: datetime, settle: Callable[[], object] | None = None
) -> Bundle:
    """Hand the schedules, and the exhibits that go with them, to a side. Call it outside of any transaction.

    Raises Missing, CannotBundle, StillInClear and what `records.disclose` and `proving.make` raise.
    """
    marking, given, exhibits = _disclosed(actor, new, at)
    packs = {}
    for key, reference in sorted(exhibits.items(), key=lambda each: (each[1], each[0])):
        wanted = NewPack(
            key, new.recipient, new.reason, is_redacted=new.side is Side.DEFENCE
        )  # what was redacted was so for disclosure
        pack = proving.make(actor=actor, new=wanted, at=at, settle=settle)
        packs[f"exhibits/{SAFE.sub('-', reference)}-{str(key)[-6:]}.zip"] = pack
    return Bundle(marking, at, given, packs)


@guarded.acts
def _disclosed(
    actor: Actor, new: NewBundle, at: datetime
) -> tuple[str, dict[str, bytes], dict[UUID, str]]:
    """What is disclosed, entered: the papers, and the exhibits by their references."""
    found = schedules_of(actor, new.case)
    if not found.is_certified:
        raise CannotBundle("The schedules are not certified as they stand. Certify them first.")
    names = GIVEN[new.side]
    rows = [each for each in found.items if each.schedule in names]
    exhibits = _exhibits(found, new.side)
    if new.side is Side.DEFENCE:
        for key in exhibits:
            kept_of(actor, key, is_redacted=True)  # before anything is entered
    line = ""
    for kind, keys in ((CASE, [new.case]), (UNUSED, [each.pk for each in rows])):
        if keys:
            gone = records.disclose(
                actor=actor, kind=kind, records=keys, recipient=new.recipient, reason=new.reason, at=at
            )  # fmt: skip
            line = gone.marking
    return line, _papers(found, new.side, line, at), exhibits


def _exhibits(found: Schedules, side: Side) -> dict[UUID, str]:
    """Those of the items that the side is given. Raises CannotBundle."""
    rows = found.to_tell if side == Side.PROSECUTOR else _for_defence(found)
    wanted = {each.exhibit for each in rows if each.exhibit}
    withheld = {each.exhibit for each in found.of(Schedule.SENSITIVE)}
    if side == Side.DEFENCE and wanted & withheld:
        raise CannotBundle(
            "An exhibit of MG6D stands on MG6C as well. Mend the schedules first."
        )
    if not wanted <= set(found.exhibits):
        raise CannotBundle("An exhibit that goes with it is not open to you. Ask its holder.")
    return {key: reference for key, reference in found.exhibits.items() if key in wanted}


def _for_defence(found: Schedules) -> list[Unused]:
    return [each for each in found.items if each.standing.goes_to_the_defence]


def _papers(found: Schedules, side: Side, marking: str, at: datetime) -> dict[str, bytes]:
    made = {}
    for name in GIVEN[side]:
        columns = papers.FOR_DEFENCE if side == Side.DEFENCE else papers.COLUMNS[name]
        made[f"{name}.pdf"] = papers.drawn(found, name, marking=marking, at=at, columns=columns)
        lines = downloads.lines(columns, papers.rows_of(found, name))
        made[f"{name}.csv"] = "".join(lines).encode()
    return made
