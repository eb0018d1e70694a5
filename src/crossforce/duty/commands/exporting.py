"""Duties written as exports, on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from crossforce.duty import queries
from crossforce.duty.commands.options import REFUSED, Day, File, User, acting, mapping_in
from crossforce.duty.mapping import CannotWrite
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
    """Write duties as the export that the mapping describes, from the first day to the last."""
    starts_at = civil.instant(first_day.date())
    ends_at = civil.instant(civil.next_day(last_day.date()))
    actor = acting(user)
    try:
        pieces, number = queries.exported(actor, mapping_in(mapping), starts_at, ends_at)
    except CannotWrite as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(REFUSED) from None
    file.write_bytes(b"".join(pieces))
    typer.echo(f"{number} duties")
