"""Minimum cover on the command line."""

from datetime import time
from typing import Annotated, Final
from uuid import UUID

import typer

from crossforce.duty import queries
from crossforce.duty.commands.options import User, acting
from crossforce.duty.operations import cover as operations
from crossforce.duty.operations.cover import NewCover
from crossforce.duty.queries import cover as covers
from crossforce.duty.rules.board import Gap
from crossforce.kernel import civil, clock

commands = typer.Typer(
    name="cover", help="What units need at least, and when there are too few."
)


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give a time of day as 07:00") from None


Clock = Annotated[time, typer.Option(parser=_time, metavar="HH:MM")]
Least = Annotated[int, typer.Option("--at-least", min=1, max=9_999)]
Days = Annotated[str, typer.Option("--days", help="1 is Monday, 7 is Sunday.")]
Skill = Annotated[str | None, typer.Option(help="Count only who has it; '' is anybody.")]
Authority = Annotated[str | None, typer.Option(help="Count only who has it; '' is anybody.")]
EVERY: Final = "1234567"


def _name(each: covers.Needed | Gap) -> str:
    return " ".join(filter(None, (each.unit, each.function, each.skill, each.authority)))


@commands.command(name="list")
def listed(user: User, unit: str = "", function: str = "") -> None:
    """What units need."""
    for each in covers.cover(acting(user), queries.Filter(unit=unit, function=function)):
        name = _name(each)
        typer.echo(
            f"{name}: {each.minimum} on {each.weekdays}, {each.begins:%H:%M} to {each.ends:%H:%M}"
            f"  {each.id} v{each.version}"
        )


@commands.command()
def gaps(
    user: User,
    ahead: Annotated[int, typer.Option(min=1, max=covers.MOST_DAYS, help="Days.")] = 7,
    unit: str = "",
    function: str = "",
) -> None:
    """When there will be too few, of those whom you may see."""
    wanted = queries.Filter(unit=unit, function=function)
    short = covers.shortfalls(acting(user), clock.now(), ahead, wanted)
    for gap in short.gaps:
        name = _name(gap)
        begins, ends = (e.astimezone(civil.LONDON) for e in (gap.starts_at, gap.ends_at))
        until = f"{ends:%Y-%m-%d %H:%M}{' or later' if gap.is_open else ''}"
        typer.echo(f"{begins:%Y-%m-%d %H:%M} to {until}  {name}: {gap.has} of {gap.minimum}")
    for each in short.hidden:
        typer.echo(f"{each}: left out, you may not see all of its duties", err=True)
    for each in short.untold:
        typer.echo(f"{each}: not told, you may not read who has what it needs", err=True)
    for each, ended in sorted(short.told_until.items()):
        said = f"{ended.astimezone(civil.LONDON):%Y-%m-%d %H:%M}"
        typer.echo(f"{each}: told until {said}, you may not see all of it from then", err=True)


@commands.command(name="set")
def set_cover(
    unit: str,
    user: User,
    begins: Clock,
    ends: Clock,
    minimum: Least,
    function: str = "",
    days: Days = EVERY,
    skill: Skill = None,
    authority: Authority = None,
) -> None:
    """Say what a unit needs."""
    new = NewCover(unit, function, days, begins, ends, minimum, skill or "", authority or "")
    typer.echo(operations.set_cover(actor=acting(user), new=new, at=clock.now()))


@commands.command()
def change(
    cover: UUID,
    user: User,
    minimum: Annotated[int | None, typer.Option("--at-least", min=1, max=9_999)] = None,
    begins: Annotated[time | None, typer.Option(parser=_time, metavar="HH:MM")] = None,
    ends: Annotated[time | None, typer.Option(parser=_time, metavar="HH:MM")] = None,
    days: Annotated[str, typer.Option("--days", help="1 is Monday, 7 is Sunday.")] = "",
    skill: Skill = None,
    authority: Authority = None,
) -> None:
    """Say it anew; what is not given stays."""
    actor = acting(user)
    row = covers.one_cover(actor, cover)
    new = NewCover(
        row.unit,
        row.function,
        days or row.weekdays,
        begins or row.begins,
        ends or row.ends,
        minimum or row.minimum,
        row.skill if skill is None else skill,
        row.authority if authority is None else authority,
    )
    operations.change_cover(
        actor=actor, cover=cover, version=row.version, new=new, at=clock.now()
    )
