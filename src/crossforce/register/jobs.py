"""What the register does when an agreement changes: parse, one call."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from crossforce.kernel import civil
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
