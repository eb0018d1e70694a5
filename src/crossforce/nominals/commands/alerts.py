"""Saved searches on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.nominals.commands.searching import WORDS, line
from crossforce.nominals.operations import alerting
from crossforce.nominals.queries import alerts as queries
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command()
def alerts(user: User) -> None:
    """List your saved searches, and what is new in each."""
    actor, at = acting_as(user), clock.now()
    for row in queries.mine(actor):
        found = queries.alerted(actor, row, alerting.asked(row.question, at))
        typer.echo(f"{row.pk}  {row.name}: {len(found.new)} new")
        for each in found.new:
            typer.echo(f"  {line(each)}")


@commands.command(name="alert-save")
def save(
    words: Annotated[str, typer.Argument(help=WORDS)],
    user: User,
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
) -> None:
    """Save a search, to be told what is new in it; prints its identifier."""
    actor = acting_as(user)
    typer.echo(alerting.save(actor=actor, question=words, name=name, at=clock.now()).pk)


@commands.command(name="alert-seen")
def seen(alert: UUID, user: User) -> None:
    """Say that you have seen what is new."""
    alerting.looked(actor=acting_as(user), alert=alert, at=clock.now())


@commands.command(name="alert-stop")
def stop(alert: UUID, user: User) -> None:
    """Ask a saved search no longer."""
    alerting.stop(actor=acting_as(user), alert=alert, at=clock.now())
