"""What the commands of boards share: who acts, and days."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossforce.boards.queries.files import File
from crossforce.boards.rules.days import beyond
from crossforce.boards.rules.motions import Consent
from crossforce.kernel.options import User as User
from crossforce.kernel.options import fresh
from crossforce.people.api import acting_as

acting = acting_as


def written(to: Path, found: File) -> None:
    """Write what leaves, where nothing is yet; the name that it would have tells how it is marked."""
    with to.open("xb") as target:
        target.write(found.content)
    typer.echo(f"{to}: {len(found.content):,} bytes ({found.name})")


def consent_of(text: str) -> Consent:
    """`person=2026-03-27=document`."""
    person, _, rest = text.partition("=")
    day, _, document = rest.partition("=")
    try:
        return Consent(person, document, date.fromisoformat(day))
    except ValueError:
        raise typer.BadParameter("give a consent as person=2026-03-27=document") from None


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give a day as 2026-03-27") from None
    refusal = beyond(day)
    if refusal is not None:
        raise typer.BadParameter(str(refusal))
    return day


Day = Annotated[date, typer.Option(parser=_day, metavar="YYYY-MM-DD")]
DayOrNone = Annotated[
    date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Else today.")
]
DayIfAny = Annotated[date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD")]
ToOrNone = Annotated[
    Path | None,
    typer.Option(
        "--to", callback=fresh, help="Write it to this file, as CSV; one that is there is kept."
    ),
]
HourOrNone = Annotated[
    datetime | None,
    typer.Option(formats=["%H:%M"], help="Else the hour at which the board begins."),
]
