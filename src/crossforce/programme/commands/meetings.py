"""Packs of meetings, and what comes, on the command line."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.finance import api as finance
from crossforce.kernel import civil, clock
from crossforce.kernel.money import in_pounds
from crossforce.kernel.options import fresh
from crossforce.programme.choices import Light
from crossforce.programme.commands.options import User, acting
from crossforce.programme.operations import packs as operations
from crossforce.programme.queries import calendars
from crossforce.programme.queries import dashboard as whole
from crossforce.programme.rules.calendars import feed
from crossforce.programme.views import taking_out, words

commands = typer.Typer()
To = Annotated[
    Path,
    typer.Option("--to", callback=fresh, help="The file to write; one that is there is kept."),
]


@commands.command()
def pack(meeting: UUID, user: User, to: To) -> None:
    """Write the pack of a meeting as a tagged PDF: a disclosure, with its entry."""
    found = operations.draw(acting(user), meeting, _tell)
    with to.open("xb") as target:
        target.write(found.data)
    typer.echo(f"{to}: {len(found.data):,} bytes")


@commands.command()
def calendar(user: User, to: To) -> None:
    """Write what comes as a calendar file (iCalendar), or as CSV to a file that ends in .csv: a disclosure, with its entry."""
    actor, at = acting(user), clock.now()
    if to.suffix.lower() == ".csv":
        taking_out.written(actor, to, taking_out.COMING, lambda: calendars.tabled(actor, at))
        return
    found = calendars.taken_out(actor, at)
    with to.open("xb") as target:
        target.write(feed("Crossforce", found))
    typer.echo(f"{to}: {len(found)} entries")


@commands.command()
def dashboard(user: User) -> None:
    """The whole programme in figures: lights, states, the gravest projects, money."""
    found = whole.dashboard(acting(user), clock.now())
    total = "1 project" if found.projects == 1 else f"{found.projects} projects"
    typer.echo(f"{total}: {_counted(found.by_light.most_common()) or 'none that you may see'}")
    for state, counted in found.by_state.items():
        typer.echo(f"  {words.plain(state)}: {_counted(counted.items())}")
    for row, status in found.worst:
        typer.echo(f"{words.light(status.light):8} {row.title}: {status.reason}")
    _money(found.money)
    stages = ((stage, number) for stage, number in found.stages.items() if number)
    told = ", ".join(f"{words.plain(stage)} {number}" for stage, number in stages)
    typer.echo(f"The register: {told or 'no entry that you may see'}")


def _counted(lights: Iterable[tuple[Light, int]]) -> str:
    return ", ".join(f"{words.light(light)} {number}" for light, number in lights)


def _money(money: finance.Totals) -> None:
    year = f"Money, {civil.years(money.year)}"
    if not money.budgets:
        typer.echo(f"{year}: no budget that you may see")
        return
    told = "1 budget" if money.budgets == 1 else f"{money.budgets} budgets"
    typer.echo(
        f"{year}: {told} of {in_pounds(money.pence)}, spent {in_pounds(money.spent)}"
        + ("" if money.left is None else f", left {in_pounds(money.left)}")
    )
    if money.partial:
        typer.echo(
            f"Of {money.partial} of these budgets not every line is open to you.", err=True
        )


def _tell(what: str, done: int, of: int) -> None:
    typer.echo(f"{min(done + 1, of)} of {of}: {what}", err=True)
