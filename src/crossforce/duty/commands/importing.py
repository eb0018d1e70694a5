"""Duties brought in, on the command line."""

from typing import Annotated

import typer

from crossforce.duty import operations
from crossforce.duty.choices import State
from crossforce.duty.commands.options import (
    IN_PART,
    REFUSED,
    File,
    User,
    acting,
    mapping_in,
)
from crossforce.kernel import clock

commands = typer.Typer()


@commands.command(name="import")
def bring_in(
    mapping: File,
    file: File,
    user: User,
    rehearse: Annotated[bool, typer.Option(help="Only say what it would do.")] = False,
) -> None:
    """Bring an export in: 0 when all came in, 3 when rows were refused, 1 when the file or mapping was."""
    at = clock.now()
    with file.open("rb") as source:
        outcome = operations.bring_in(
            actor=acting(user),
            sent=operations.Sent(mapping_in(mapping), source, file.name),
            at=at,
            is_rehearsal=rehearse,
            progress=lambda done: typer.echo(f"rows: {done:,}", err=True),
        )
    typer.echo(", ".join(f"{number} {name}" for name, number in outcome.counts.items()))
    for finding in outcome.findings:
        typer.echo(str(finding), err=True)
    if outcome.state is State.REFUSED:
        raise typer.Exit(REFUSED)
    if outcome.findings:
        raise typer.Exit(IN_PART)
