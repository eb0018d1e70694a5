"""Stills and clips of films and sound."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.evidence.operations import cutting
from crossforce.evidence.operations.cutting import NewCut
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command()
def cut(
    item: Annotated[UUID, typer.Argument(help="The identifier of the film or sound.")],
    span: Annotated[
        str,
        typer.Argument(
            help="A moment such as 1:12.5 for a still; two, such as “1:12.5 1:20”, for a clip."
        ),
    ],
    ground: Annotated[str, typer.Option(help="Why it is made.")],
    user: User,
) -> None:
    """Make a still or clip of a film or sound, beside its untouched original."""
    row = cutting.cut(actor=acting_as(user), new=NewCut(item, span, ground), at=clock.now())
    typer.echo(f"{row.pk}  {row.name}  sha-256 {row.sha256}")
