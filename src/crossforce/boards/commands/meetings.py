"""Meetings and actions on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.boards.choices import ActionState, Presence
from crossforce.boards.commands.options import Day, ToOrNone, User, acting, written
from crossforce.boards.operations import keeping as planning
from crossforce.boards.operations import meetings as operations
from crossforce.boards.queries import actions as set_here
from crossforce.boards.queries import files, meetings
from crossforce.boards.rules.rolls import Attendance
from crossforce.kernel import civil, clock

commands = typer.Typer()


@commands.command(name="meetings")
def meetings_of(board: UUID, user: User, to: ToOrNone = None) -> None:
    """The meetings of a board, the latest first; with a file, as CSV."""
    if to:
        written(to, files.meetings_of(acting(user), board, civil.day_of(clock.now())))
        return
    for each in meetings.of_board(acting(user), board):
        typer.echo(f"{each.pk}  {each.on}  {each.state}  papers due {each.papers_due_on}")


@commands.command()
def agenda(meeting: UUID, user: User) -> None:
    """The agenda of a meeting, put together from what is due."""
    found = meetings.shown(acting(user), meeting, civil.day_of(clock.now()))
    for section in found.agenda:
        typer.echo(f"{section.number}. {section.title.en}")
        for item in section.items:
            typer.echo(
                f"  {item.number} {item.due.title} ({item.due.why})  {item.due.reference}"
            )
    for reason in found.quorum.reasons():
        typer.echo(str(reason), err=True)


@commands.command()
def attend(
    meeting: UUID,
    user: User,
    present: Annotated[list[str], typer.Option(help="A seat, as office:organisation.")],
    alternate: Annotated[
        list[str] | None, typer.Option(help="A seat and who sat in it: seat=office.")
    ] = None,
) -> None:
    """Record who was there; seats that are not named were absent."""
    rows = {seat: Attendance(Presence.PRESENT) for seat in present}
    for pair in alternate or []:
        seat, _, office = pair.partition("=")
        rows[seat] = Attendance(Presence.ALTERNATE, office)
    actor = acting(user)
    version = meetings.shown(actor, meeting, civil.day_of(clock.now())).meeting.version
    operations.attend(actor=actor, meeting=meeting, version=version, rows=rows, at=clock.now())


@commands.command()
def close(
    meeting: UUID,
    user: User,
    minutes: Annotated[
        typer.FileText | None, typer.Option(help="Else written from what happened.")
    ] = None,
) -> None:
    """Close a meeting with its minutes."""
    actor, today = acting(user), civil.day_of(clock.now())
    version = meetings.shown(actor, meeting, today).meeting.version
    text = minutes.read() if minutes else ""
    operations.hold(actor=actor, meeting=meeting, version=version, minutes=text, at=clock.now())
    typer.echo(meetings.shown(actor, meeting, today).meeting.minutes)


@commands.command()
def cancel(meeting: UUID, user: User, why: Annotated[str, typer.Option()]) -> None:
    """Cancel a meeting that has not been held."""
    actor = acting(user)
    version = meetings.shown(actor, meeting, civil.day_of(clock.now())).meeting.version
    planning.cancel_meeting(
        actor=actor, meeting=meeting, version=version, why=why, at=clock.now()
    )


@commands.command(name="set-action")
def set_action(
    meeting: UUID, what: str, user: User, owner: Annotated[str, typer.Option()], due: Day
) -> None:
    """Set an office of the board something to do."""
    typer.echo(
        operations.set_action(
            actor=acting(user),
            meeting=meeting,
            what=what,
            owner=owner,
            due_on=due,
            at=clock.now(),
        )
    )


@commands.command()
def actions(user: User) -> None:
    """The actions that you may see: open ones first, by the day on which they are due."""
    for each in set_here.actions(acting(user), civil.day_of(clock.now())):
        late = f" by {each.days_late} working days" if each.days_late else ""
        typer.echo(
            f"{each.row.pk}  {each.standing.value}{late}  {each.row.due_on}  {each.row.owner}"
            f"  {each.row.what}"
        )


@commands.command(name="end-action")
def end_action(
    action: UUID,
    user: User,
    said: Annotated[str, typer.Option(help="What was done, or why it is dropped.")],
    state: ActionState = ActionState.DONE,
) -> None:
    """Say that an action is done, or dropped."""
    actor = acting(user)
    version = set_here.action(actor, action).version
    operations.end_action(
        actor=actor, action=action, version=version, state=state, said=said, at=clock.now()
    )
