"""Options that the commands of people share."""

from datetime import datetime
from typing import Annotated

import typer

from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.people.forms import end_of

User = Annotated[str, typer.Option("--as", help="Who acts: a user name, or user:office.")]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])]
MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def period_of(first_day: datetime, last_day: datetime | None) -> Period:
    """From the first day to the end of the last."""
    return Period(
        civil.instant(first_day.date()), end_of(last_day.date() if last_day else None)
    )


def end_of_day(last_day: datetime) -> datetime:
    """The instant at which the day is over."""
    return civil.instant(civil.next_day(last_day.date()))
