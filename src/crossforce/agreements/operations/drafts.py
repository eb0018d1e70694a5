"""Drafts: begun, from nothing or from a version, written, discarded."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction

from crossforce.agreements import canonical, events, models, rules
from crossforce.agreements.operations.reach import NotNow, require_none, subject, who
from crossforce.agreements.queries import agreements, documents, facts
from crossforce.agreements.reading import LIMIT, Unreadable, read
from crossforce.kernel.events import publish
from crossforce.kernel.refusals import StaleVersion
from crossforce.ledger import api as ledger
from crossforce.people import api as people

_TABLE = re.compile(r"\n\[")
_REFERENCE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CannotDraft(NotNow):
    """The draft cannot be begun or changed; the message says why."""


@transaction.atomic
def begin(
    *, actor: people.Actor, owner: str, reference: str, document: str, at: datetime
) -> models.Draft:
    """Begin a new agreement with a draft that `owner` writes.

    The document need not be sound, nor even readable, until it is proposed.
    """
    people.require(actor, "agreement.draft", organisation=owner)
    _refuse_unfit(document)
    if not _REFERENCE.fullmatch(reference) or len(reference) > 100:
        raise CannotDraft(
            "A reference is small letters, digits and single hyphens: sw-tri-force-operations."
        )
    agreement, is_new = models.Agreement.objects.select_for_update().get_or_create(
        reference=reference,
        defaults={"title_en": reference, "created_at": at, "created_by": who(actor)},
    )
    if not is_new and (hasattr(agreement, "draft") or agreement.versions.exists()):
        raise CannotDraft(f"The reference {reference} is taken. Choose another.")
    return _begun(actor, agreement, owner, document, at)


@transaction.atomic
def vary(*, actor: people.Actor, owner: str, reference: str, at: datetime) -> models.Draft:
    """Begin the next version of an agreement from its latest one.

    Any side may draft a variation; the agreement is varied only when every party has signed it.
    """
    people.require(actor, "agreement.draft", organisation=owner)
    agreement = agreements.of(actor, reference)
    agreement = models.Agreement.objects.select_for_update().get(pk=agreement.pk)
    known = facts.facts_of(agreement)
    require_none(rules.refusal_to_draft(known, at))
    latest = agreement.versions.order_by("-number").first()
    if latest is None:
        raise CannotDraft("There is no version yet that could be varied.")
    return _begun(actor, agreement, owner, _as_draft(latest, known), at)


def _as_draft(version: models.Version, known: rules.Facts) -> str:
    """The words of the version, to be changed: as they were written where they can be taken over whole."""
    document = documents.document_of(version)
    update: dict[str, Any] = {} if document.state == "draft" else {"state": "draft"}
    if document.adopted and rules.refusal_to_adopt(known):
        update["adopted"] = None
    if not update:
        return version.document
    return _TABLE.sub("\n\n[", canonical.write(document.model_copy(update=update)))


def _begun(
    actor: people.Actor, agreement: models.Agreement, owner: str, document: str, at: datetime
) -> models.Draft:
    draft = models.Draft.objects.create(
        agreement=agreement,
        owner=owner,
        document=document,
        created_at=at,
        created_by=who(actor),
        edited_at=at,
        edited_by=who(actor),
    )
    _retitle(agreement, document)
    ledger.append(
        actor=actor,
        operation="agreement.drafted",
        subject=subject(agreement),
        detail={"owner": owner, "draft": str(draft.pk)},
        at=at,
    )
    publish(events.AgreementDrafted(agreement.pk, agreement.reference, at))
    return draft


@transaction.atomic
def save(
    *, actor: people.Actor, reference: str, document: str, version: int, at: datetime
) -> models.Draft:
    """Keep what was written, sound or not. Raises StaleVersion when someone else wrote meanwhile."""
    draft = _held(actor, reference, version)
    _refuse_unfit(document)
    draft.document = document
    draft.version += 1
    draft.edited_at, draft.edited_by = at, who(actor)
    draft.save(update_fields=["document", "version", "edited_at", "edited_by"])
    _retitle(draft.agreement, document)
    ledger.append(
        actor=actor,
        operation="agreement.draft-changed",
        subject=subject(draft.agreement),
        detail={"draft": str(draft.pk), "edit": draft.version},
        at=at,
    )
    return draft


@transaction.atomic
def discard(*, actor: people.Actor, reference: str, version: int, at: datetime) -> None:
    """Throw the draft away; what was ever proposed stays."""
    draft = _held(actor, reference, version)
    identifier = str(draft.pk)
    draft.delete()
    ledger.append(
        actor=actor,
        operation="agreement.draft-discarded",
        subject=subject(draft.agreement),
        detail={"draft": identifier},
        at=at,
    )


def held(actor: people.Actor, reference: str, version: int) -> models.Draft:
    """The draft, locked, if the actor may see it and it is still at that edit."""
    found = agreements.draft_of(actor, reference)
    draft = (
        models.Draft.objects.select_for_update().select_related("agreement").get(pk=found.pk)
    )
    if draft.version != version:
        raise StaleVersion
    return draft


def _held(actor: people.Actor, reference: str, version: int) -> models.Draft:
    draft = held(actor, reference, version)
    people.require(actor, "agreement.draft", organisation=draft.owner)
    return draft


def _refuse_unfit(document: str) -> None:
    if len(document.encode()) > LIMIT:
        raise CannotDraft(
            f"The document is larger than {LIMIT // 1_000_000} MB, which no agreement is."
        )
    if "\x00" in document:
        raise CannotDraft("The document holds a character that is not text (NUL).")


def _retitle(agreement: models.Agreement, document: str) -> None:
    """Before anything is proposed, lists show what the draft calls the agreement."""
    if agreement.versions.exists():
        return
    try:
        read_document = read(document.encode()).document
    except Unreadable:
        return
    agreement.title_en = read_document.title.en[:500]
    agreement.title_cy = (read_document.title.cy or "")[:500]
    agreement.basis = read_document.basis
    agreement.save(update_fields=["title_en", "title_cy", "basis"])
