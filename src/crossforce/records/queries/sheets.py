"""Spreadsheets that came before: who sent which file when, and what became of its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crossforce.kernel import guarded, guarded_watch
from crossforce.people.api import Actor
from crossforce.records.queries.naming import who
from crossforce.records.queries.places import describe
from crossforce.records.reading.sheets import counted

MOST: Final = 500
"""So many stand on the page and over the API, the latest first; the file has all."""
TAKEN: Final = ("new", "changed", "unchanged")


@dataclass(frozen=True, slots=True)
class PastSheet:
    """One file: who sent it, who holds what it brought, and what became of its rows."""

    row: Any
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
def past_sheets(actor: Actor, model: Any) -> list[PastSheet]:
    """The latest files of a service of which the actor may read what they brought, the latest first."""
    return _told(actor, model.objects.newest(MOST))


@guarded.acts
def past_sheets_taken_out(actor: Actor, model: Any) -> list[PastSheet]:
    """All of them, to leave the platform as a file."""
    guarded_watch.takes_out("spreadsheets-brought-in")
    rows = model.objects.within_reach().defer("findings")
    return _told(actor, rows.order_by("-created_at", "pk"))


def _told(actor: Actor, found: Iterable[Any]) -> list[PastSheet]:
    rows = list(found)
    by = who(actor, [(each.created_by, each.created_at) for each in rows])
    places = describe(each.scope_id for each in rows)
    return [
        PastSheet(
            each,
            by.get((each.created_by, each.created_at), ""),
            places[each.scope_id].holder,
            counted(each.counts),
        )
        for each in rows
    ]
