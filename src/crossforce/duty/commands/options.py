"""What the commands of duty share: who acts, instants and days, mappings, exit codes."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from crossforce.duty import mapping as exports
from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.duty.mapping import CannotRead, Mapping
from crossforce.duty.rules import clocks
from crossforce.kernel import civil
from crossforce.kernel.options import User as User
from crossforce.people.api import acting_as

acting = acting_as
REFUSED, IN_PART = 1, 3  # 2 is a command that was typed wrongly
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give an instant as 2026-03-27T09:30") from None
    if not EARLIEST_DAY <= found.date() <= LATEST_DAY:
        raise typer.BadParameter(f"give a day from {EARLIEST_DAY} to {LATEST_DAY}")
    return found if found.tzinfo else found.replace(tzinfo=civil.LONDON)


def moment(text: str) -> datetime:
    """An instant that a duty begins or ends at: which it is must be plain."""
    try:
        return clocks.instant(datetime.fromisoformat(text))
    except clocks.NoSuchTime as wrong:
        raise typer.BadParameter(wrong.message) from None
    except ValueError:
        raise typer.BadParameter("give an instant as 2026-03-27T09:30") from None


At = Annotated[
    datetime | None, typer.Option(parser=instant, metavar="YYYY-MM-DDTHH:MM", help="Else now.")
]
LOCAL: Final = "On London's clock, or with its offset: 2026-10-25T01:30+01:00."
Moment = Annotated[
    datetime, typer.Option(parser=moment, metavar="YYYY-MM-DDTHH:MM", help=LOCAL)
]
MomentOrNone = Annotated[
    datetime | None, typer.Option(parser=moment, metavar="YYYY-MM-DDTHH:MM", help=LOCAL)
]
Day = Annotated[datetime, typer.Option(parser=instant, metavar="YYYY-MM-DD")]


def mapping_in(path: Path) -> Mapping:
    """The mapping that a file holds; one that cannot be read ends the command."""
    try:
        return exports.read(path.read_bytes(), path.name)
    except CannotRead as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(REFUSED) from None
