"""Writing a version down: the words, the terms, the hashes and the complete list of parties."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from crossforce.agreements import models
from crossforce.agreements.choices import Origin
from crossforce.agreements.document import AgreementDocument, Party
from crossforce.agreements.findings import Finding
from crossforce.agreements.operations.reach import who
from crossforce.agreements.queries.documents import Judged, bytes_of
from crossforce.kernel import civil
from crossforce.organisations.directory import Directory
from crossforce.people import api as people

PLANS = frozenset({"idea", "proposed", "in-development"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a version comes from: its document as written, its origin, who proposes it, and which edit of its draft."""

    document: str
    origin: Origin
    owner: str = ""
    edit: int | None = None


def add_version(
    *,
    actor: people.Actor,
    agreement: models.Agreement,
    judged: Judged,
    source: Source,
    at: datetime,
) -> models.Version:
    """Store the next version; numbers follow each other, whatever became of the one before."""
    assert judged.document is not None and judged.terms is not None  # noqa: PT018
    text, terms = bytes_of(judged)
    document = judged.document
    version = models.Version.objects.create(
        agreement=agreement,
        number=agreement.versions.count() + 1,
        origin=source.origin,
        planned=source.origin is not Origin.DRAFTED and document.stage in PLANS,
        document=source.document,
        text=text,
        text_hash=hashlib.sha256(text).hexdigest(),
        terms=terms,
        terms_hash=hashlib.sha256(terms).hexdigest(),
        compiler=judged.terms.compiler,
        findings=[plain(each) for each in judged.findings],
        starts_at=_instant(document.from_.date if document.from_ else None),
        ends_at=_instant(document.until.date if document.until else None),
        adopted_since=_instant(document.adopted.since.date if document.adopted else None),
        owner=source.owner,
        edit=source.edit,
        proposed_at=at,
        proposed_by=who(actor),
    )
    retitle(agreement, document)
    return version


def retitle(agreement: models.Agreement, document: AgreementDocument) -> None:
    """Lists show the latest version's words."""
    agreement.title_en = document.title.en[:500]
    agreement.title_cy = (document.title.cy or "")[:500]
    agreement.basis = document.basis
    agreement.save(update_fields=["title_en", "title_cy", "basis"])


def parties_of(
    version: models.Version, document: AgreementDocument, directory: Directory
) -> list[models.VersionParty]:
    """The complete list of the document's parties, each once, in its latest role."""
    latest: dict[str, Party] = {}
    for party in sorted(document.party, key=_begins):
        latest[party.organisation] = party
    return [
        models.VersionParty(
            party_of=version,
            organisation=code,
            side=(directory.force_of(code) if directory.get(code) else None) or code,
            capacity=party.capacity,
            role=party.role,
        )
        for code, party in latest.items()
    ]


def plain(finding: Finding) -> dict[str, str | int | None]:
    """A finding as it is stored beside the version."""
    return {
        "severity": finding.severity,
        "rule": finding.rule,
        "message": finding.message,
        "remedy": finding.remedy,
        "line": finding.line,
        "clause": finding.clause,
    }


def _begins(party: Party) -> date:
    return party.from_.date if party.from_ else date.min


def _instant(day: date | None) -> datetime | None:
    return civil.instant(day) if day else None
