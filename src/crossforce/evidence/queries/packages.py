"""Exhibits that go into a package: which were asked for, and which of them whoever acts may take out whole."""

from dataclasses import dataclass
from uuid import UUID

from crossforce.access import api as access
from crossforce.evidence.choices import EXHIBIT
from crossforce.evidence.models import Exhibit
from crossforce.evidence.queries.exhibits import exhibit_of, may_prove
from crossforce.kernel.refusals import NotUnderstood
from crossforce.records import api as records

MOST_IN_PACKAGE = 1_000


class OneOfThree(NotUnderstood):
    """Say of what: one exhibit, one case, or one holder."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a package is asked for: one exhibit, a case's exhibits, or a holder's; of these what comes `after` one, where the packages before had those until it."""

    exhibit: UUID | None = None
    case: str = ""
    holder: str = ""
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The exhibits of a package, how many more may be read and not taken out, and after which the next package goes on; none: these are all."""

    exhibits: list[Exhibit]
    left: int
    after: UUID | None


def to_take_out(wanted: Wanted) -> Taken:
    """The exhibits that may be disclosed with all that is of them, a thousand at most, in the order in which they were written down.

    While somebody acts. Raises Missing, OneOfThree.
    """
    rows = _asked(wanted)
    after = rows[MOST_IN_PACKAGE - 1].pk if len(rows) > MOST_IN_PACKAGE else None
    rows = rows[:MOST_IN_PACKAGE]
    open_to = {
        each: may_prove(records.place_of(each)) for each in {row.scope_id for row in rows}
    }
    given = [row for row in rows if open_to[row.scope_id]]
    return Taken(given, len(rows) - len(given), after)


def _asked(wanted: Wanted) -> list[Exhibit]:
    if sum(map(bool, (wanted.exhibit, wanted.case, wanted.holder))) != 1:
        raise OneOfThree
    if wanted.exhibit:
        return [exhibit_of(wanted.exhibit)]
    rows = Exhibit.objects.order_by("pk")
    if wanted.after:
        rows = rows.filter(pk__gt=wanted.after)
    if wanted.case:
        rows = rows.filter(case_reference=wanted.case)
    else:
        places = records.places_of(access.scopes(EXHIBIT, "read"))
        held = [scope for scope, place in places.items() if place.holder == wanted.holder]
        rows = rows.filter(scope_id__in=held)
    return list(rows[: MOST_IN_PACKAGE + 1])
