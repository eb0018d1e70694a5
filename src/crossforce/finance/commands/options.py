"""What the commands of finance share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR
from crossforce.finance.operations.sheets import CannotBringIn, Sheet
from crossforce.finance.rules.pounds import NoSuchSum, pence_of
from crossforce.kernel.options import Day as Day
from crossforce.kernel.options import DayIfAny as DayIfAny
from crossforce.kernel.options import User as User
from crossforce.kernel.options import fresh
from crossforce.people.api import acting_as

acting = acting_as
REFUSED: Final = 1
Year = Annotated[
    int, typer.Option("--year", min=FIRST_YEAR, max=LAST_YEAR, help="In which it begins.")
]
YearIfAny = Annotated[
    int | None,
    typer.Option("--year", min=FIRST_YEAR, max=LAST_YEAR, help="In which it begins."),
]


def _pounds(text: str) -> int:
    try:
        return pence_of(text)
    except NoSuchSum as wrong:
        raise typer.BadParameter(str(wrong)) from None


Pounds = Annotated[int, typer.Option("--pounds", parser=_pounds, metavar="1234.56")]
PoundsIfAny = Annotated[int | None, typer.Option("--pounds", parser=_pounds, metavar="1234.56")]
BreakPounds = Annotated[
    int | None,
    typer.Option(
        "--break-pounds",
        parser=_pounds,
        metavar="1234.56",
        help="Price of breaking a contract.",
    ),
]
ToFile = Annotated[
    Path | None,
    typer.Option(
        "--to",
        callback=fresh,
        help="Write them to this file, as CSV; one that is there is kept.",
    ),
]
NewFile = Annotated[
    Path, typer.Argument(callback=fresh, help="To be written; one that is there is kept.")
]
Why = Annotated[str, typer.Option("--why", help="Kept with it.")]


def sent(file: Path) -> Sheet:
    """The file, as a page would have it sent."""
    return Sheet(file.name, file.read_bytes())


@contextmanager
def told_by_cell() -> Iterator[None]:
    """Say what is wrong in a file, a line for each cell, and end as refused."""
    try:
        yield
    except CannotBringIn as refused:
        for each in refused.findings:
            typer.echo(each, err=True)
        raise typer.Exit(REFUSED) from None
