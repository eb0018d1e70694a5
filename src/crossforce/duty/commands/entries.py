"""Single duties on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.duty.commands.options import Moment, MomentOrNone, User, acting
from crossforce.duty.operations import entries as operations
from crossforce.duty.queries import entries as reads
from crossforce.kernel import clock

commands = typer.Typer()
Entry = Annotated[UUID, typer.Argument(help="The duty, as the board names it.")]


@commands.command()
def add(  # noqa: PLR0913 - each is an option that somebody types
    number: Annotated[str, typer.Argument(help="The person's number in the organisation.")],
    starts_at: Moment,
    ends_at: Moment,
    user: User,
    what: str = "duty",
    unit: str = "",
    function: str = "",
    call_sign: str = "",
    role: str = "",
    location: str = "",
    status: str = "",
    absence: str = "",
) -> None:
    """Add one person's duty, on-call or absence; prints its identifier."""
    new = operations.NewEntry(
        number,
        what,
        starts_at,
        ends_at,
        unit,
        function,
        call_sign,
        role,
        location,
        status,
        absence,
    )
    typer.echo(operations.add_entry(actor=acting(user), new=new, at=clock.now()))


@commands.command()
def change(
    entry: Entry,
    user: User,
    starts_at: MomentOrNone = None,
    ends_at: MomentOrNone = None,
    call_sign: str | None = None,
    location: str | None = None,
) -> None:
    """Change when a duty is, its call sign or its place."""
    actor = acting(user)
    given = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "call_sign": call_sign,
        "location": location,
    }
    operations.change_entry(
        actor=actor,
        entry=entry,
        version=reads.one_entry(actor, entry).version,
        given={name: value for name, value in given.items() if value is not None},
        at=clock.now(),
    )


@commands.command()
def status(entry: Entry, code: str, user: User) -> None:
    """Set the status of somebody on duty, by the national codes."""
    actor = acting(user)
    version = reads.one_entry(actor, entry).version
    operations.set_status(
        actor=actor, entry=entry, version=version, status=code, at=clock.now()
    )


@commands.command()
def cancel(entry: Entry, user: User) -> None:
    """Cancel a duty: it stays, and is on no board."""
    actor = acting(user)
    version = reads.one_entry(actor, entry).version
    operations.cancel_entry(actor=actor, entry=entry, version=version, at=clock.now())
