"""Boards and who governs, on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.boards.choices import Cycle
from crossforce.boards.commands.options import (
    Day,
    DayOrNone,
    HourOrNone,
    ToOrNone,
    User,
    acting,
    consent_of,
    written,
)
from crossforce.boards.operations import keeping as operations
from crossforce.boards.operations import own_rules
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.queries import boards, changing, files
from crossforce.kernel import civil, clock

commands = typer.Typer()


@commands.command(name="list")
def listed(user: User, to: ToOrNone = None) -> None:
    """The boards that you may see; with a file, as CSV."""
    if to:
        written(to, files.kept(acting(user), civil.day_of(clock.now())))
        return
    for each in boards.boards(acting(user)):
        typer.echo(f"{each.pk}  {each.code}  {each.title}  {each.cycle}")


@commands.command(name="set-up")
def set_up(
    title: str,
    code: str,
    user: User,
    agreement: str = "",
    reports_to: str = "",
    cycle: Cycle = Cycle.MONTHLY,
    weekday: Annotated[int, typer.Option(min=0, max=4, help="0 is Monday.")] = 1,
    week: Annotated[int, typer.Option(min=1, max=5, help="5 is the last.")] = 1,
    month: Annotated[int, typer.Option(min=1, max=12, help="Of the period.")] = 1,
) -> None:
    """Set up a board of an organisation's code, or of an agreement that is governed jointly."""
    new = NewBoard(title, code, agreement, reports_to, cycle, weekday, week, month)
    typer.echo(operations.set_up(actor=acting(user), new=new, at=clock.now()))


@commands.command()
def agree(
    board: UUID,
    user: User,
    consent: Annotated[
        list[str] | None,
        typer.Option(
            help="The letter of a body that did not answer here, and its day: body=2026-03-27=document."
        ),
    ] = None,
) -> None:
    """Let the own rules that are proposed for a board count, if all its bodies have agreed; record letters with it."""
    actor, given = acting(user), [consent_of(each) for each in consent or ()]
    version = boards.board(actor, board).version
    missing = own_rules.agree(
        actor=actor, board=board, version=version, consents=given, at=clock.now()
    )
    typer.echo(f"waits for {', '.join(missing)}" if missing else "counts from now")


@commands.command(name="take-back")
def take_back(board: UUID, user: User) -> None:
    """Take back the own rules that are proposed for a board."""
    actor = acting(user)
    version = boards.board(actor, board).version
    own_rules.take_back(actor=actor, board=board, version=version, at=clock.now())


@commands.command()
def sitting(board: UUID, user: User, on: DayOrNone = None) -> None:
    """Who sits on a day, and what the board governs then."""
    actor, day = acting(user), on or civil.day_of(clock.now())
    found = boards.sitting(actor, boards.board(actor, board), day)
    for seat in found.seats:
        typer.echo(f"{seat.code}  for {seat.speaks_for or seat.of}")
    for each in found.governs:
        typer.echo(f"governs {each.function} of {each.agreement}: {each.answer.why}")
    if not found.seats:
        typer.echo("nobody sits: on that day it governs nothing that you may see", err=True)


@commands.command()
def governing(agreement: str, function: str, user: User, on: DayOrNone = None) -> None:
    """Who governs a function on a day, and why."""
    day = on or civil.day_of(clock.now())
    found, board = boards.governing_board(acting(user), agreement, function, day)
    joined = " and ".join(found.answer.bodies) or "nobody"
    typer.echo(f"{joined}  ({found.answer.why})")
    if found.answer.undecided:
        typer.echo(found.answer.undecided, err=True)
    if board is not None:
        typer.echo(f"{board.pk}  {board.title}")


@commands.command()
def coming(agreement: str, user: User, on: DayOrNone = None) -> None:
    """What changes in the next twelve months in who governs an agreement."""
    day = on or civil.day_of(clock.now())
    for each in changing.coming(acting(user), [agreement], day):
        joined = " and ".join(each.by.bodies) if each.by else "nobody"
        typer.echo(f"{each.on}  {each.function}  {joined}")


@commands.command()
def plan(
    board: UUID, user: User, months: Annotated[int, typer.Option(min=1, max=36)] = 12
) -> None:
    """Plan the meetings of its cycle ahead; those that stand stay as they are."""
    made = operations.plan_meetings(
        actor=acting(user), board=board, months=months, at=clock.now()
    )
    for each in made:
        typer.echo(each)


@commands.command(name="add-meeting")
def add_meeting(
    board: UUID, user: User, on: Day, place: str = "", begins: HourOrNone = None
) -> None:
    """Add a meeting on a working day."""
    hour = begins.time() if begins else None
    typer.echo(
        operations.add_meeting(
            actor=acting(user), board=board, on=on, place=place, begins=hour, at=clock.now()
        )
    )
