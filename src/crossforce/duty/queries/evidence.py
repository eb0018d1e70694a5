"""The duties from which hours were added up, for whoever wants to add them up again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from crossforce.duty import models
from crossforce.duty.choices import What
from crossforce.duty.queries import running
from crossforce.duty.rules import fairness as rules
from crossforce.kernel import clock, guarded, guarded_watch
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST: Final = 50_000


class TooMany(NotUnderstood):
    """More than 50,000 duties: choose one unit and fewer months."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Duties of one unit that run in a period up to now, by key, and the digest of them all.

    The digest is SHA-256 of a line for each, its key, a space and its version: the same as a preview
    gives, when the reader may read every one of them.
    """

    starts_at: datetime
    ends_at: datetime
    entries: Sequence[models.Entry]
    forces: dict[int, str]

    @property
    def digest(self) -> str:
        """In hexadecimal."""
        lines = "".join(f"{each.pk} {each.version}\n" for each in self.entries)
        return hashlib.sha256(lines.encode()).hexdigest()

    def seconds(self, entry: models.Entry) -> int:
        """How much of a duty lies in the period."""
        within = min(entry.ends_at, self.ends_at) - max(entry.starts_at, self.starts_at)
        return int(within.total_seconds())


@guarded.acts
def evidence(actor: Actor, unit: str, first: date, months: int, function: str = "") -> Evidence:
    """The duties that count in the unit in so many months, as far as the actor may read. Raises TooMany."""
    every = list(rules.months(first, months))
    starts_at = every[0][1]
    ends_at = max(starts_at, min(every[-1][2], clock.now()))
    within = running.held()
    mine = [
        scope
        for scope, place in records.places_of(within.scopes).items()
        if place.collection == f"unit:{unit}"
    ]
    rows: Any = models.Entry.objects.filter(
        scope_id__in=mine,
        unit=unit,
        what=What.DUTY,
        cancelled_at__isnull=True,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
    )
    if function:
        rows = rows.filter(function=function)
    entries = list(rows.order_by("pk")[: MOST + 1])
    if len(entries) > MOST:
        raise TooMany
    return Evidence(starts_at, ends_at, entries, within.forces)


@guarded.acts
def taken_out(
    actor: Actor, unit: str, first: date, months: int, function: str = ""
) -> Evidence:
    """The duties that count, to leave the platform as a file: each of them is disclosed."""
    guarded_watch.takes_out("duties-counted")
    return evidence(actor, unit, first, months, function)
