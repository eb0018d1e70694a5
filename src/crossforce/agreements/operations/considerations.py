"""Each party considers a version for itself, or refuses it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from crossforce.agreements import events, models, rules
from crossforce.agreements.choices import View
from crossforce.agreements.operations import reach
from crossforce.agreements.queries import facts
from crossforce.kernel.events import publish
from crossforce.kernel.refusals import StaleVersion
from crossforce.ledger import api as ledger
from crossforce.people import api as people


class CannotConsider(reach.NotNow):
    """The party's view cannot be recorded; the message says why."""


class CannotRefuse(reach.NotNow):
    """The party cannot refuse the version; the message says why."""


@dataclass(frozen=True, slots=True)
class Consideration:
    """A party's view and its reasons: the interest test, and the three matters of s23HA."""

    view: View
    interest: str
    existing_agreements: str
    consistency: str
    opportunities: str

    def missing(self) -> list[str]:
        """What the party has said nothing about."""
        wanted = {
            "why it is, or is not, in the interests of efficiency or effectiveness": self.interest,
            "existing collaboration agreements and other co-operation": self.existing_agreements,
            "the desirability of a consistent approach": self.consistency,
            "the opportunities open to the forces": self.opportunities,
        }
        return [what for what, words in wanted.items() if not words.strip()]


@transaction.atomic
def consider(
    *,
    actor: people.Actor,
    reference: str,
    number: int,
    organisation: str,
    consideration: Consideration,
    version: int,
    at: datetime,
) -> models.VersionParty:
    """Record what the party thinks of the version, for itself; it may think again until it signs.

    Where the basis asks for the interest test, all four reasons are needed (s22B, s22C, s23HA).
    """
    people.require(actor, "agreement.consider", organisation=organisation)
    agreement = reach.locked(actor, reference)
    stored, known, facts_of_it = reach.version_and_facts(agreement, number)
    reach.require_none(rules.refusal_to_consider(known, facts_of_it, organisation, at))
    missing = consideration.missing()
    if missing and facts.asks_interest_test(agreement.basis, at):
        raise CannotConsider(f"Say something about {'; '.join(missing)}.")
    party = reach.party_row(stored, facts_of_it, organisation, at)
    if party.version != version:
        raise StaleVersion
    _write(party, consideration, actor, at)
    ledger.append(
        actor=actor,
        operation="agreement.considered",
        subject=reach.subject(agreement),
        detail=reach.proof(stored)
        | {"organisation": organisation, "view": str(consideration.view)},
        at=at,
        about=reach.about(agreement, stored),
    )
    publish(events.AgreementConsidered(agreement.pk, stored.pk, organisation, at))
    return party


def _write(
    party: models.VersionParty, consideration: Consideration, actor: people.Actor, at: datetime
) -> None:
    party.view = consideration.view
    party.interest = consideration.interest.strip()
    party.existing_agreements = consideration.existing_agreements.strip()
    party.consistency = consideration.consistency.strip()
    party.opportunities = consideration.opportunities.strip()
    party.considered_at, party.considered_by = at, reach.who(actor)
    party.version += 1
    party.save()


@transaction.atomic
def refuse(
    *,
    actor: people.Actor,
    reference: str,
    number: int,
    organisation: str,
    reason: str,
    at: datetime,
) -> models.VersionParty:
    """Refuse the version for the party. One refusal rejects it: a version binds all or none."""
    people.require(actor, "agreement.sign", organisation=organisation)
    agreement = reach.locked(actor, reference)
    stored, known, facts_of_it = reach.version_and_facts(agreement, number)
    reach.require_none(rules.refusal_to_refuse(known, facts_of_it, organisation, at))
    if not reason.strip():
        raise CannotRefuse("Say why: the other parties will read it.")
    party = reach.party_row(stored, facts_of_it, organisation, at)
    party.refused_at, party.refused_by = at, reach.who(actor)
    party.refused_because = reason.strip()
    party.version += 1
    party.save()
    ledger.append(
        actor=actor,
        operation="agreement.refused",
        subject=reach.subject(agreement),
        detail=reach.proof(stored)
        | {"organisation": organisation, "reason": party.refused_because},
        at=at,
        about=reach.about(agreement, stored),
    )
    publish(events.AgreementRefused(agreement.pk, stored.pk, organisation, at))
    return party
