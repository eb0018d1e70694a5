"""Notes on originals."""

import json
import sys
from typing import Annotated
from uuid import UUID

import typer

from crossforce.evidence.operations import annotating
from crossforce.evidence.operations.annotating import NewAnnotation
from crossforce.evidence.queries.annotations import annotation_of, annotations_of
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()
Item = Annotated[UUID, typer.Argument(help="The identifier of the original.")]
Words = Annotated[str, typer.Argument(help="What is noted.")]


@commands.command()
def annotate(
    item: Item,
    text: Words,
    user: User,
    place: Annotated[
        str,
        typer.Option(
            help="Where: of an image an area in per cent, of a PDF a page, of a film or sound a moment or from when to when."
        ),
    ] = "",
) -> None:
    """Put a note on an original, beside its bytes."""
    new = NewAnnotation(item, place, text)
    row = annotating.annotate(actor=acting_as(user), new=new, at=clock.now())
    typer.echo(f"{row.pk}  {row.spot.words}")


@commands.command()
def reword(
    note: Annotated[UUID, typer.Argument(help="The identifier of the note.")],
    text: Words,
    user: User,
) -> None:
    """Say a note in other words; what it said before stays in its history."""
    actor = acting_as(user)
    before = annotation_of(actor, note)
    row = annotating.reword(
        actor=actor, annotation=note, version=before.version, text=text, at=clock.now()
    )
    typer.echo(f"{row.pk}  {row.spot.words}")


@commands.command()
def annotations(item: Item, user: User) -> None:
    """The notes on an original in the order of their places, as JSON."""
    told = [
        {"id": row.pk, "place": row.place, "where": row.spot.words, "text": row.text}
        for row in annotations_of(acting_as(user), item).rows
    ]
    json.dump(told, sys.stdout, indent=2, default=str)
    typer.echo()
