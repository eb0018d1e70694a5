"""Hours given and received, over HTTP."""

from datetime import date, datetime
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.duty import queries
from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.duty.queries.evidence import evidence
from crossforce.duty.queries.fairness import MOST_MONTHS, fairness
from crossforce.duty.rules.fairness import months_back
from crossforce.kernel import civil, clock
from crossforce.people.api import ActingRequest

router = Router()


class HoursAsked(Schema):
    """So many months, from that of `since`; the last ones when it is left out."""

    since: date | None = Field(None, ge=EARLIEST_DAY, le=LATEST_DAY)
    months: int = Field(3, ge=1, le=MOST_MONTHS)
    force: str = Field("", max_length=80)
    unit: str = Field("", max_length=80)
    function: str = Field("", max_length=80)


class Hours(Schema):
    """What a force gave to a function of a unit in a month, and received, in seconds, up to now.

    Planned is what it is yet to give: in neither of the two.
    """

    month: date
    unit: str
    function: str
    force: str
    given_seconds: int
    received_seconds: int
    planned_seconds: int


class HoursGiven(Schema):
    """Hours of shared units. `hidden` units are left out: the sender may not see all of their duties."""

    since: date
    months: int
    lines: list[Hours]
    hidden: list[str]


class DutiesAsked(HoursAsked):
    """The months of one unit."""

    unit: str = Field(min_length=1, max_length=80)


class CountedDuty(Schema):
    """A duty that was counted, and how much of it lies in these months, up to now."""

    id: UUID
    version: int
    force: str
    function: str
    starts_at: datetime
    ends_at: datetime
    seconds: int


class DutiesCounted(Schema):
    """Duties by key. `sha256` is of a line for each, `<id> <version>`: the same as in a preview."""

    sha256: str
    duties: list[CountedDuty]


@router.get("/hours/duties", response=DutiesCounted)
def hours_duties(request: ActingRequest, asked: Query[DutiesAsked]) -> DutiesCounted:
    """The duties from which the hours of a unit are added up, as far as the sender may read them."""
    first = asked.since or months_back(civil.day_of(clock.now()), asked.months - 1)
    found = evidence(request.actor, asked.unit, first, asked.months, asked.function)
    duties = [
        CountedDuty(
            id=each.pk,
            version=each.version,
            force=found.forces[each.scope_id],
            function=each.function,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            seconds=found.seconds(each),
        )
        for each in found.entries
    ]
    return DutiesCounted(sha256=found.digest, duties=duties)


@router.get("/hours", response=HoursGiven)
def hours(request: ActingRequest, asked: Query[HoursAsked]) -> HoursGiven:
    """Hours that forces gave to shared units and received from them, month by month, up to now."""
    first = asked.since or months_back(civil.day_of(clock.now()), asked.months - 1)
    wanted = queries.Filter(asked.force, asked.unit, asked.function)
    found = fairness(request.actor, first, asked.months, wanted)
    lines = [
        Hours(
            month=each.key.month,
            unit=each.key.unit,
            function=each.key.function,
            force=each.key.force,
            given_seconds=each.given,
            received_seconds=each.received,
            planned_seconds=each.planned,
        )
        for each in found.lines
    ]
    return HoursGiven(
        since=found.first, months=found.months, lines=lines, hidden=list(found.hidden)
    )
