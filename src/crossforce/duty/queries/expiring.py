"""Who of those on duty must requalify, in what, and by when."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.queries import running
from crossforce.duty.queries.asked import Filter, require_known
from crossforce.kernel import guarded, guarded_watch
from crossforce.people import api as people
from crossforce.people.api import Actor, Lapse
from crossforce.people.choices import AuthorityState
from crossforce.records import api as records

SINCE: Final = timedelta(days=28)
MOST_DAYS: Final = 366
ROTA: Final = """
SELECT DISTINCT ON (staff) id FROM duty_entry
 WHERE scope_id = ANY (%s) AND cancelled_at IS NULL AND what <> 'absence' AND unit <> ''
   AND starts_at >= %s AND starts_at < %s
 ORDER BY staff, starts_at DESC"""


@dataclass(frozen=True, slots=True)
class Due:
    """One skill or authority of somebody on the rota that has lapsed, will, or may not be used."""

    entry: models.Entry
    force: str
    lapse: Lapse

    @property
    def is_barred(self) -> bool:
        """Whether it is gone already: expired, suspended, or without a skill that it requires."""
        return self.lapse.state is not AuthorityState.VALID


@dataclass(frozen=True, slots=True)
class Ahead:
    """How much lapses in one unit: gone already, within 30 days, and later."""

    unit: str
    gone: int
    soon: int
    later: int


@dataclass(frozen=True, slots=True)
class Expiring:
    """The requalification list, and how much of it falls to each unit.

    What is gone already stands first, by when it was lost; then what lapses, in order of expiry.
    """

    at: datetime
    days: int
    rows: Sequence[Due]

    @property
    def ahead(self) -> list[Ahead]:
        """The list counted, unit by unit."""
        counted: Counter[tuple[str, str]] = Counter()
        for row in self.rows:
            counted[row.entry.unit, self._when(row)] += 1
        units = sorted({unit for unit, _ in counted})
        return [
            Ahead(u, counted[u, "gone"], counted[u, "soon"], counted[u, "later"]) for u in units
        ]

    def _when(self, row: Due) -> str:
        if row.is_barred or row.lapse.until is None:
            return "gone"
        return "soon" if row.lapse.until <= self.at + timedelta(days=30) else "later"


@guarded.acts
def expiring(actor: Actor, at: datetime, days: int, wanted: Filter) -> Expiring:
    """What lapses within the days of those who have duties in a unit, from four weeks ago on.

    Only what the actor may read: somebody's duty, and their skills and authorities. Each person is
    in the unit of their latest duty. Raises NoSuchFilter for a code that nothing bears.
    """
    require_known(actor, wanted, at)
    number = min(max(days, 1), MOST_DAYS)
    limit = at + timedelta(days=number)
    within = running.held(wanted.force)
    given = [list(within.scopes), at - SINCE, limit]
    found = records.cursor(models.Entry).figures(ROTA, given) if within.scopes else []
    rota = {each.staff: each for each in _entries([row[0] for row in found], wanted)}
    forces = {each.scope_id: within.forces[each.scope_id] for each in rota.values()}
    rows = [
        Due(rota[each.staff], forces[rota[each.staff].scope_id], each)
        for each in people.lapses(actor, rota, at, limit)
        if _is_wanted(each, wanted)
    ]
    return Expiring(at, number, rows)


@guarded.acts
def taken_out(actor: Actor, at: datetime, days: int, wanted: Filter) -> Expiring:
    """The list, to leave the platform as a file: whoever is named in it is disclosed."""
    guarded_watch.takes_out("requalification")
    return expiring(actor, at, days, wanted)


def _entries(keys: Iterable[UUID], wanted: Filter) -> Iterable[models.Entry]:
    rows: Any = models.Entry.objects.filter(pk__in=list(keys))
    asked = {"unit": wanted.unit, "function": wanted.function}
    return list(rows.filter(**{name: value for name, value in asked.items() if value}))


def _is_wanted(lapse: Lapse, wanted: Filter) -> bool:
    codes = {wanted.skill, wanted.authority} - {""}
    return not codes or lapse.code in codes
