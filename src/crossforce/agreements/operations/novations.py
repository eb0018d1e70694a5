"""A successor in a party's place, when the body that was party is succeeded."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from crossforce.agreements import events, models, rules
from crossforce.agreements.operations import activation, reach
from crossforce.agreements.queries import facts
from crossforce.kernel import civil
from crossforce.kernel.events import publish
from crossforce.ledger import api as ledger
from crossforce.people import api as people


@dataclass(frozen=True, slots=True)
class Step:
    """One body in another's place from a day."""

    predecessor: str
    successor: str
    on: date


@transaction.atomic
def novate(
    *, actor: people.Actor, predecessor: str, successor: str, on: date, at: datetime
) -> list[models.Novation]:
    """Put the successor in the predecessor's place, from that day, in every agreement not over.

    It follows from the enactment and needs no signature; doing it again changes nothing.
    """
    people.require(actor, "agreement.novate", organisation=successor)
    party = Q(versions__parties__organisation=predecessor) | Q(
        versions__parties__side=predecessor
    )
    found = models.Agreement.objects.filter(
        party | Q(novations__successor=predecessor)
    ).distinct()
    made = []
    for agreement in found.order_by("reference"):
        locked = models.Agreement.objects.select_for_update().get(pk=agreement.pk)
        if _is_open(locked, at) and not _is_done(locked, predecessor, successor):
            made.append(_novate(actor, locked, Step(predecessor, successor, on), at))
    return made


def _is_open(agreement: models.Agreement, at: datetime) -> bool:
    known = facts.facts_of(agreement)
    now = rules.state(known, at)
    return rules.pending(known, at) is not None or now in rules.GOING_ON


def _is_done(agreement: models.Agreement, predecessor: str, successor: str) -> bool:
    return agreement.novations.filter(predecessor=predecessor, successor=successor).exists()


def _novate(
    actor: people.Actor, agreement: models.Agreement, step: Step, at: datetime
) -> models.Novation:
    made = models.Novation.objects.create(
        agreement=agreement,
        predecessor=step.predecessor,
        successor=step.successor,
        effective_at=civil.instant(step.on),
        novated_at=at,
        novated_by=reach.who(actor),
    )
    activation.enforce(agreement, at=at)
    latest = agreement.versions.order_by("-number").first()
    ledger.append(
        actor=actor,
        operation="agreement.novated",
        subject=reach.subject(agreement),
        detail={
            "predecessor": step.predecessor,
            "successor": step.successor,
            "on": str(step.on),
        },
        at=at,
        about=reach.about(agreement, latest),
    )
    publish(events.PartyNovated(agreement.pk, step.predecessor, step.successor, at))
    return made
