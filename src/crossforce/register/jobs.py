"""What the register does when an agreement changes: parse, one call."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from crossforce.kernel import civil, clock
from crossforce.people import api as people
from crossforce.register import operations


class AgreementChanged(Protocol):
    """Any event of an agreement that may change what is public of it."""

    @property
    def agreement(self) -> UUID: ...

    @property
    def at(self) -> datetime: ...


def agreement_changed(event: AgreementChanged) -> None:
    """Publish the agreement anew."""
    registrar = people.system_actor("registrar", on=civil.day_of(event.at))
    operations.publish(actor=registrar, agreement=event.agreement, at=event.at)


def catch_up() -> None:
    """Publish what a stop kept from the register; runs when the server starts."""
    publish_missing(clock.now())


def publish_missing(at: datetime) -> None:
    """Publish whatever agreements have to publish and the register does not have."""
    registrar = people.system_actor("registrar", on=civil.day_of(at))
    operations.refresh(actor=registrar, at=at)
