"""Reads of the ledger: for the auditors of the organisations that an entry concerns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from crossforce.kernel import civil
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.web.lists import Asked, Found
from crossforce.ledger import exported, models
from crossforce.ledger.choices import EARLIEST_DAY, LATEST_DAY, Acts, EntryFilter, Part
from crossforce.ledger.entry import Entry, from_bytes

AUDIT: Final = "ledger.audit"
COUNTED: Final = 10_000
"""Beyond so many, entries are not counted: a filter is of more use than a number."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry, its private parts as far as the reader may see them, and how each stands.

    `standing` is by part: `open`, `erased`, or `withheld` where another organisation acted.
    """

    entry: Entry
    leaf_hash: str
    opened: Mapping[str, Any]
    standing: Mapping[str, str]


def entries(actor: Acts | None, wanted: EntryFilter) -> QuerySet[models.Entry]:
    """Entries that concern the actor's organisation, newest first. Raises Refused."""
    found = _concerning(actor)
    if wanted.operation:
        found = found.filter(operation__startswith=wanted.operation)
    if wanted.subject:
        found = found.filter(subject__startswith=wanted.subject)
    if wanted.since:
        found = found.filter(at__gte=civil.instant(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=civil.instant(civil.next_day(wanted.until)))
    return found.order_by("-at", "-id")


def listed(actor: Acts | None, asked: Asked) -> Found:
    """One page of the entries. Raises Refused."""
    given = asked.filters
    wanted = EntryFilter(
        operation=given.get("operation", ""),
        subject=given.get("subject", ""),
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
    )
    found = entries(actor, wanted)
    if not asked.descending:
        found = found.order_by("at", "id")
    if asked.limit is None:
        return Found(list(found), 0)
    rows = list(found[asked.offset : asked.offset + asked.limit])
    return Found(rows, found[:COUNTED].count())


def entry(actor: Acts | None, identifier: UUID) -> Shown:
    """One entry. Raises Missing for an entry that does not concern the actor's organisation."""
    row = readable(actor, identifier)
    value = from_bytes(bytes(row.body))
    parts = opened_to(actor, row)
    return Shown(
        entry=value,
        leaf_hash=bytes(row.leaf_hash).hex(),
        opened={name: json.loads(body) for name, (_, body) in parts.items()},
        standing=_standing(actor, row, value, parts),
    )


def export(actor: Acts | None, identifier: UUID) -> str:
    """The entry as a file that anyone can verify, with the parts that the reader may see."""
    row = readable(actor, identifier)
    return exported.write(bytes(row.body), opened_to(actor, row))


def _concerning(actor: Acts | None) -> QuerySet[models.Entry]:
    if actor is None or not actor.may(AUDIT):
        raise Refused("The ledger is read by auditors and information managers.")
    return models.Entry.objects.filter(concerns__contains=[actor.organisation])


def readable(actor: Acts | None, identifier: UUID) -> models.Entry:
    """The row of an entry that concerns the actor's organisation. Raises Missing."""
    if actor is None or not actor.may(AUDIT):
        raise Missing
    row = _concerning(actor).filter(pk=identifier).first()
    if row is None:
        raise Missing
    return row


def _is_ours(actor: Acts | None, row: models.Entry) -> bool:
    return actor is not None and actor.organisation == row.organisation


def opened_to(actor: Acts | None, row: models.Entry) -> dict[str, tuple[bytes, bytes]]:
    """Who acted, and other personal data, is for the organisation that acted; others ask it."""
    if not _is_ours(actor, row):
        return {}
    return {part.part: (bytes(part.salt), bytes(part.body)) for part in row.parts.all()}


def _standing(
    actor: Acts | None, row: models.Entry, value: Entry, parts: Mapping[str, Any]
) -> dict[str, str]:
    committed = [Part.ACTOR, *([Part.PRIVATE] if value.private_commitment else [])]
    hidden = "erased" if _is_ours(actor, row) else "withheld"
    return {str(part): "open" if part in parts else hidden for part in committed}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST_DAY <= day <= LATEST_DAY else None
