"""Documents as stored and as judged: what was signed, and what check says of what is written."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from crossforce.agreements import canonical, models, rules
from crossforce.agreements.check import CheckContext, check
from crossforce.agreements.choices import State
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.findings import CannotCompile, Finding, Unreadable, in_order
from crossforce.agreements.preview.measuring import Statements
from crossforce.agreements.queries.facts import facts_of_many
from crossforce.agreements.reading import Reading, read
from crossforce.agreements.terms import CompiledTerms, from_bytes, to_bytes
from crossforce.kernel import civil
from crossforce.organisations import api as organisations


class Tampered(Exception):
    """Stored bytes of an agreement do not match their hash: nothing rests on them any more."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What reading, check and compile say of one document; `terms` only when it is sound."""

    findings: tuple[Finding, ...]
    reading: Reading | None = None
    terms: CompiledTerms | None = None

    @property
    def document(self) -> AgreementDocument | None:
        return self.reading.document if self.reading else None

    @property
    def is_sound(self) -> bool:
        return self.terms is not None


def judge(text: str, context: CheckContext, file: str = "") -> Judged:
    """Read, check and compile a document, which may stand in a file. It changes nothing."""
    try:
        reading = read(text.encode(), file)
    except Unreadable as unreadable:
        return Judged(unreadable.findings)
    findings = check(reading, context)
    if any(each.severity == "error" for each in findings):
        return Judged(tuple(in_order(findings)), reading)
    try:
        terms = compile_document(reading.document, context.directory)
    except CannotCompile as cannot:
        return Judged(tuple(in_order([*findings, *cannot.findings])), reading)
    return Judged(tuple(in_order(findings)), reading, terms)


def judge_draft(draft: models.Draft, at: datetime) -> Judged:
    """What is said of a draft as it is now, by what a version for signature must have."""
    file = f"{draft.agreement.reference}.toml"
    return judge(draft.document, context(at, for_signature=True), file)


def context(at: datetime, *, for_signature: bool = False) -> CheckContext:
    """The world a document is checked against: the directory, the catalogues, what stands."""
    standing = [document_of(each) for each in standing_versions(at)]
    return _context(standing, at, for_signature=for_signature)


def context_of(files: Mapping[str, str], at: datetime) -> CheckContext:
    """The world of a set of documents that are loaded together: each stands beside the others."""
    together = {}
    for file, text in files.items():
        try:
            document = read(text.encode(), file).document
        except Unreadable:
            continue
        together[document.reference] = document
    standing = {each.reference: each for each in map(document_of, standing_versions(at))}
    return _context([*(standing | together).values()], at, for_signature=False)


def _context(
    standing: Sequence[AgreementDocument], at: datetime, *, for_signature: bool
) -> CheckContext:
    return CheckContext(
        directory=organisations.directory(),
        on=civil.day_of(at),
        in_force=standing,
        for_signature=for_signature,
        stated_since=Statements().firsts,
    )


def standing_versions(
    at: datetime,
    references: Collection[str] | None = None,
    states: Collection[State] = rules.STANDING,
) -> list[models.Version]:
    """The version that governs each agreement that stands at the instant, by reference."""
    found = governing_versions({at: references}, states)[at]
    return [version for version, _ in found]


def governing_versions(
    asked: Mapping[datetime, Collection[str] | None], states: Collection[State]
) -> dict[datetime, list[tuple[models.Version, rules.Facts]]]:
    """The same at several instants, of each the agreements that are asked for then, with the facts of each: read together."""
    rows = models.Agreement.objects.order_by("reference")
    if None not in asked.values():
        rows = rows.filter(reference__in={name for of in asked.values() for name in of or ()})
    agreements = list(rows)
    facts = facts_of_many(agreements)
    begun = {
        at: [
            (each.pk, current.number)
            for each in agreements
            if (of is None or each.reference in of)
            and (current := rules.version_begun(facts[each.pk], at))
            and rules.state(facts[each.pk], at) in states
        ]
        for at, of in asked.items()
    }
    versions = _versions({each for of in begun.values() for each in of})
    return {
        at: [(versions[each], facts[each[0]]) for each in of if each in versions]
        for at, of in begun.items()
    }


def _versions(wanted: Collection[tuple[UUID, int]]) -> dict[tuple[UUID, int], models.Version]:
    """Versions by their agreement and number."""
    named = Q()
    for agreement, number in wanted:
        named |= Q(agreement=agreement, number=number)
    if not named:
        return {}
    rows = models.Version.objects.filter(named).select_related("agreement")
    return {(row.agreement_id, row.number): row for row in rows}


def document_of(version: models.Version) -> AgreementDocument:
    """The document of a stored version. Raises Tampered when the bytes are not those hashed."""
    return _document(_proved(version.text, version.text_hash))


def terms_of(version: models.Version) -> CompiledTerms:
    """The stored terms of a version: what is enforced. Raises Tampered."""
    return _terms(_proved(version.terms, version.terms_hash))


def prove(version: models.Version) -> None:
    """Make sure that text and terms are the bytes that were hashed. Raises Tampered."""
    _proved(version.text, version.text_hash)
    _proved(version.terms, version.terms_hash)


def _proved(stored: bytes | memoryview, expected: str) -> bytes:
    data = bytes(stored)
    if hashlib.sha256(data).hexdigest() != expected:
        raise Tampered(Tampered.__doc__)
    return data


# Both are pure functions of bytes, the same for every actor.
@lru_cache(maxsize=512)
def _document(text: bytes) -> AgreementDocument:
    return AgreementDocument.model_validate_json(text)


@lru_cache(maxsize=512)
def _terms(data: bytes) -> CompiledTerms:
    return from_bytes(data)


def bytes_of(judged: Judged) -> tuple[bytes, bytes]:
    """The canonical text and the terms of a sound document, as they are stored and signed."""
    assert judged.document is not None and judged.terms is not None  # noqa: PT018
    return canonical.text(judged.document), to_bytes(judged.terms)
