"""Putting a checked draft to its parties, and taking it back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from crossforce.agreements import events, models, rules
from crossforce.agreements.choices import Origin
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.findings import Finding
from crossforce.agreements.operations import drafts, reach, versions
from crossforce.agreements.queries import documents, facts
from crossforce.kernel.events import publish
from crossforce.ledger import api as ledger
from crossforce.organisations import api as organisations
from crossforce.people import api as people


class CannotPropose(reach.NotNow):
    """The draft cannot be proposed; the message says why."""


class NotSound(CannotPropose):
    """Check found errors in the document. Mend them, then propose it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [each for each in self.findings if each.severity == "error"]
        first = f" The first: {errors[0]}" if errors else ""
        super().__init__(f"Check found {len(errors)} error(s) in the document.{first}")


@transaction.atomic
def propose(
    *, actor: people.Actor, reference: str, version: int, at: datetime
) -> models.Version:
    """Put the draft, at that edit, to its parties; each of them is thereby notified.

    The document must pass check, and no other version may be before the parties.
    """
    draft = drafts.held(actor, reference, version)
    people.require(actor, "agreement.propose", organisation=draft.owner)
    agreement = models.Agreement.objects.select_for_update().get(pk=draft.agreement_id)
    known = facts.facts_of(agreement)
    reach.require_none(rules.refusal_to_propose(known, at))
    judged = _judged(draft, at)
    if judged.document and judged.document.adopted:
        reach.require_none(rules.refusal_to_adopt(known))
    made = _made(actor, agreement, draft, judged, at)
    ledger.append(
        actor=actor,
        operation="agreement.proposed",
        subject=reach.subject(agreement),
        detail=reach.proof(made) | reach.adoption(made) | {"owner": draft.owner},
        at=at,
        about=reach.about(agreement, made),
    )
    parties = tuple(each.organisation for each in made.parties.all())
    publish(events.AgreementProposed(agreement.pk, made.pk, parties, at))
    return made


def _judged(draft: models.Draft, at: datetime) -> documents.Judged:
    judged = documents.judge_draft(draft, at)
    if not judged.is_sound or judged.document is None:
        raise NotSound(judged.findings)
    if reason := _unfit(draft, judged.document):
        raise CannotPropose(reason)
    return judged


def _unfit(draft: models.Draft, document: AgreementDocument) -> str | None:
    reference = draft.agreement.reference
    if document.reference != reference:
        return (
            f"The document calls itself {document.reference}, but this is the draft of {reference}. "
            "A reference never changes."
        )
    if document.state != "draft":
        return f'The document says state = "{document.state}". Write state = "draft" to have it signed.'
    if not document.party:
        return "The document names no party, so nobody could sign it."
    return None


def _made(
    actor: people.Actor,
    agreement: models.Agreement,
    draft: models.Draft,
    judged: documents.Judged,
    at: datetime,
) -> models.Version:
    assert judged.document is not None
    source = versions.Source(draft.document, Origin.DRAFTED, draft.owner, draft.version)
    made = versions.add_version(
        actor=actor, agreement=agreement, judged=judged, source=source, at=at
    )
    parties = versions.parties_of(made, judged.document, organisations.directory())
    for party in parties:
        party.notified_at, party.notified_by = at, reach.who(actor)
    models.VersionParty.objects.bulk_create(parties)
    draft.delete()
    return made


@transaction.atomic
def withdraw(
    *, actor: people.Actor, reference: str, number: int, reason: str, at: datetime
) -> models.Version:
    """Take a version back before every party has signed; its words become a draft again by `vary`."""
    agreement = reach.locked(actor, reference)
    version, known, facts_of_it = reach.version_and_facts(agreement, number)
    people.require(actor, "agreement.propose", organisation=version.owner)
    reach.require_none(rules.refusal_to_withdraw(known, facts_of_it, at))
    if not reason.strip():
        raise CannotPropose("Say why it is withdrawn: the parties will read it.")
    version.withdrawn_at, version.withdrawn_by = at, reach.who(actor)
    version.withdrawn_because = reason.strip()
    version.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    ledger.append(
        actor=actor,
        operation="agreement.withdrawn",
        subject=reach.subject(agreement),
        detail=reach.proof(version) | {"reason": version.withdrawn_because},
        at=at,
        about=reach.about(agreement, version),
    )
    publish(events.ProposalWithdrawn(agreement.pk, version.pk, at))
    return version
