"""Certificates of disposal: what went, whether its files were destroyed, and nothing of what it said. The log keeps them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.evidence.choices import DISPOSED
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.transparency.entry import from_bytes

MOST = 200


@dataclass(frozen=True, slots=True)
class Certificate:
    """One disposal: of which record, and what went with it. Its entry has a receipt that anybody can verify."""

    entry: UUID
    at: datetime
    subject: str
    said: dict[str, Any]


def certificates(actor: Actor) -> list[Certificate]:
    """The newest that concern one's organisation, for its auditors and information managers. Raises Refused."""
    found = ledger.concerning(actor).filter(operation=DISPOSED).order_by("-at", "-pk")[:MOST]
    return [
        Certificate(row.pk, row.at, row.subject, dict(from_bytes(bytes(row.body)).detail))
        for row in found
    ]
