"""Hours given and received, over HTTP."""

from datetime import date

from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.duty import queries
from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.duty.endpoints.acting import ActingRequest
from crossforce.duty.queries.fairness import MOST_MONTHS, fairness
from crossforce.duty.rules.fairness import months_back
from crossforce.kernel import civil, clock

router = Router()


class HoursAsked(Schema):
    """So many months, from that of `since`; the last ones when it is left out."""

    since: date | None = Field(None, ge=EARLIEST_DAY, le=LATEST_DAY)
    months: int = Field(3, ge=1, le=MOST_MONTHS)
    force: str = Field("", max_length=80)
    unit: str = Field("", max_length=80)
    function: str = Field("", max_length=80)


class Hours(Schema):
    """What a force gave to a function of a unit in a month, and received, in seconds."""

    month: date
    unit: str
    function: str
    force: str
    given_seconds: int
    received_seconds: int


class HoursGiven(Schema):
    """Hours of shared units. `hidden` units are left out: the sender may not see all of their duties."""

    since: date
    months: int
    lines: list[Hours]
    hidden: list[str]


@router.get("/hours", response=HoursGiven)
def hours(request: ActingRequest, asked: Query[HoursAsked]) -> HoursGiven:
    """Hours that forces gave to shared units and received from them, month by month."""
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
        )
        for each in found.lines
    ]
    return HoursGiven(
        since=found.first, months=found.months, lines=lines, hidden=list(found.hidden)
    )
