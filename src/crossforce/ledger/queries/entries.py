"""Which entries an auditor may read, and which private parts with them."""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from crossforce.kernel.refusals import Missing, Refused
from crossforce.ledger import models
from crossforce.ledger.choices import Acts

AUDIT: Final = "ledger.audit"


def concerning(actor: Acts | None) -> QuerySet[models.Entry]:
    """Entries that concern the actor's organisation. Raises Refused."""
    if actor is None or not actor.may(AUDIT):
        raise Refused("The ledger is read by auditors and information managers.")
    return models.Entry.objects.filter(concerns__contains=[actor.organisation])


def readable(actor: Acts | None, identifier: UUID) -> models.Entry:
    """The row of an entry that concerns the actor's organisation. Raises Missing."""
    if actor is None or not actor.may(AUDIT):
        raise Missing
    row = concerning(actor).filter(pk=identifier).first()
    if row is None:
        raise Missing
    return row


def opened_to(actor: Acts | None, row: models.Entry) -> dict[str, tuple[bytes, bytes]]:
    """Who acted, and other personal data, is for the organisation that acted; others ask it."""
    if actor is None or actor.organisation != row.organisation:
        return {}
    return {part.part: (bytes(part.salt), bytes(part.body)) for part in row.parts.all()}
