"""Agreements that nobody signs here: recorded from public sources, or made for demonstration.

No page may ever show one of them as signed by a real body; `origin` says so for good.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from crossforce.agreements import events, models, rules
from crossforce.agreements.check import CheckContext
from crossforce.agreements.choices import Origin
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.findings import Finding
from crossforce.agreements.operations import activation, reach, versions
from crossforce.agreements.queries import documents
from crossforce.kernel.events import publish
from crossforce.ledger import api as ledger
from crossforce.organisations import api as organisations
from crossforce.people import api as people

POWER = "agreement.record"
Progress = Callable[[str], None]


class CannotRecord(reach.NotNow):
    """The document cannot be recorded; nothing of it was loaded. The findings say why."""

    def __init__(self, message: str = "", findings: Sequence[Finding] = ()) -> None:
        self.findings = tuple(findings)
        errors = [str(each) for each in self.findings if each.severity == "error"]
        super().__init__("\n".join([message, *errors]).strip())


class SignedHere(CannotRecord):
    """It has been put to its parties here; a document from outside cannot take its place."""


@transaction.atomic
def record_document(
    *,
    actor: people.Actor,
    document: str,
    at: datetime,
    file: str = "",
    context: CheckContext | None = None,
) -> models.Agreement:
    """Load one document as it is; loading it again changes nothing.

    `recorded` and `demonstration` documents become a version without signatures. A `draft` becomes
    a draft that the programme team of its first party may take up. A document that changed since
    becomes the next version.
    """
    people.require(actor, POWER)
    judged = documents.judge(document, context or documents.context(at), file)
    if not judged.is_sound or judged.document is None:
        raise CannotRecord(f"{file or 'The document'} is not sound.", judged.findings)
    found = judged.document
    agreement, _ = models.Agreement.objects.select_for_update().get_or_create(
        reference=found.reference,
        defaults={
            "title_en": found.title.en[:500],
            "created_at": at,
            "created_by": reach.who(actor),
        },
    )
    if found.state == "draft":
        _keep_draft(actor, agreement, document, found, at)
    else:
        _keep_version(actor, agreement, document, judged, at)
    return agreement


@transaction.atomic
def record_set(
    *,
    actor: people.Actor,
    files: Mapping[str, str],
    at: datetime,
    progress: Progress = lambda file: None,
) -> list[models.Agreement]:
    """Load a set of documents, each checked against all the others; all of them or none.

    What its parties have taken up here since it was loaded is theirs, and stays as it is.
    """
    people.require(actor, POWER)
    context = documents.context_of(files, at)
    loaded = []
    for file, document in sorted(files.items()):
        with suppress(SignedHere):
            loaded.append(
                record_document(
                    actor=actor, document=document, at=at, file=file, context=context
                )
            )
        progress(file)
    return loaded


def _keep_draft(
    actor: people.Actor,
    agreement: models.Agreement,
    document: str,
    found: AgreementDocument,
    at: datetime,
) -> None:
    if agreement.versions.exists():
        return
    owner = _owner(found)
    draft, is_new = models.Draft.objects.get_or_create(
        agreement=agreement,
        defaults={
            "owner": owner, "document": document, "created_at": at, "created_by": reach.who(actor),
            "edited_at": at, "edited_by": reach.who(actor),
        },
    )  # fmt: skip
    versions.retitle(agreement, found)
    if is_new:
        _record(
            actor,
            "agreement.drafted",
            agreement,
            None,
            {"owner": owner, "draft": str(draft.pk)},
            at,
        )
        publish(events.AgreementDrafted(agreement.pk, agreement.reference, at))


def _owner(document: AgreementDocument) -> str:
    directory = organisations.directory()
    first = document.party[0].organisation if document.party else ""
    return (directory.force_of(first) if directory.get(first) else None) or first


def _keep_version(
    actor: people.Actor,
    agreement: models.Agreement,
    document: str,
    judged: documents.Judged,
    at: datetime,
) -> None:
    latest = agreement.versions.order_by("-number").first()
    if latest is not None and _is_same(latest, judged):
        return
    if latest is not None and latest.origin == Origin.DRAFTED:
        if any(_is_same(each, judged) for each in agreement.versions.exclude(pk=latest.pk)):
            return
        raise SignedHere(f"{agreement.reference} has been signed here; vary it instead.")
    assert judged.document is not None
    source = versions.Source(document, Origin(judged.document.state))
    made = versions.add_version(
        actor=actor, agreement=agreement, judged=judged, source=source, at=at
    )
    models.VersionParty.objects.bulk_create(
        versions.parties_of(made, judged.document, organisations.directory())
    )
    _write_terms(made, at)
    said = {"origin": made.origin} | reach.adoption(made)
    _record(actor, "agreement.recorded", agreement, made, said, at)
    publish(events.AgreementRecorded(agreement.pk, made.pk, at))


def _write_terms(version: models.Version, at: datetime) -> None:
    _, _, facts_of_it = reach.version_and_facts(version.agreement, version.number)
    begins = rules.enforced_from(facts_of_it, at)
    activation.write_terms(version, enforced_from=max(begins or at, at))
    activation.enforce(version.agreement, at=at)


def _is_same(version: models.Version, judged: documents.Judged) -> bool:
    text, terms = documents.bytes_of(judged)
    return bytes(version.text) == text and bytes(version.terms) == terms


def _record(
    actor: people.Actor,
    operation: str,
    agreement: models.Agreement,
    version: models.Version | None,
    detail: Mapping[str, str],
    at: datetime,
) -> None:
    proof = reach.proof(version) if version else {}
    ledger.append(
        actor=actor,
        operation=operation,
        subject=reach.subject(agreement),
        detail={**detail, **proof},
        at=at,
        about=reach.about(agreement, version),
    )
