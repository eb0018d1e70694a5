"""Many files are taken in together, each as an original: of one exhibit, or of those that a manifest names.

It may be broken off and begun again at any time: what is kept is known by what it came from, or by its bytes, and passed over;
what came in part goes on. What is refused is named with its reason, and the others go on.
"""

import hashlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from crossforce.access.choices import MARKINGS
from crossforce.evidence.choices import ARCHIVE, EXHIBIT, State
from crossforce.evidence.inspection.unpacking import Broken, Damaged
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.operations import receiving
from crossforce.evidence.operations.receiving import Sent, TooMany
from crossforce.evidence.operations.sources import (
    Held,
    Opened,
    Origin,
    Source,
    Unreadable,
)
from crossforce.evidence.queries import kept_of
from crossforce.evidence.rules import listing
from crossforce.evidence.rules.listing import Listing, Named, Row
from crossforce.evidence.rules.members import Beyond, Judge, Kind, Member
from crossforce.kernel import guarded, statements
from crossforce.kernel.refusals import NotUnderstood, Refusal
from crossforce.people.api import Actor
from crossforce.records import api as records

NOT_NAMED: Final = "The manifest does not name it."
NOT_THERE: Final = "The manifest names it, and there is no such file."
DIFFERS: Final = "Its SHA-256 is not the one that the manifest states."
SHORT: Final = "It ended before the length that it says to have, or cannot be read to its end."
OTHER: Final = "It was begun before with other bytes; that one is given up. Take it in again."
NOT_ROUND_IT: Final = "It hangs on a letter that is not taken in."
GREW: Final = "It grew while it was read, or holds more than it says."
LOWER: Final = (
    "The manifest marks its exhibit lower than the archive is marked that it came in."
)
ELSEWHERE: Final = "This exhibit stands in another place, or is marked otherwise."
LACKING: Final = (
    "This exhibit is not there yet. Say its description, when it was seized and by whom."
)


class Faulty(NotUnderstood):
    """The manifest has faults: nothing is taken in by it. Look at them with a rehearsal."""


class Became(StrEnum):
    """What came of a file."""

    TAKEN = "taken"
    THERE = "there"
    READY = "ready"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file by its name, what came of it, why not, as which original it is kept, and the exhibit that a manifest names for it."""

    name: str
    became: Became
    why: str = ""
    item: UUID | None = None
    size: int = 0
    exhibit: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """What is taken in: from where, as originals of which exhibit, or by which manifest and then to which place for which purposes.

    No exhibit that the manifest names is marked lower than `lowest`. A manifest that lies in it `is_within`, and none of its files;
    where another is gone by, what bears a manifest's name is a file like any other.
    """

    source: Source
    exhibit: UUID | None = None
    listing: Listing | None = None
    place: records.Place | None = None
    purposes: tuple[str, ...] = ()
    lowest: str = MARKINGS[0]
    is_within: bool = True


@dataclass(slots=True)
class _Run:
    """One going-through: who, what, when, whether anything is kept, and what was seen so far."""

    actor: Actor
    wanted: Import
    at: datetime
    is_rehearsal: bool
    seen: set[str] = field(default_factory=set)
    exhibits: dict[tuple[str, str], UUID | None] = field(default_factory=dict)
    kept: dict[UUID, dict[str, list[Item]]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)


class _Not(Exception):
    """A file is not taken in; the message says why."""


def manifest_in(source: Source) -> Listing | None:
    """The manifest that lies at the top of a folder or archive, if there is one."""
    with source.open() as opened, suppress(Broken, Damaged, Unreadable):
        for held in opened:
            member = held.member
            if _is_manifest(member):
                content = b"".join(held.parts())
                return listing.read(content) if listing.is_one(content) else None
    return None


def take_in(
    *, actor: Actor, wanted: Import, at: datetime, is_rehearsal: bool = False
) -> Generator[Outcome, None, None]:
    """Go through all of it, and keep what is not kept yet; in a rehearsal nothing. Tells of each file what came of it, one by one.

    Whoever stops listening breaks it off after the file that was told. Raises Faulty.
    """
    run = _Run(actor, wanted, at, is_rehearsal)
    if wanted.listing and wanted.listing.faults and not is_rehearsal:
        raise Faulty
    judge = Judge(wanted.source.whole)
    with wanted.source.open() as opened:
        try:
            yield from _each(run, judge, opened)
        except Beyond as fault:
            yield Outcome("", Became.REFUSED, str(fault))
            return
        if opened.why_not:
            yield Outcome("", Became.REFUSED, opened.why_not)
            return
    for path in wanted.listing.rows if wanted.listing else ():
        if path not in run.seen:
            yield Outcome(path, Became.REFUSED, NOT_THERE)


def _is_manifest(member: Member) -> bool:
    is_file = member.kind == Kind.FILE and member.name == listing.NAME
    return is_file and member.size <= listing.LARGEST


def _each(run: _Run, judge: Judge, opened: Opened) -> Iterator[Outcome]:
    for held in opened:
        member = held.member
        why = judge.why_not(member)
        run.seen.add(member.name)
        if why:
            yield Outcome(member.name, Became.REFUSED, why, size=member.size)
        elif member.kind == Kind.FILE and not (
            run.wanted.listing and run.wanted.is_within and member.name == listing.NAME
        ):
            yield _one(run, held)


def _one(run: _Run, held: Held) -> Outcome:
    member, rows = held.member, run.wanted.listing.rows if run.wanted.listing else {}
    row = rows.get(member.name)
    named = f"{row.exhibit[1]} of {row.exhibit[0]}" if row else ""
    try:
        if row is None and run.wanted.exhibit is None:
            raise _Not(NOT_NAMED)
        exhibit = _exhibit_of(run, row) if row else run.wanted.exhibit
        done = _kept(run, held, exhibit, row.sha256 if row else "")
        return replace(done, exhibit=named)
    except (_Not, Unreadable, Refusal) as fault:
        return Outcome(member.name, Became.REFUSED, str(fault), None, member.size, named)


def _kept(run: _Run, held: Held, exhibit: UUID | None, expected: str) -> Outcome:
    """The file, kept now or before. An exhibit that is not there yet, in a rehearsal, has nothing."""
    member, origin, became = held.member, _origin(run, held.member), Became.THERE
    row = _before(run, exhibit, held, origin) if exhibit and origin else None
    if row is None and run.is_rehearsal:
        return Outcome(member.name, Became.READY, size=member.size)
    if row is None:
        assert exhibit
        assert origin
        row, is_new = _begun(run.actor, exhibit, held, origin, run.at)
        became = Became.TAKEN if is_new or not row.is_kept else Became.THERE
        if not row.is_kept:
            row = _received(run, row, held, expected, is_new=is_new)
    if expected and row.sha256 != expected:
        raise _Not(DIFFERS)
    run.digests[member.name] = row.sha256
    return Outcome(member.name, became, "", row.pk, member.size)


def _origin(run: _Run, member: Member) -> Origin | None:
    """What it is taken out of: the archive, or the letter within one that it hangs on, as if that was taken apart by itself.

    Nothing where a rehearsal has not kept that letter.
    """
    if not member.within:
        return run.wanted.source.origin
    if digest := run.digests.get(member.within):
        return Origin(ARCHIVE, digest)
    if run.is_rehearsal:
        return None
    raise _Not(NOT_ROUND_IT)


def _before(run: _Run, exhibit: UUID, held: Held, origin: Origin) -> Item | None:
    """The same file, if it was kept before this began: asked of the database once for an exhibit."""
    if exhibit not in run.kept:
        run.kept[exhibit] = {}
        for row in kept_of(run.actor, exhibit):
            run.kept[exhibit].setdefault(row.name, []).append(row)
    found = run.kept[exhibit].get(held.member.own_name, [])
    return next((row for row in found if _is_same(row, held, origin)), None)


@guarded.acts
def _begun(
    actor: Actor, exhibit: UUID, held: Held, origin: Origin, at: datetime
) -> tuple[Item, bool]:
    """The original as it is there already, whole or in part, or begun now: whoever else takes in the same waits here."""
    statements.alone(f"evidence.import {exhibit}")
    if known := _known(actor, exhibit, held, origin, at):
        return known, False
    sent = Sent(
        exhibit, held.member.own_name, held.member.size, (origin.system, origin.reference)
    )
    return receiving.begin(actor=actor, sent=sent, at=at), True


@guarded.acts
def _known(
    actor: Actor, exhibit: UUID, held: Held, origin: Origin, at: datetime
) -> Item | None:
    """The same file of the exhibit: one that is kept, else one that the actor began and that still arrives then."""
    alike = Item.objects.filter(
        exhibit=exhibit, name=held.member.own_name, size=held.member.size
    ).order_by("created_at", "pk")
    rows: list[Item] = list(alike)
    for row in rows:
        if row.state == State.KEPT and _is_same(row, held, origin):
            return row
    ours = (origin.system, origin.reference, actor.reference)
    for row in rows:
        is_ours = (row.source_system, row.source_reference, row.created_by) == ours
        if is_ours and row.is_arriving(at):
            return row
    return None


def _is_same(row: Item, held: Held, origin: Origin) -> bool:
    """Of an archive by where it came from, which is told by its digest; of a folder, where files change, by the bytes."""
    if row.size != held.member.size:
        return False
    if origin.system == ARCHIVE:
        return bool(row.source_reference == origin.reference)
    total = hashlib.sha256()
    for part in held.parts():
        total.update(part)
    return bool(row.sha256 == total.hexdigest())


def _received(run: _Run, row: Item, held: Held, expected: str, *, is_new: bool) -> Item:
    """What is left of it; what cannot become whole is given up."""
    offset, before = (
        (0, "") if is_new else receiving.came(actor=run.actor, item=row.pk, at=run.at)
    )
    parts = _coming(held.parts(), offset, before, expected)
    try:
        kept = receiving.receive(
            actor=run.actor, item=row.pk, offset=offset, parts=parts, at=run.at
        )
        if kept.is_kept:
            return kept
        raise _Not(SHORT)
    except (_Not, TooMany, Damaged, Broken) as fault:
        with suppress(Refusal):
            receiving.give_up(actor=run.actor, item=row.pk, at=run.at)
        raise _Not(_why(fault)) from fault


def _why(fault: Exception) -> str:
    if isinstance(fault, TooMany):
        return GREW
    return str(fault) if isinstance(fault, _Not) else SHORT


def _coming(parts: Iterable[bytes], offset: int, before: str, expected: str) -> Iterator[bytes]:
    """The bytes from there on, where those before are the ones that came; the last of them once all have the sum that is expected."""
    left, total, last = offset, hashlib.sha256(), b""
    for part in parts:
        passed, rest = part[:left], part[left:]
        total.update(passed)
        left -= len(passed)
        if passed and not left and total.hexdigest() != before:
            raise _Not(OTHER)
        total.update(rest)
        if last:
            yield last
        last = rest
    if left:
        raise _Not(SHORT)
    if expected and total.hexdigest() != expected:
        raise _Not(DIFFERS)
    if last:
        yield last


def _exhibit_of(run: _Run, row: Row) -> UUID | None:
    """The exhibit that a line of the manifest names: as it is there, or made now; in a rehearsal that of one that is not there is nothing."""
    if row.exhibit not in run.exhibits:
        assert run.wanted.listing
        named = run.wanted.listing.exhibits[row.exhibit]
        run.exhibits[row.exhibit] = _exhibit(run.actor, run, named)
    return run.exhibits[row.exhibit]


@guarded.acts
def _exhibit(actor: Actor, run: _Run, named: Named) -> UUID | None:
    wanted = run.wanted
    assert wanted.place
    if named.marking in MARKINGS[: MARKINGS.index(wanted.lowest)]:
        raise _Not(LOWER)
    place = replace(wanted.place, marking=named.marking or wanted.place.marking)
    found = list(
        Exhibit.objects.filter(
            case_reference=named.case_reference, exhibit_reference=named.exhibit_reference
        )
    )
    for row in found:
        if records.place_of(row.scope_id) == place:
            return UUID(str(row.pk))
    if found:
        raise _Not(ELSEWHERE)
    if not (named.description and named.seized_at and named.seized_by):
        raise _Not(LACKING)
    if run.is_rehearsal:
        return None
    values = {
        "exhibit_reference": named.exhibit_reference,
        "case_reference": named.case_reference,
        "description": named.description,
        "seized_at": named.seized_at,
        "seized_where": named.seized_where,
        "seized_by": named.seized_by,
        "power": named.power,
        "kept_as": named.kept_as,
        "purposes": list(wanted.purposes),
        "source_system": wanted.source.origin.system,
        "source_reference": wanted.source.origin.reference,
    }
    new = records.NewRecord(EXHIBIT, place, values)
    return records.create(actor=run.actor, new=new, at=run.at).pk
