"""Taking hold of what an operation is about to change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crossforce.agreements import models, rules
from crossforce.agreements.queries import agreements, facts
from crossforce.kernel import civil
from crossforce.kernel.refusals import Conflict
from crossforce.ledger import api as ledger
from crossforce.people import api as people


class NotNow(Conflict):
    """The agreement does not stand so that this can be done; the message says why."""


def locked(actor: people.Actor, reference: str) -> models.Agreement:
    """The agreement, kept from any other change until the transaction ends. Raises Missing."""
    found = agreements.of(actor, reference)
    return models.Agreement.objects.select_for_update().get(pk=found.pk)


def version_and_facts(
    agreement: models.Agreement, number: int
) -> tuple[models.Version, rules.Facts, rules.VersionFacts]:
    """One version as a row and as facts, beside the facts of the whole. Raises Missing."""
    version = agreements.numbered(agreement, number)
    known = facts.facts_of(agreement)
    return version, known, next(each for each in known.versions if each.number == number)


def current_version(agreement: models.Agreement, known: rules.VersionFacts) -> models.Version:
    """The row of the version that these facts are of."""
    return agreement.versions.get(number=known.number)


def require_none(reason: str | None) -> None:
    """Let the act pass when there is no reason against it. Raises NotNow with the reason."""
    if reason:
        raise NotNow(reason)


def party_row(
    version: models.Version, known: rules.VersionFacts, organisation: str, at: datetime
) -> models.VersionParty:
    """The row of a party, in which a successor may stand by novation."""
    party = known.party(organisation, at)
    if party is None:
        raise NotNow(f"Your organisation is not a party to version {version.number}.")
    return version.parties.get(organisation=party.organisation)


def who(actor: people.Actor) -> str:
    """The lasting reference under which an act is kept beside its instant: never a name."""
    return str(actor.staff or actor.account or actor.office)


def subject(agreement: models.Agreement) -> str:
    """What ledger entries about the agreement are filed under."""
    return f"agreement:{agreement.reference}"


def about(
    agreement: models.Agreement, version: models.Version | None = None, clause: str = ""
) -> ledger.About:
    """Whom an act on the agreement concerns, and the version and clause it rests on."""
    if version is None:
        return ledger.About()
    concerned: Iterable[models.VersionParty] = version.parties.all()
    return ledger.About(
        concerns=sorted(
            {code for each in concerned for code in (each.organisation, each.side)}
        ),
        agreements=[ledger.Citation(agreement.reference, version.number, clause)],
    )


def proof(version: models.Version) -> dict[str, Any]:
    """The hashes that say which words and terms an act was about."""
    return {
        "version": version.number,
        "text": version.text_hash,
        "terms": version.terms_hash,
        "compiler": version.compiler,
    }


def adoption(version: models.Version) -> dict[str, str]:
    """Since when the version counts on paper, where its words say that it did before it came here."""
    since = version.adopted_since
    return {} if since is None else {"adopted-since": civil.day_of(since).isoformat()}
