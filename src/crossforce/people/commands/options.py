"""Options that the commands of people share."""

from datetime import datetime
from typing import Annotated

import typer

from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.people.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.people.forms import end_of

User = Annotated[
    str,
    typer.Option(
        "--as", help="Who acts: a user name, user:office, or <user>:<office>:<purpose>."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def _day(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give a day as 2026-03-27") from None
    if not EARLIEST_DAY <= found.date() <= LATEST_DAY:
        raise typer.BadParameter(f"give a day from {EARLIEST_DAY} to {LATEST_DAY}")
    return found


Day = Annotated[datetime, typer.Option(parser=_day, metavar="YYYY-MM-DD")]
MaybeDay = Annotated[datetime | None, typer.Option(parser=_day, metavar="YYYY-MM-DD")]


def period_of(first_day: datetime, last_day: datetime | None) -> Period:
    """From the first day to the end of the last."""
    if last_day is not None and last_day < first_day:
        raise typer.BadParameter("the last day must not be before the first")
    return Period(
        civil.instant(first_day.date()), end_of(last_day.date() if last_day else None)
    )


def end_of_day(last_day: datetime) -> datetime:
    """The instant at which the day is over."""
    return civil.instant(civil.next_day(last_day.date()))
