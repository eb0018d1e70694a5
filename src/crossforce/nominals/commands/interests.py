"""Deconfliction on the command line."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.nominals.choices import Decision
from crossforce.nominals.operations import deconflicting
from crossforce.nominals.operations.deconflicting import NewInterest
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command()
def interests(user: User) -> None:
    """List your interests, and in which somebody else is interested too."""
    for each in deconflicting.look(actor=acting_as(user), at=clock.now()):
        row = each.row
        said = "somebody else is interested too" if each.met else "nobody else that may be told"
        if each.is_past:
            said = "its last day is past"
        if row.is_gone:
            said = "its holder disposed of it; compared with nobody's"
        of = row.identifier or "a record that is gone"
        typer.echo(f"{row.pk}  {row.name}: {of}, to {row.until}: {said}")
        for contact in each.met.contacts if each.met else ():
            typer.echo(f"  contact: {contact}")
        if each.met and each.met.is_asked:
            typer.echo("  they ask to contact you")


@commands.command(name="interest-register")
def register(
    name: Annotated[str, typer.Argument(help="The operation or case.")],
    user: User,
    reason: Annotated[str, typer.Option(help="Why; your own force reads it.")],
    contact: Annotated[str, typer.Option(help="Whom another may contact, once you let them.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day.")],
    scheme: Annotated[str, typer.Option(help="What it is known by, such as vrm or pnc.")] = "",
    said: Annotated[str, typer.Option("--number", help="The number or address.")] = "",
    record: Annotated[UUID | None, typer.Option(help="Or a record that you know of.")] = None,
    decision: Annotated[
        Decision, typer.Option(help="What another may know.")
    ] = Decision.WAITING,
) -> None:
    """Register an interest; prints its identifier."""
    new = NewInterest(name, reason, contact, until.date(), scheme, said, record, decision)
    typer.echo(deconflicting.register(actor=acting_as(user), new=new, at=clock.now()).pk)


@commands.command(name="interest-decide")
def decide(
    interest: UUID,
    decision: Annotated[Decision, typer.Argument(help="What another may know.")],
    user: User,
    contact: Annotated[str, typer.Option(help="Whom they may contact.")] = "",
) -> None:
    """Say what another who is interested too may know."""
    actor, at = acting_as(user), clock.now()
    deconflicting.decide(
        actor=actor, interest=interest, decision=decision, contact=contact, at=at
    )


@commands.command(name="interest-move")
def move(
    interest: UUID,
    until: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The last day.")],
    user: User,
) -> None:
    """Have an interest count to another day, also once its day is past."""
    actor, at = acting_as(user), clock.now()
    deconflicting.move_day(actor=actor, interest=interest, until=until.date(), at=at)


@commands.command(name="interest-withdraw")
def withdraw(interest: UUID, user: User) -> None:
    """Be interested no longer."""
    deconflicting.withdraw(actor=acting_as(user), interest=interest, at=clock.now())
