"""Corrections of records that one's organisation received: told by the ledger, to whoever reads it there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.records.choices import TOLD
from crossforce.records.queries.showing import named
from crossforce.transparency.entry import from_bytes

SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Told:
    """A record that the organisation received, and that was corrected since; named as far as the actor may know it."""

    kind: str
    record: UUID
    title: str
    by: str
    at: datetime
    recipients: tuple[str, ...]
    marking: str = ""


def corrections(actor: Actor) -> list[Told]:
    """The last corrections of which the actor's organisation was told, or told others, newest first. Raises Refused."""
    rows = ledger.concerning(actor).filter(operation=TOLD).order_by("-at", "-id")[:SHOWN]
    entries = [(row, from_bytes(bytes(row.body))) for row in rows]
    subjects = [_subject(entry.subject) for _, entry in entries]
    with guarded.acting(actor):
        names = named(actor, subjects)
    found = []
    for (row, entry), (kind, key) in zip(entries, subjects, strict=True):
        name = names.get(key)
        title = name.title if name else f"{kind} …{str(key)[-6:]}"
        listed: object = entry.detail.get("recipients", [])
        recipients = tuple(map(str, listed)) if isinstance(listed, list | tuple) else ()
        marked = name.marking if name else ""
        found.append(Told(kind, key, title, row.organisation, row.at, recipients, marked))
    return found


def _subject(text: str) -> tuple[str, UUID]:
    kind, _, key = text.partition(":")
    return kind, UUID(key)
