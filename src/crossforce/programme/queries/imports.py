"""Spreadsheets that came before: who sent which file when, and what became of its rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crossforce.kernel import guarded, guarded_watch
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.records import api as records

MOST: Final = 500
"""So many stand on the page and over the API, the latest first; the file has all."""
COUNTED: Final = re.compile(r"(\D+) (\d+)")
TAKEN: Final = ("new", "changed", "unchanged")


@dataclass(frozen=True, slots=True)
class Past:
    """One file: who sent it, in whose register, and what became of its rows."""

    row: models.SheetImport
    by: str
    holder: str
    counts: dict[str, int]

    @property
    def at(self) -> datetime:
        """When it was sent."""
        sent: datetime = self.row.created_at
        return sent

    @property
    def taken(self) -> int:
        """Rows that are in: new, changed, or as they were."""
        return sum(self.counts.get(name, 0) for name in TAKEN)

    @property
    def refused(self) -> int:
        """Rows that were refused."""
        return self.counts.get("refused", 0)

    @property
    def held_back(self) -> int:
        """Sound rows that stayed out because others were refused."""
        return self.counts.get("held back", 0)


@guarded.acts
def imports(actor: Actor) -> list[Past]:
    """The latest files of which the actor may read what they brought, the latest first."""
    return _told(actor, models.SheetImport.objects.newest(MOST))


@guarded.acts
def taken_out(actor: Actor) -> list[Past]:
    """All of them, to leave the platform as a file."""
    guarded_watch.takes_out("spreadsheets-brought-in")
    rows = models.SheetImport.objects.within_reach().defer("findings")
    return _told(actor, rows.order_by("-created_at", "pk"))


def _told(actor: Actor, found: Iterable[models.SheetImport]) -> list[Past]:
    rows = list(found)
    who = records.who(actor, [(each.created_by, each.created_at) for each in rows])
    places = records.places_of(each.scope_id for each in rows)
    return [
        Past(
            each,
            who.get((each.created_by, each.created_at), ""),
            places[each.scope_id].holder,
            {name.strip(", "): int(number) for name, number in COUNTED.findall(each.counts)},
        )
        for each in rows
    ]
