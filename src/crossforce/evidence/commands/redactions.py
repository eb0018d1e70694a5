"""Redacted copies of originals: what might go, made, and decided about."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.evidence.choices import Verdict
from crossforce.evidence.operations import redacting
from crossforce.evidence.operations.redacting import NewRedaction
from crossforce.evidence.rules.redacting import said
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()
Item = Annotated[UUID, typer.Argument(help="The identifier of the original.")]
Copy = Annotated[UUID, typer.Argument(help="The identifier of the redacted copy.")]


@commands.command()
def find(
    item: Item,
    user: User,
    word: Annotated[
        list[str] | None,
        typer.Option(
            help="A name or phrase to find; of an image, faces are; of a film, a place that is followed."
        ),
    ] = None,
) -> None:
    """Places that might go for disclosure, one a line as “redact” takes them: faces of an image, or where words stand. Others may be there."""
    found = redacting.find(actor=acting_as(user), item=item, words=word or [], at=clock.now())
    if found:
        typer.echo(said(found))


@commands.command()
def redact(
    item: Item,
    places: Annotated[
        typer.FileText,
        typer.Argument(help="What goes, one place a line; “-” reads it from the input."),
    ],
    ground: Annotated[str, typer.Option(help="On what ground it is redacted.")],
    user: User,
) -> None:
    """Make a redacted copy of an image, PDF, text, e-mail, film or recording beside its untouched original; somebody else approves it."""
    new = NewRedaction(item, places.read(), ground)
    row = redacting.redact(actor=acting_as(user), new=new, at=clock.now())
    typer.echo(f"{row.pk}  {row.name}  sha-256 {row.sha256}")


@commands.command()
def decide(
    item: Copy,
    decision: Annotated[Verdict, typer.Argument(help="Whether it may be disclosed.")],
    user: User,
    why: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Approve a redacted copy, or refuse it: another person than had it made."""
    row = redacting.decide(
        actor=acting_as(user), item=item, decision=decision, why=why, at=clock.now()
    )
    typer.echo(f"{row.pk}  {row.name}  {row.decision}")
