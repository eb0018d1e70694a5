"""The bytes of a ledger entry, for good: docs/formats/ledger-entry.md is their specification.

An entry holds no personal data. Who acted, and anything personal about what was done, is committed
to by a salted hash; the salt and the private part stand elsewhere and can be erased, and the entry
still verifies.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.ledger import canonical
from crossforce.ledger.canonical import JSON
from crossforce.ledger.choices import Citation

HEADER: Final = b"crossforce-ledger-entry/1\n"
LARGEST: Final = 1 << 20
SALT_BYTES: Final = 32
INSTANT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"

OPERATION = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+")
ORGANISATION = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SUBJECT = re.compile(r"[a-z][a-z0-9.-]*(:[!-~]{1,200})?")
UUID_TEXT: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
UUIDS = re.compile(f"(?:{UUID_TEXT}(?: {UUID_TEXT})*)?")
SUBJECT_ROW = re.compile(f"[^:]+:({UUID_TEXT})")
HASH = re.compile(r"[0-9a-f]{64}")

MEMBERS: Final = {
    "actor",
    "agreements",
    "at",
    "concerns",
    "detail",
    "id",
    "operation",
    "private",
    "scopes",
    "subject",
}


class NotAnEntry(ValueError):
    """These are not the bytes of a ledger entry, version 1; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what was done, when, to what, for which organisation, resting on what."""

    id: UUID
    operation: str
    at: datetime
    organisation: str
    actor_commitment: str
    subject: str
    detail: Mapping[str, JSON] = field(default_factory=dict)
    concerns: tuple[str, ...] = ()
    agreements: tuple[Citation, ...] = ()
    scopes: tuple[int, ...] = ()
    private_commitment: str | None = None

    @property
    def rows(self) -> tuple[str, ...]:
        """The records it touches: `rows` of its detail, and its subject's identifier. Raises NotAnEntry."""
        named = self.detail.get("rows", ())
        if isinstance(named, str) or not isinstance(named, Sequence):
            raise NotAnEntry("rows in a detail are a list of identifiers")
        rows = [str(each) for each in named]
        if not UUIDS.fullmatch(" ".join(rows)):
            raise NotAnEntry("rows in a detail are UUIDs in lower case")
        if subject := SUBJECT_ROW.fullmatch(self.subject):
            rows.append(subject[1])
        return tuple(dict.fromkeys(rows))

    def to_bytes(self) -> bytes:
        """The bytes that are stored, hashed and proved. Raises NotAnEntry."""
        _check(self)
        body = _object(self)
        try:
            data = HEADER + canonical.to_bytes(body)
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
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise NotAnEntry(f"not an entry: {fault}") from fault
    if entry.to_bytes() != data:
        raise NotAnEntry("the same entry is written with other bytes")
    return entry


def leaf_hash(data: bytes) -> bytes:
    """The leaf hash of RFC 6962, section 2.1: SHA-256 over a zero byte and the entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def commitment(salt: bytes, private: bytes) -> str:
    """SHA-256 over salt and private part, in hexadecimal."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return hashlib.sha256(salt + private).hexdigest()


def sorted_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes in the order an entry needs, each once."""
    return tuple(sorted(set(codes)))


def _object(entry: Entry) -> dict[str, JSON]:
    return {
        "actor": {"commitment": entry.actor_commitment, "organisation": entry.organisation},
        "agreements": [
            {"clause": each.clause, "reference": each.reference, "version": each.version}
            for each in entry.agreements
        ],
        "at": entry.at.astimezone(UTC).strftime(INSTANT),
        "concerns": entry.concerns,
        "detail": entry.detail,
        "id": str(entry.id),
        "operation": entry.operation,
        "private": entry.private_commitment,
        "scopes": entry.scopes,
        "subject": entry.subject,
    }


def _entry(body: dict[str, Any]) -> Entry:
    if set(body) != MEMBERS or set(body["actor"]) != {"commitment", "organisation"}:
        raise NotAnEntry("members are missing or unknown")
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
        agreements=tuple(_citation(each) for each in body["agreements"]),
        scopes=tuple(body["scopes"]),
        private_commitment=body["private"],
    )


def _citation(body: dict[str, Any]) -> Citation:
    cited = Citation(**body)
    kinds = (type(cited.reference), type(cited.version), type(cited.clause))
    if kinds != (str, int, str):
        raise NotAnEntry("an agreement is cited by reference, version and clause")
    return cited


def _check(entry: Entry) -> None:
    if entry.at.tzinfo is None:
        raise NotAnEntry("its instant has no time zone")
    _matches("operation", OPERATION, entry.operation)
    _matches("subject", SUBJECT, entry.subject)
    _matches("commitment to the actor", HASH, entry.actor_commitment)
    if entry.private_commitment is not None:
        _matches("commitment to the private part", HASH, entry.private_commitment)
    for code in (entry.organisation, *entry.concerns):
        _matches("organisation", ORGANISATION, code)
    _check_sets(entry)


def _check_sets(entry: Entry) -> None:
    if entry.concerns != sorted_codes(entry.concerns) or not entry.concerns:
        raise NotAnEntry("organisations concerned must be sorted, each once, at least one")
    whole = all(type(scope) is int and scope >= 0 for scope in entry.scopes)
    if not whole or entry.scopes != tuple(sorted(set(entry.scopes))):
        raise NotAnEntry("scopes must be sorted whole numbers, each once")
    if any(each.version < 0 for each in entry.agreements):
        raise NotAnEntry("a version is not below zero")


def _matches(what: str, pattern: re.Pattern[str], text: Any) -> None:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise NotAnEntry(f"{text!r} is not a sound {what}")
