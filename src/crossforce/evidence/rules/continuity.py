"""Continuity: who had an exhibit, from its seizure on, and where that cannot be shown.

What was done is written down as it was, and judged afterwards: a break is named and never hidden.
"""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Act(StrEnum):
    """What was done with an exhibit."""

    SEALED = "sealed"
    OPENED = "opened"
    STORED = "stored"
    EXAMINED = "examined"
    REDACTED = "redacted"
    CUT = "cut"
    COPIED = "copied"
    RELEASED = "released"
    RECEIVED = "received"
    PRODUCED = "produced"
    RESTORED = "restored"
    DESTROYED = "destroyed"
    LOST = "lost"


LAST: Final = frozenset({Act.RESTORED, Act.DESTROYED})
WITH_SEAL: Final = frozenset({Act.SEALED, Act.OPENED})
Named = Callable[[str], str]
WITH_OTHER: Final = frozenset({Act.RELEASED, Act.RECEIVED})
OF_A_COPY: Final = frozenset({Act.REDACTED, Act.CUT, Act.COPIED})
"""What is done with a copy, of a digital original, a part of one, or all: whoever has the exhibit itself, and whatever became of it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act: by whom, of which organisation, when, and what goes with it.

    `other` is to whom it was released or from whom it was received; `seal` the number that was put on, broken or found.
    `previous` and `digest` chain it to what was done before.
    """

    number: int
    act: Act
    organisation: str
    office: str
    happened_at: datetime
    other: str = ""
    place: str = ""
    seal: str = ""
    paper: str = ""
    note: str = ""
    previous: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Where continuity cannot be shown, at which entry, and why."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why an entry cannot be right, and which field of it is wrong; none where it is all of it."""

    why: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """Who has an exhibit: an organisation, nobody while it is on its way `to` another, and the seal that is on it."""

    holder: str
    since: datetime
    to: str = ""
    seal: str = ""
    is_lost: bool = False
    ended_by: Act | None = None


def statement(exhibit: str, step: Step) -> bytes:
    """The bytes of an entry that are digested and signed: each field on a line, its length first, so that none runs into the next."""
    said = (
        exhibit,
        str(step.number),
        step.act,
        step.organisation,
        step.office,
        step.happened_at.isoformat(),
        step.other,
        step.place,
        step.seal,
        step.paper,
        step.note,
        step.previous,
    )
    lines = [f"{len(each.encode())}:{each}\n" for each in said]
    return ("crossforce continuity, format 1\n" + "".join(lines)).encode()


def digest(exhibit: str, step: Step) -> str:
    """What identifies an entry and all before it."""
    return hashlib.sha256(statement(exhibit, step)).hexdigest()


def refusal(custody: Custody, before: Sequence[Step], new: Step, now: datetime) -> Unfit | None:
    """Why an entry cannot be right, whatever happened; None where it may be written down.

    What happened and should not have is not refused: it is written down, and named as a break.
    """
    if new.happened_at > now:
        return Unfit(
            "It has not happened yet. Give the time at which it was done.", "happened_at"
        )
    if new.happened_at < custody.since:
        return Unfit(
            "Something later is written down already. Give the time at which it was done.",
            "happened_at",
        )
    if new.act in WITH_SEAL and not new.seal:
        return Unfit("Give the number of the seal.", "seal")
    if new.act in WITH_OTHER and not new.other:
        return Unfit("Say to whom it was released, or from whom it was received.", "other")
    if new.act is Act.SEALED and new.seal in {
        each.seal for each in before if each.act is Act.SEALED
    }:
        return Unfit("That seal was used before. Give the number that is on it.", "seal")
    if new.act is Act.LOST and not new.note:
        return Unfit("Say when it was seen last, and what was done to find it.", "note")
    if custody.ended_by and new.act not in OF_A_COPY:
        return Unfit(f"It was {custody.ended_by}: nothing more can be done with it.")
    return None


def breaks(
    exhibit: str, seized: Custody, steps: Iterable[Step], named: Named = str
) -> list[Break]:
    """Every break of the continuity, in order: none means that it is without a gap. Organisations are called as `named` calls them."""
    custody, found, expected, previous = seized, [], 1, ""
    for step in steps:
        gaps = () if step.act in OF_A_COPY else _gaps(custody, step, named)
        found += [Break(step.number, why) for why in _untrue(exhibit, step, expected, previous)]
        found += [Break(step.number, why) for why in gaps]
        custody = after(custody, step)
        expected, previous = step.number + 1, step.digest
    return found


def unsigned(
    exhibit: str, signed: Iterable[tuple[Step, str, str]], ours: Container[str]
) -> list[Break]:
    """The entries that the platform did not sign: each with its signature and the key that verifies it, which is one of `ours`."""
    found = []
    for step, signature, key in signed:
        if key not in ours:
            found.append(Break(step.number, "It is not signed by this platform."))
        elif not _is_signed(statement(exhibit, step), signature, key):
            found.append(Break(step.number, "Its signature does not verify."))
    return found


def missed(there: Mapping[int, str], written: Iterable[tuple[int, str]]) -> list[Break]:
    """Entries that were written down, each a number and a record, and are not there, or others in their place: the last of them nothing else would miss."""
    found = []
    for number, record in sorted(set(written)):
        if number not in there:
            found.append(Break(number, "It was written down, and is not there any more."))
        elif there[number] != record:
            found.append(Break(number, "Another one was written down under its number."))
    return found


def standing(seized: Custody, steps: Iterable[Step]) -> Custody:
    """Who has it after all that was done."""
    custody = seized
    for step in steps:
        custody = after(custody, step)
    return custody


def after(custody: Custody, step: Step) -> Custody:
    """Who has it once this was done."""
    holder, to, seal, is_lost = custody.holder, custody.to, custody.seal, custody.is_lost
    match step.act:
        case Act.SEALED:
            seal = step.seal
        case Act.OPENED:
            seal = ""
        case Act.RELEASED:
            holder, to, is_lost = "", step.other, False
        case Act.RECEIVED:
            holder, to, is_lost = step.organisation, "", False
            seal = step.seal or seal
        case Act.LOST:
            holder, to, is_lost = "", "", True
        case _:
            pass
    ended = step.act if step.act in LAST else custody.ended_by
    since = max(custody.since, step.happened_at)
    return Custody(holder, since, to, seal, is_lost, ended)


def _is_signed(said: bytes, signature: str, key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), said
        )
    except (ValueError, InvalidSignature):
        return False
    return True


def _untrue(exhibit: str, step: Step, expected: int, previous: str) -> Iterator[str]:
    """Where an entry is not the one that was written, or one before it is missing."""
    if step.number != expected:
        yield f"Entry {expected} is missing."
    if step.previous != previous:
        yield "It does not follow the entry before it."
    if step.digest != digest(exhibit, step):
        yield "It is not as it was written."


def _gaps(custody: Custody, step: Step, named: Named) -> Iterator[str]:
    if step.happened_at < custody.since:
        yield "It was done before what stands before it."
    if custody.ended_by:
        yield f"It was {custody.ended_by} before."
    if step.act is Act.LOST:
        yield f"It was lost: {step.note}"
    elif step.act is Act.RECEIVED:
        yield from _gaps_on_receipt(custody, step, named)
    elif custody.is_lost:
        yield "It was lost, and nobody received it again."
    elif custody.to:
        yield f"It was on its way to {named(custody.to)}, and nobody had received it."
    elif step.organisation != custody.holder:
        yield f"{named(custody.holder)} had it, and released it to nobody."
    yield from _gaps_of_seals(custody, step)


def _gaps_on_receipt(custody: Custody, step: Step, named: Named) -> Iterator[str]:
    if custody.is_lost:
        yield "It was found after it was lost: nobody can say where it was."
    elif not custody.to:
        yield f"{named(custody.holder)} had it, and released it to nobody."
    elif step.organisation != custody.to:
        yield f"It was released to {named(custody.to)}, and received by {named(step.organisation)}."
    if step.seal and step.seal != custody.seal:
        yield f"It came with the seal {step.seal}, and left with {custody.seal or 'none'}."
    elif custody.seal and not step.seal:
        yield f"It left with the seal {custody.seal}, and nobody says that it came with it."


def _gaps_of_seals(custody: Custody, step: Step) -> Iterator[str]:
    if step.act is Act.SEALED and custody.seal:
        yield f"The seal {custody.seal} was on it, and nobody broke it."
    if step.act is Act.OPENED and step.seal != custody.seal:
        yield f"The seal {step.seal} was broken, and {custody.seal or 'none'} was on it."
    if step.act is Act.EXAMINED and custody.seal:
        yield f"It was examined with the seal {custody.seal} on it."
