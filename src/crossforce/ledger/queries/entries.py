"""Which entries an auditor may read, and which private parts with them."""

import json
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from crossforce.kernel import guarded, statements
from crossforce.kernel.refusals import Missing, Refused
from crossforce.ledger import models
from crossforce.ledger.choices import Acts, Part, Who

AUDIT: Final = "ledger.audit"
LOGGED: Final = "record."
"""What the operations that the law has logged begin with."""


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


@guarded.acts
def opened_to(actor: Acts | None, row: models.Entry) -> dict[str, tuple[bytes, bytes]]:
    """Who acted, and other personal data, is for the organisation that acted; others ask it."""
    if actor is None or actor.organisation != row.organisation:
        return {}
    opened = row.parts.exclude(body=None)
    return {part.part: (bytes(part.salt or b""), bytes(part.body or b"")) for part in opened}


@guarded.acts
def who_acted(actor: Acts, rows: Iterable[models.Entry]) -> dict[UUID, Who]:
    """Who acted in each entry: a person of the actor's own organisation by name.

    Of another's the actor learns office and purpose, and only where a record was touched: a holder is
    told who looked, and asks their organisation for the person.
    """
    shown = {
        row.pk: row.organisation == actor.organisation for row in rows if _tells(actor, row)
    }
    parts = models.OpenedPart.objects.filter(
        entry_id__in=shown, part=Part.ACTOR, body__isnull=False
    )
    return {
        part.entry_id: _who(json.loads(bytes(part.body or b"")), shown[part.entry_id])
        for part in parts
    }


@guarded.acts
def names_oneself(actor: Acts, row: models.Entry) -> bool | None:
    """Whether the actor is who acted there, also as another force knows them; None where another organisation acted."""
    answer: bool | None = statements.answer("SELECT ledger_names_oneself(%s)", row.pk)
    return answer


def _tells(actor: Acts, row: models.Entry) -> bool:
    is_ours = row.organisation == actor.organisation
    return is_ours or (row.operation.startswith(LOGGED) and actor.organisation in row.concerns)


def _who(body: dict[str, str | None], is_ours: bool) -> Who:
    office, purpose = body["office"] or "", body["purpose"] or ""
    if not is_ours:
        return Who(office, purpose)
    return Who(office, purpose, body["name"] or "", body["staff"] or "")
