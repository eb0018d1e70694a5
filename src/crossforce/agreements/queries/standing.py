"""The reader's own place in a version."""

from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements.queries import facts
from crossforce.agreements.queries.parts import PartyShown, VersionShown
from crossforce.agreements.queries.showing import AgreementShown, agreement
from crossforce.kernel.refusals import Missing
from crossforce.people import api as people

__all__ = [
    "AgreementShown",
    "OwnParty",
    "OwnVersion",
    "agreement",
    "asks_interest_test",
    "own_party",
    "version",
]


@dataclass(frozen=True, slots=True)
class OwnVersion:
    """A version of an agreement that the reader works with."""

    shown: AgreementShown
    version: VersionShown


@dataclass(frozen=True, slots=True)
class OwnParty(OwnVersion):
    """A version to which the reader's own organisation is party."""

    party: PartyShown


def asks_interest_test(own: OwnVersion, at: datetime) -> bool:
    """Whether a party must give every reason before it may sign the version."""
    return facts.asks_interest_test(own.shown.row.basis, at)


def version(actor: people.Actor, reference: str, number: int, at: datetime) -> OwnVersion:
    """The version. Raises Missing."""
    shown = agreement(actor, reference, at)
    found = next((each for each in shown.versions if each.number == number), None)
    if found is None:
        raise Missing
    return OwnVersion(shown, found)


def own_party(actor: people.Actor, reference: str, number: int, at: datetime) -> OwnParty:
    """The version and the reader's own party in it. Raises Missing for one that is no party."""
    found = version(actor, reference, number, at)
    party = found.version.party(actor.organisation)
    if party is None:
        raise Missing
    return OwnParty(found.shown, found.version, party)
