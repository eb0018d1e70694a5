"""Duties written as exports, on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from crossforce.duty import queries
from crossforce.duty.commands.options import (
    IN_PART,
    REFUSED,
    Day,
    File,
    User,
    acting,
    mapping_in,
)
from crossforce.kernel import civil

commands = typer.Typer()


@commands.command()
def export(
    mapping: File,
    file: Annotated[Path, typer.Argument(dir_okay=False, writable=True)],
    user: User,
    first_day: Day,
    last_day: Day,
) -> None:
    """Write duties as the export that the mapping describes, from the first day to the last.

    0 when all are written; 3 when some cannot be said in this form: they are listed, and the others
    written; 1 when that is so of all.
    """
    starts_at = civil.instant(first_day.date())
    ends_at = civil.instant(civil.next_day(last_day.date()))
    written = queries.exported(acting(user), mapping_in(mapping), starts_at, ends_at)
    for each in written.left_out:
        typer.echo(f"{each.reference}: {each}", err=True)
    if written.left_out and not written.number:
        raise typer.Exit(REFUSED)
    file.write_bytes(written.content)
    typer.echo(f"{written.number} duties")
    if written.left_out:
        typer.echo(f"{len(written.left_out)} left out", err=True)
        raise typer.Exit(IN_PART)
