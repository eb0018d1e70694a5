"""Entries as they are shown: from here on they count as read, and the ledger names them."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.choices import MARKING
from crossforce.kernel import guarded_policies
from crossforce.records import api as records


class Noted(NamedTuple):
    """What a board shows of an entry: a whole one takes ten times as long to read."""

    id: UUID
    scope_id: int
    starts_at: datetime
    ends_at: datetime
    version: int
    what: str
    staff: UUID
    number: str
    name: str
    unit: str
    function: str
    call_sign: str
    role: str
    location: str
    latitude: float | None
    longitude: float | None
    status: str
    absence: str
    created_at: datetime
    changed_at: datetime
    cancelled_at: datetime | None

    @property
    def pk(self) -> UUID:
        """As a whole entry calls it."""
        return self.id


SAYS: Final = (
    "what", "staff", "starts_at", "ends_at", "unit", "function", "call_sign", "role", "location", "status",
)  # fmt: skip
"""What a board says of a duty, so that one sees whether it said the same then."""
COLUMNS: Final = ", ".join(Noted._fields)
# Many bear the same instants: as text they are looked up.
TIMES: Final = ("starts_at", "ends_at", "created_at", "changed_at")
SELECTED: Final = ", ".join(f"{n}::text" if n in TIMES else n for n in Noted._fields)
PLACES: Final = tuple(Noted._fields.index(name) for name in TIMES)
READ: Final = f"""
SELECT {SELECTED} FROM {models.Entry._meta.db_table} WHERE id = ANY (%s::uuid[])
"""  # noqa: S608 - our own words


def entries_of(keys: Iterable[UUID | str]) -> dict[str, Noted]:
    """Entries by their keys, as text."""
    wanted = list(map(str, keys))
    rows = records.cursor(models.Entry).rows(READ, [wanted]) if wanted else ()
    return {str(row[0]): noted(row) for row in rows}


def as_they_were(entries: Iterable[Noted], then: datetime | None) -> dict[UUID, Noted]:
    """What those said then that were there, and were changed since; one whose present may be read shows its past."""
    changed = [e.id for e in entries if then and e.created_at <= then < e.changed_at]
    if not changed:
        return {}
    (history,) = guarded_policies.histories(models.Entry)
    states = history._default_manager.filter(pgh_obj_id__in=changed, changed_at__lte=then)
    newest = states.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {row[0]: Noted(*row) for row in newest.values_list(*Noted._fields)}


def differs(then: Noted, now: Noted) -> list[str]:
    """In what an entry said something else then."""
    return [name for name in SAYS if getattr(then, name) != getattr(now, name)]


def noted(row: Iterable[Any]) -> Noted:
    """What was `SELECTED` of an entry."""
    values = list(row)
    for place in PLACES:
        values[place] = instant(values[place])
    return Noted._make(values)


@lru_cache(maxsize=4096)
def instant(text: str) -> datetime:
    """An instant as the database writes it; many duties begin and end at the same."""
    return datetime.fromisoformat(text)


def marking_of(entries: Iterable[Any]) -> str:
    """The marking of a page or a file that shows these entries."""
    places = records.places_of({each.scope_id for each in entries}).values()
    compartments = [place.compartment for place in places]
    return records.marking_line([place.marking for place in places] or [MARKING], compartments)
