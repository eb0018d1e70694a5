"""The bytes of a ledger entry, for good: docs/formats/ledger-entry.md is their specification.

An entry holds no personal data. Who acted, and anything personal about what was done, is committed
to by a salted hash; the salt and the private part stand elsewhere and can be erased, and the entry
still verifies.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.transparency import canonical
from crossforce.transparency.canonical import JSON
from crossforce.transparency.choices import Citation

HEADER: Final = b"crossforce-ledger-entry/1\n"
BEGINNING: Final = f'{HEADER.decode()}{{"actor":{{"commitment":"'
LARGEST: Final = 1 << 20
SALT_BYTES: Final = 32
INSTANT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"

OPERATION = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+")
ORGANISATION = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
HASH = re.compile(r"[0-9a-f]{64}")
WHOLE = re.compile(r"\[([0-9]+(,[0-9]+)*)?\]")
UUID_TEXT: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
UUIDS = re.compile(f"(?:{UUID_TEXT}(?: {UUID_TEXT})*)?")
SUBJECT = re.compile(rf"[a-z][a-z0-9.-]*(:(({UUID_TEXT})|[!-~]{{1,200}}))?")


class NotAnEntry(ValueError):
    """These are not the bytes of a ledger entry, version 1; the message says why."""


class Entry(NamedTuple):
    """One entry: what was done, when, to what, for which organisation, resting on what."""

    id: UUID
    operation: str
    at: datetime
    organisation: str
    actor_commitment: str
    subject: str
    detail: Mapping[str, JSON]
    concerns: tuple[str, ...]
    agreements: tuple[Citation, ...] = ()
    scopes: tuple[int, ...] = ()
    private_commitment: str | None = None

    @property
    def rows(self) -> tuple[str, ...]:
        """The records it touches: `rows` of its detail, and its subject's identifier. Raises NotAnEntry."""
        subject = _subject(self.subject)
        if (named := self.detail.get("rows")) is None:
            return subject
        if isinstance(named, str) or not isinstance(named, Sequence):
            raise NotAnEntry("rows in a detail are a list of identifiers")
        rows = tuple([str(each) for each in named])
        if not UUIDS.fullmatch(" ".join(rows)):
            raise NotAnEntry("rows in a detail are UUIDs in lower case")
        return rows if subject and subject[0] in rows else rows + subject

    def to_bytes(self) -> bytes:
        """The bytes that are stored, hashed and proved. Raises NotAnEntry.

        Members stand in the order of their names. What is not quoted by `canonical` needs no escapes.
        """
        _subject(self.subject)
        _matches("commitment to the actor", HASH, self.actor_commitment)
        if self.private_commitment is not None:
            _matches("commitment to the private part", HASH, self.private_commitment)
        private = f'"{self.private_commitment}"' if self.private_commitment else "null"
        alike = self.organisation, self.agreements, self.at, self.concerns
        try:
            before, between, behind = _alike(*alike, self.operation, self.scopes)
            data = canonical.encoded(
                f"{BEGINNING}{self.actor_commitment}{before}"
                f'{canonical.to_text(self.detail, 1)},"id":"{self.id}"{between}{private}'
                f"{behind}{canonical.quoted(self.subject)}}}"
            )
        except canonical.NotCanonical as fault:
            raise NotAnEntry(str(fault)) from fault
        if len(data) > LARGEST:
            raise NotAnEntry(f"{len(data)} bytes; an entry has at most {LARGEST}: split it")
        return data


def from_bytes(data: bytes) -> Entry:
    """The entry that the bytes hold. Raises NotAnEntry unless they are exactly an entry's."""
    if len(data) > LARGEST or not data.startswith(HEADER):
        raise NotAnEntry("it does not begin as an entry of version 1, or is too large")
    try:
        entry = _entry(canonical.from_bytes(data[len(HEADER) :]))
        if entry.to_bytes() != data:
            raise NotAnEntry(
                "it has other members, or the same entry is written with other bytes"
            )
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise NotAnEntry(f"not an entry: {fault}") from fault
    return entry


def leaf_hash(data: bytes) -> bytes:
    """The leaf hash of RFC 6962, section 2.1: SHA-256 over a zero byte and the entry."""
    return sha256(b"\x00" + data).digest()


def commitment(salt: bytes, private: bytes) -> str:
    """SHA-256 over salt and private part, in hexadecimal."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return sha256(salt + private).hexdigest()


def sorted_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes in the order an entry needs, each once."""
    return tuple(sorted(set(codes)))


def _entry(body: dict[str, Any]) -> Entry:
    if not isinstance(body["detail"], dict):
        raise NotAnEntry("its detail is not an object")
    return Entry(
        id=UUID(body["id"]),
        operation=body["operation"],
        at=datetime.strptime(body["at"], INSTANT).replace(tzinfo=UTC),
        organisation=body["actor"]["organisation"],
        actor_commitment=body["actor"]["commitment"],
        subject=body["subject"],
        detail=body["detail"],
        concerns=tuple(body["concerns"]),
        agreements=tuple(Citation(**each) for each in body["agreements"]),
        scopes=tuple(body["scopes"]),
        private_commitment=body["private"],
    )


def _matches(what: str, pattern: re.Pattern[str], text: Any) -> None:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise NotAnEntry(f"{text!r} is not a sound {what}")


@lru_cache(1024)
def _subject(subject: object) -> tuple[str, ...]:
    """The record that a sound subject is, if it is one."""
    found = SUBJECT.fullmatch(subject) if isinstance(subject, str) else None
    if found is None:
        raise NotAnEntry(f"{subject!r} is not a sound subject")
    return (found[3],) if found[3] else ()


@lru_cache(64)
def _alike(
    organisation: str,
    agreements: tuple[Citation, ...],
    at: datetime,
    concerns: tuple[str, ...],
    operation: str,
    scopes: tuple[int, ...],
) -> tuple[str, str, str]:
    """What entries that are made together have alike: before the detail, before and after the private part."""
    _matches("operation", OPERATION, operation)
    before = (
        f'","organisation":{_code(organisation)}}},"agreements":{_cited(agreements)},'
        f'"at":"{_instant(at)}","concerns":{_concerns(concerns)},"detail":'
    )
    return (
        before,
        f',"operation":"{operation}","private":',
        f',"scopes":{_scopes(scopes)},"subject":',
    )


@lru_cache(4096)
def _code(code: str) -> str:
    _matches("organisation", ORGANISATION, code)
    return f'"{code}"'


@lru_cache(4096)
def _concerns(codes: tuple[str, ...]) -> str:
    if codes != sorted_codes(codes) or not codes:
        raise NotAnEntry("organisations concerned must be sorted, each once, at least one")
    return f"[{','.join([_code(code) for code in codes])}]"


@lru_cache(4096)
def _cited(agreements: tuple[Citation, ...]) -> str:
    for each in agreements:
        if (type(each.reference), type(each.version), type(each.clause)) != (str, int, str):
            raise NotAnEntry("an agreement is cited by reference, version and clause")
        if each.version < 0:
            raise NotAnEntry("a version is not below zero")
    return canonical.to_text([asdict(each) for each in agreements], 1)


@lru_cache(4096)
def _scopes(scopes: tuple[int, ...]) -> str:
    text = f"[{','.join(map(str, scopes))}]"
    if not WHOLE.fullmatch(text) or list(scopes) != sorted(set(scopes)):
        raise NotAnEntry("scopes must be sorted whole numbers, each once")
    return text


def _instant(at: datetime) -> str:
    if at.tzinfo is None:
        raise NotAnEntry("its instant has no time zone")
    return at.astimezone(UTC).strftime(INSTANT)
