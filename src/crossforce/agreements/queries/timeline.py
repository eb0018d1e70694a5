"""What happened to an agreement, told from its rows, the latest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements import models
from crossforce.agreements.choices import Origin, View
from crossforce.agreements.queries.calling import NameOf

_ORIGINS = {
    Origin.DRAFTED: "was put to its parties",
    Origin.RECORDED: "was recorded from a public source; nobody signed it here",
    Origin.DEMONSTRATION: "was loaded for demonstration; nobody signed it",
}
_ADOPTED = {
    Origin.DRAFTED: "what it says begins to count on paper, as its parties declare by signing it",
    Origin.DEMONSTRATION: "what it says is taken to count from here, for demonstration; nobody signed it",
}
_VIEWS = {
    View.IN_INTEREST: "thinks it in the interests of efficiency or effectiveness",
    View.NOT_IN_INTEREST: "does not think it in the interests of efficiency or effectiveness",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened; `because` is what whoever did it said."""

    at: datetime
    what: str
    because: str = ""


def happened(
    agreement: models.Agreement, versions: Iterable[models.Version], name_of: NameOf
) -> tuple[Happening, ...]:
    """Everything that happened so far, and what is known to happen, the latest first."""
    found = [
        *(each for version in versions for each in _of_version(version, name_of)),
        *_of_suspensions(agreement, name_of),
        *_of_notices(agreement, name_of),
        *_of_novations(agreement, name_of),
    ]
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def _of_version(version: models.Version, name_of: NameOf) -> Iterator[Happening]:
    called = f"Version {version.number}"
    yield Happening(version.proposed_at, f"{called} {_ORIGINS[Origin(version.origin)]}")
    if version.adopted_since and version.origin in _ADOPTED:
        yield Happening(version.adopted_since, f"{called}: {_ADOPTED[Origin(version.origin)]}")
    for party in version.parties.all():
        name = name_of(party.organisation)
        if party.considered_at:
            yield Happening(
                party.considered_at,
                f"{name} considered {called.lower()} and {_VIEWS[View(party.view)]}",
                party.interest,
            )
        if party.refused_at:
            yield Happening(
                party.refused_at, f"{name} refused {called.lower()}", party.refused_because
            )
    for signature in version.signatures.all():
        yield Happening(signature.signed_at, _signed(signature, called, name_of))
    if version.withdrawn_at:
        yield Happening(
            version.withdrawn_at, f"{called} was withdrawn", version.withdrawn_because
        )


def _signed(signature: models.Signature, called: str, name_of: NameOf) -> str:
    name = name_of(signature.organisation)
    if signature.key.demonstration:
        return f"{called}: demonstration signature for {name}, not made by that office"
    return f"{name} signed {called.lower()}"


def _of_suspensions(agreement: models.Agreement, name_of: NameOf) -> Iterator[Happening]:
    for each in agreement.suspensions.all():
        name = name_of(each.organisation)
        yield Happening(each.suspended_at, f"{name} suspended the agreement", each.reason)
        if each.resumed_at:
            yield Happening(each.resumed_at, f"{name} resumed the agreement")


def _of_notices(agreement: models.Agreement, name_of: NameOf) -> Iterator[Happening]:
    for notice in agreement.notices.prefetch_related("consents", "handover"):
        about = (
            f"that {name_of(notice.side)} leaves" if notice.side else "that the agreement ends"
        )
        for consent in notice.consents.all():
            yield Happening(
                consent.consented_at,
                f"{name_of(consent.organisation)} gave notice {about}",
                notice.reason,
            )
        if notice.effective_at:
            yield Happening(notice.effective_at, f"The notice {about} takes effect")
        for item in notice.handover.all():
            if item.done_at:
                yield Happening(item.done_at, f"Settled: {item.what}", item.outcome)


def _of_novations(agreement: models.Agreement, name_of: NameOf) -> Iterator[Happening]:
    for each in agreement.novations.all():
        words = f"{name_of(each.successor)} took the place of {name_of(each.predecessor)}"
        yield Happening(each.effective_at, words)
