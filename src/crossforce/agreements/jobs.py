"""What agreements do when the floors below change: parse, one call."""

from crossforce.agreements import operations
from crossforce.agreements.events import AgreementActivated, AgreementRecorded
from crossforce.kernel import civil
from crossforce.organisations.events import OrganisationSucceeded
from crossforce.people import api as people


def organisation_succeeded(event: OrganisationSucceeded) -> None:
    """Put the successor in its predecessor's place.

    A body that nobody follows, or that lives on and only gave functions away, is left as it is.
    """
    if event.successor is None or not event.ends:
        return
    clockwork = people.system_actor("clockwork", on=civil.day_of(event.at))
    operations.novate(
        actor=clockwork,
        predecessor=event.predecessor,
        successor=event.successor,
        on=event.on,
        at=event.at,
    )


def agreement_settled(event: AgreementActivated | AgreementRecorded) -> None:
    """Bring in the joint units that the agreement creates."""
    clockwork = people.system_actor("clockwork", on=civil.day_of(event.at))
    operations.bring_in_units(actor=clockwork, version=event.version, at=event.at)
