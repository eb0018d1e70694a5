"""Suspending an agreement at once, and resuming it."""

from datetime import datetime

from django.db import transaction

from crossforce.agreements import events, models, rules
from crossforce.agreements.operations import activation, reach
from crossforce.agreements.queries import facts
from crossforce.kernel.events import publish
from crossforce.ledger import api as ledger
from crossforce.people import api as people


class CannotSuspend(reach.NotNow):
    """The agreement cannot be suspended or resumed; the message says why."""


@transaction.atomic
def suspend(
    *, actor: people.Actor, reference: str, organisation: str, reason: str, at: datetime
) -> models.Suspension:
    """Stop acting on the agreement from this instant, for every party, until it is resumed."""
    people.require(actor, "agreement.suspend", organisation=organisation)
    agreement = reach.locked(actor, reference)
    known = facts.facts_of(agreement)
    if refusal := rules.refusal_to_suspend(known, organisation, at):
        raise CannotSuspend(refusal)
    if not reason.strip():
        raise CannotSuspend("Say why: every party will read it.")
    made = models.Suspension.objects.create(
        agreement=agreement,
        organisation=organisation,
        reason=reason.strip(),
        suspended_at=at,
        suspended_by=reach.who(actor),
    )
    activation.enforce(agreement, at=at)
    _record(actor, "agreement.suspended", agreement, made, known, at)
    publish(events.AgreementSuspended(agreement.pk, organisation, at))
    return made


@transaction.atomic
def resume(
    *, actor: people.Actor, reference: str, organisation: str, at: datetime
) -> models.Suspension:
    """Lift the suspension that the organisation imposed."""
    people.require(actor, "agreement.suspend", organisation=organisation)
    agreement = reach.locked(actor, reference)
    known = facts.facts_of(agreement)
    held = agreement.suspensions.filter(resumed_at__isnull=True).first()
    if held is None:
        raise CannotSuspend("The agreement is not suspended.")
    if refusal := rules.refusal_to_resume(known, organisation, held.organisation, at):
        raise CannotSuspend(refusal)
    held.resumed_at, held.resumed_by = at, reach.who(actor)
    held.save(update_fields=["resumed_at", "resumed_by"])
    activation.enforce(agreement, at=at)
    _record(actor, "agreement.resumed", agreement, held, known, at)
    publish(events.AgreementResumed(agreement.pk, organisation, at))
    return held


def _record(
    actor: people.Actor,
    operation: str,
    agreement: models.Agreement,
    suspension: models.Suspension,
    known: rules.Facts,
    at: datetime,
) -> None:
    current = rules.version_begun(known, at)
    version = reach.current_version(agreement, current) if current else None
    ledger.append(
        actor=actor,
        operation=operation,
        subject=reach.subject(agreement),
        detail={"organisation": suspension.organisation, "suspension": str(suspension.pk)},
        at=at,
        about=reach.about(agreement, version),
    )
