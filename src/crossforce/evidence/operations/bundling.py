"""A bundle: the schedules that a side is given, with a proof pack of each exhibit that goes with them. Of MG6D nothing goes to the defence."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.evidence.choices import CASE, Schedule, Side
from crossforce.evidence.models import Exhibit, Scheduled
from crossforce.evidence.operations import papers, proving
from crossforce.evidence.operations.proving import NewPack, Pack
from crossforce.evidence.queries import kept_of
from crossforce.evidence.queries.disclosure import (
    Schedules,
    schedules_of,
    whole_schedules_of,
    withheld,
)
from crossforce.evidence.rules import disclosure
from crossforce.evidence.rules.packages import zipped
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict
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

    Raises Missing, SchedulesUnread, CannotBundle, StillInClear and what `records.disclose` and `proving.make` raise.
    """
    given = _disclosed(actor, new, at)
    packs = {}
    for key, reference in sorted(given.exhibits.items(), key=lambda each: (each[1], each[0])):
        wanted = NewPack(
            key, new.recipient, new.reason, is_redacted=new.side is Side.DEFENCE
        )  # what was redacted was so for disclosure
        pack = proving.make(actor=actor, new=wanted, at=at, settle=settle)
        packs[f"exhibits/{SAFE.sub('-', reference)}-{str(key)[-6:]}.zip"] = pack
    return Bundle(given.marking, at, given.papers, packs)


@dataclass(frozen=True, slots=True)
class Given:
    """What a side is given: the papers, and the exhibits by their references, under the highest marking of any of it."""

    marking: str
    papers: dict[str, bytes]
    exhibits: dict[UUID, str]


@guarded.acts
def _disclosed(actor: Actor, new: NewBundle, at: datetime) -> Given:
    """What is disclosed, entered."""
    is_whole = new.side is Side.PROSECUTOR
    found = (whole_schedules_of if is_whole else schedules_of)(actor, new.case)
    rows = found.items if is_whole else found.of(Schedule.NOT_SENSITIVE)
    _refuse(found, rows, new.side)
    exhibits = _exhibits(found, new.side)
    if not is_whole:
        for key in exhibits:
            kept_of(actor, key, is_redacted=True)  # before anything is entered
    wanted: dict[str, list[UUID]] = {CASE: [new.case]}
    for row in rows:
        wanted.setdefault(row.record_kind, []).append(row.pk)
    for kind, keys in wanted.items():
        records.disclose(
            actor=actor, kind=kind, records=keys, recipient=new.recipient, reason=new.reason, at=at
        )  # fmt: skip
    beside = [row.scope_id for row in Exhibit.objects.filter(pk__in=exhibits)]
    scopes = {found.case.scope_id, *(row.scope_id for row in rows)}
    line = _marking(scopes)
    return Given(_marking({*scopes, *beside}), _papers(found, new.side, line, at), exhibits)


def _refuse(found: Schedules, rows: list[Scheduled], side: Side) -> None:
    """Raises CannotBundle, where there can be none yet."""
    if not found.is_certified:
        raise CannotBundle("The schedules are not certified as they stand. Certify them first.")
    if side is Side.DEFENCE and (
        why := disclosure.refusal_to_give([each.standing for each in rows])
    ):
        raise CannotBundle(why)


def _marking(scopes: set[int]) -> str:
    places = records.places_of(scopes).values()
    return records.marking_line(
        [each.marking for each in places], [each.compartment for each in places]
    )


def _exhibits(found: Schedules, side: Side) -> dict[UUID, str]:
    """Those of the items that the side is given. Raises CannotBundle."""
    rows = found.to_tell if side == Side.PROSECUTOR else _for_defence(found)
    wanted = {each.exhibit for each in rows if each.exhibit}
    if side == Side.DEFENCE and withheld(found.case.pk, wanted):
        raise CannotBundle(
            "An exhibit that goes with it may not go. Ask the disclosure officer who has both schedules."
        )
    if not wanted <= set(found.exhibits):
        raise CannotBundle("An exhibit that goes with it is not open to you. Ask its holder.")
    return {key: reference for key, reference in found.exhibits.items() if key in wanted}


def _for_defence(found: Schedules) -> list[Scheduled]:
    return [each for each in found.items if each.standing.goes_to_the_defence]


def _papers(found: Schedules, side: Side, marking: str, at: datetime) -> dict[str, bytes]:
    made = {}
    for name in GIVEN[side]:
        columns = papers.FOR_DEFENCE if side == Side.DEFENCE else papers.COLUMNS[name]
        made[f"{name}.pdf"] = papers.drawn(found, name, marking=marking, at=at, columns=columns)
        made[f"{name}.csv"] = papers.listed(found, name, marking, columns)
    return made
