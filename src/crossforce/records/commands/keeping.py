"""What stands beside records, on the command line: corrections, places, holds and reviews."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.records import operations, queries
from crossforce.records.choices import Group, Place
from crossforce.records.commands.options import Fields, For, User, acting, fields_of

commands = typer.Typer()
Why = Annotated[str, typer.Option("--reason", help="Why.")]
Text = Annotated[str | None, typer.Option(help="As it is, when left out.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@commands.command()
def propose(
    kind: str, record: UUID, user: User, field: Fields, reason: Why, purpose: For = ""
) -> None:
    """Propose a correction to the holder of a record; prints the proposal's identifier."""
    row = operations.propose(
        actor=acting(user, purpose),
        kind=kind,
        record=record,
        given=fields_of(field),
        reason=reason,
        at=clock.now(),
    )
    typer.echo(row.pk)


@commands.command()
def accept(proposal: UUID, user: User, purpose: For = "") -> None:
    """Make a proposed correction."""
    row = operations.accept(actor=acting(user, purpose), proposal=proposal, at=clock.now())
    typer.echo(f"Corrected: version {row.version}.")


@commands.command()
def refuse(proposal: UUID, user: User, reason: Why, purpose: For = "") -> None:
    """Leave the record as it is; whoever proposed reads why."""
    operations.refuse(
        actor=acting(user, purpose), proposal=proposal, answer=reason, at=clock.now()
    )
    typer.echo("Refused.")


@commands.command()
def move(
    kind: str,
    record: UUID,
    user: User,
    marking: Text = None,
    collection: Text = None,
    compartment: Text = None,
    reason: Why = "",
    purpose: For = "",
) -> None:
    """Mark a record anew, or put it elsewhere."""
    actor = acting(user, purpose)
    seen = queries.changeable(actor, kind, record, "edit")
    was = seen.place
    to = Place(
        was.holder,
        was.collection if collection is None else collection,
        was.compartment if compartment is None else compartment,
        was.marking if marking is None else marking,
    )
    row = operations.move(
        actor=actor,
        kind=kind,
        record=record,
        version=seen.row.version,
        to=to,
        reason=reason,
        at=clock.now(),
    )
    typer.echo(f"Moved: version {row.version}.")


@commands.command()
def unlink(link: UUID, user: User, purpose: For = "") -> None:
    """Cut a link."""
    operations.unlink(actor=acting(user, purpose), link=link, at=clock.now())
    typer.echo("Cut.")


@commands.command()
def hold(kind: str, record: UUID, user: User, reason: Why, purpose: For = "") -> None:
    """Forbid the disposal of a record; prints the hold's identifier."""
    placed = operations.hold(
        actor=acting(user, purpose), kind=kind, record=record, reason=reason, at=clock.now()
    )
    typer.echo(placed.pk)


@commands.command()
def lift(hold: UUID, user: User, reason: Why, purpose: For = "") -> None:
    """Lift a hold."""
    operations.lift(actor=acting(user, purpose), hold=hold, reason=reason, at=clock.now())
    typer.echo("Lifted.")


@commands.command()
def review(
    kind: str,
    record: UUID,
    user: User,
    group: Annotated[Group, typer.Option(help="1 to 4; empty for none.")],
    last_notice: Day = None,
    purpose: For = "",
) -> None:
    """Put a record into a review group, which says when it is due."""
    actor = acting(user, purpose)
    seen = queries.changeable(actor, kind, record, "edit")
    row = operations.review(
        actor=actor,
        kind=kind,
        record=record,
        version=seen.row.version,
        group=group.value,
        last_notice=last_notice.date() if last_notice else None,
        at=clock.now(),
    )
    typer.echo(f"Due for review on {row.review_due}.")


@commands.command(name="propose-disposal")
def propose_disposal(kind: str, record: UUID, user: User, purpose: For = "") -> None:
    """Propose that a record goes; somebody else decides."""
    actor = acting(user, purpose)
    seen = queries.changeable(actor, kind, record, "edit")
    operations.propose_disposal(
        actor=actor, kind=kind, record=record, version=seen.row.version, at=clock.now()
    )
    typer.echo("Proposed.")
