"""Options that commands of every app have alike."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer


def day(text: str) -> date:
    """A day that was typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give a day as 2026-04-01") from None


def fresh(to: Path | None) -> Path | None:
    """A file that is not there yet; said before anything is taken out for it."""
    if to and to.exists():
        raise typer.BadParameter(f"{to} is there already: name another file")
    return to


Day = Annotated[date, typer.Option(parser=day, metavar="YYYY-MM-DD")]
DayIfAny = Annotated[date | None, typer.Option(parser=day, metavar="YYYY-MM-DD")]

User = Annotated[
    str,
    typer.Option(
        "--as", help="Who acts: a user name, <user>:<office>, or <user>:<office>:<purpose>."
    ),
]
