"""What there is to publish of an agreement: each version that has counted, and when it does."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from crossforce.agreements import models, resolve, rules
from crossforce.agreements.choices import NoticeKind, Origin, State, VersionState
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.queries import documents
from crossforce.agreements.queries.facts import facts_of
from crossforce.agreements.terms import BEGINNING, CompiledTerms
from crossforce.kernel.periods import Period

_NOT_PUBLIC = {VersionState.PROPOSED, VersionState.REJECTED, VersionState.WITHDRAWN}
Timeline = tuple[tuple[datetime, State], ...]


@dataclass(frozen=True, slots=True)
class PublicVersion:
    """One version that its parties have agreed, or that was recorded, and when it is the one that counts.

    `terms` are those stored, with the participation of a side that leaves cut off at its leave.
    One that was signed with demonstration keys `is_rehearsed`: no real body signed it.
    """

    reference: str
    number: int
    origin: Origin
    shown: Period
    document: AgreementDocument
    terms: CompiledTerms
    timeline: Timeline
    text_hash: str
    is_rehearsed: bool


def leaving(reference: str, number: int, at: datetime) -> list[tuple[str, date]]:
    """Which sides have given notice under a version by the instant, each with its last day, the first first."""
    rows = models.Notice.objects.filter(
        agreement__reference=reference,
        under__number=number,
        kind=NoticeKind.LEAVE.value,
        completed_at__lte=at,
    )
    found = rows.order_by("effective_on", "side").values_list("side", "effective_on")
    return [(side, on - timedelta(days=1)) for side, on in found if on]


def public_versions(agreement: UUID, at: datetime) -> list[PublicVersion]:
    """The versions of an agreement that may be public, as known at the instant, in order.

    What is only proposed, refused or withdrawn is not among them.
    """
    found = models.Agreement.objects.prefetch_related("versions").get(pk=agreement)
    facts = facts_of(found)
    stored = {each.number: each for each in found.versions.all()}
    public = [v for v in facts.versions if rules.version_state(facts, v, at) not in _NOT_PUBLIC]
    spans = _spans(public, at)
    timeline = _timeline(facts)
    return [
        PublicVersion(
            reference=found.reference,
            number=each.number,
            origin=each.origin,
            shown=span,
            document=documents.document_of(stored[each.number]),
            terms=_terms(stored[each.number], facts, each, at),
            timeline=timeline,
            text_hash=stored[each.number].text_hash,
            is_rehearsed=_is_rehearsed(stored[each.number]),
        )
        for each, span in zip(public, spans, strict=True)
        if span is not None
    ]


def _is_rehearsed(version: models.Version) -> bool:
    return version.signatures.filter(key__demonstration=True).exists()


def _spans(versions: list[rules.VersionFacts], at: datetime) -> list[Period | None]:
    """When each is shown: the first from ever, each later one from its beginning."""
    starts = [BEGINNING] + [rules.in_force_from(v, at) or v.proposed_at for v in versions[1:]]
    ends: list[datetime | None] = [*starts[1:], None]
    return [
        Period(start, end) if end is None or start < end else None
        for start, end in zip(starts, ends, strict=False)
    ][: len(versions)]


def _terms(
    version: models.Version, facts: rules.Facts, known: rules.VersionFacts, at: datetime
) -> CompiledTerms:
    terms = documents.terms_of(version)
    leaves = {
        notice.side: notice.effective_at
        for notice in rules.notices_of(facts, known, at)
        if notice.kind is NoticeKind.LEAVE and notice.effective_at is not None
    }
    return resolve.after_leaving(terms, leaves) if leaves else terms


def _timeline(facts: rules.Facts) -> Timeline:
    states = [
        (instant, rules.state(facts, instant)) for instant in sorted(set(_instants(facts)))
    ]
    return tuple(
        each
        for place, each in enumerate(states)
        if place == 0 or each[1] is not states[place - 1][1]
    )


def _instants(value: Any) -> Iterator[datetime]:
    """Every instant in the facts: the only times at which a state can change."""
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _instants(each)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _instants(getattr(value, part.name))
