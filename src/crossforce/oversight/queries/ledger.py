"""Reads of the ledger: for the auditors of the organisations that an entry concerns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from crossforce.kernel import civil
from crossforce.kernel.refusals import NotKnown
from crossforce.kernel.web.lists import Asked, Found
from crossforce.ledger import api as ledger
from crossforce.ledger.choices import Acts, Part
from crossforce.oversight.choices import EARLIEST_DAY, LATEST_DAY, OPERATIONS, EntryFilter
from crossforce.transparency import exported
from crossforce.transparency.entry import Entry, from_bytes

COUNTED: Final = 10_000
"""Beyond so many, entries are not counted: a filter is of more use than a number."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry, its private parts as far as the reader may see them, and how each stands.

    `parts` are their salts and bytes; `standing` is by part: `open`; `erased`; `withheld` where another
    organisation acted; `with-record`, told with the record to whoever may read that.
    """

    entry: Entry
    leaf_hash: str
    parts: Mapping[str, tuple[bytes, bytes]]
    standing: Mapping[str, str]

    @property
    def opened(self) -> dict[str, Any]:
        """What the private parts say."""
        return {name: json.loads(body) for name, (_, body) in self.parts.items()}

    def to_text(self) -> str:
        """The entry as a file that anyone can verify, with the same parts."""
        return exported.write(self.entry.to_bytes(), self.parts)


def entries(actor: Acts | None, wanted: EntryFilter) -> QuerySet[ledger.StoredEntry]:
    """Entries that concern the actor's organisation, newest first. Raises Refused; NotKnown."""
    found = ledger.concerning(actor)
    if wanted.operation:
        found = found.filter(operation__startswith=wanted.operation)
        _require_known(wanted.operation, found)
    if wanted.subject:
        found = found.filter(subject__startswith=wanted.subject)
    if wanted.since:
        found = found.filter(at__gte=civil.instant(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=civil.instant(civil.next_day(wanted.until)))
    return found.order_by("-at", "-id")


def _require_known(operation: str, found: QuerySet[ledger.StoredEntry]) -> None:
    """A slip is not an empty log. Raises NotKnown for the beginning of no operation."""
    if any(each.startswith(operation) for each in OPERATIONS) or found.exists():
        return
    told = f"Operation: none begins with “{operation}”. There are: {', '.join(OPERATIONS)}."
    raise NotKnown(told, ("query", "operation"))


def listed(actor: Acts | None, asked: Asked) -> Found:
    """One page of the entries. Raises Refused."""
    given = asked.filters
    wanted = EntryFilter(
        operation=given.get("operation", ""),
        subject=given.get("subject", ""),
        since=day_in(given.get("since", "")),
        until=day_in(given.get("until", "")),
    )
    found = entries(actor, wanted)
    if not asked.descending:
        found = found.order_by("at", "id")
    if asked.limit is None:
        return Found(list(found), 0)
    rows = list(found[asked.offset : asked.offset + asked.limit])
    return Found(rows, found.order_by()[:COUNTED].count())


def entry(actor: Acts | None, identifier: UUID) -> Shown:
    """One entry. Raises Missing for an entry that does not concern the actor's organisation."""
    row = ledger.readable(actor, identifier)
    value = from_bytes(bytes(row.body))
    parts = ledger.opened_to(actor, row)
    return Shown(
        entry=value,
        leaf_hash=bytes(row.leaf_hash).hex(),
        parts=parts,
        standing=_standing(actor, row, value, parts),
    )


def day_in(text: str) -> date | None:
    """The day that a filter names, or None for what is no day that can be asked for."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if EARLIEST_DAY <= day <= LATEST_DAY else None


def _standing(
    actor: Acts | None, row: ledger.StoredEntry, value: Entry, parts: Mapping[str, Any]
) -> dict[str, str]:
    committed = [Part.ACTOR, *([Part.PRIVATE] if value.private_commitment else [])]
    is_ours = actor is not None and actor.organisation == value.organisation
    kept = set(row.parts.values_list("part", flat=True))

    def stands(part: str) -> str:
        if part in parts:
            return "open"
        if not is_ours:
            return "withheld"
        return "with-record" if part in kept else "erased"

    return {str(part): stands(part) for part in committed}
