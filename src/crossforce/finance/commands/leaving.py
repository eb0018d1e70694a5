"""The price of leaving on the command line."""

from datetime import date
from functools import partial
from typing import Annotated

import typer

from crossforce.finance.commands.options import NewFile, ToFile, User, acting
from crossforce.finance.operations import pricing
from crossforce.finance.queries import exits, joining
from crossforce.finance.views import files, settled
from crossforce.kernel import civil, clock
from crossforce.kernel.money import in_pounds
from crossforce.kernel.options import day
from crossforce.records import api as records

commands = typer.Typer()
FIRST, LAST = date(1990, 1, 1), date(2150, 12, 31)


def _counted(text: str) -> date:
    """A day of which money can be told, as over the API."""
    if not FIRST <= (on := day(text)) <= LAST:
        raise typer.BadParameter(f"give a day from {FIRST} to {LAST}")
    return on


Notice = Annotated[
    date | None,
    typer.Option("--notice-on", parser=_counted, metavar="YYYY-MM-DD", help="Else today."),
]


@commands.command()
def leaving(
    agreement: str,
    user: User,
    notice_on: Notice = None,
    to: ToFile = None,
    by_part: Annotated[
        bool, typer.Option("--by-part", help="With --to: a row for each part of each price.")
    ] = False,
) -> None:
    """What leaving costs everybody who takes part, each as if it alone left."""
    if by_part and not to:
        raise typer.BadParameter(
            "It says what the file of --to holds. Name one.", param_hint="--by-part"
        )
    on = notice_on or civil.day_of(clock.now())
    actor, at = acting(user), clock.now()
    if to:
        ask = partial(exits.prices_taken_out, actor, agreement, on, at)
        columns = files.PARTS if by_part else files.PRICES
        files.write(actor, to, columns, lambda: files.in_parts(ask()) if by_part else ask())
        return
    found = exits.leaving(actor, agreement, on, at)
    for force, price in sorted(found.prices.known.items()):
        typer.echo(f"{force}: {in_pounds(price.pence)}, last day {price.leave.last_day}")
        for line in price.lines:
            typer.echo(f"  {line.item.value}: {in_pounds(line.pence)}  {line.words}")
        for each in price.unknown:
            typer.echo(f"  not counted: {each}", err=True)
    for force, reason in sorted(found.prices.unknown.items()):
        typer.echo(f"{force}: {reason}", err=True)


@commands.command(name="buying-in")
def buying_in(
    agreement: str,
    user: User,
    since: Annotated[
        date | None,
        typer.Option("--from", parser=_counted, metavar="YYYY-MM-DD", help="Else today."),
    ] = None,
) -> None:
    """What whoever joins from a day on pays for its part of what was bought, and what the others get back."""
    at = clock.now()
    found = joining.buying_in(acting(user), agreement, since or civil.day_of(at), at)
    if not found:
        typer.echo("Nobody joins others by what is signed.")
    for each in found:
        typer.echo(
            f"{each.on}: {', '.join(each.joiners)} joins; bought together: {in_pounds(each.worth)}"
        )
        for force, pence in each.pence.items():
            typer.echo(f"  {force}: {in_pounds(pence)}")
        if each.why_not:
            typer.echo(f"  cannot be said: {each.why_not}", err=True)
        elif each.untold:
            typer.echo(f"  {each.untold}", err=True)


@commands.command()
def settlement(
    agreement: str,
    force: str,
    file: NewFile,
    user: User,
    notice_on: Notice = None,
) -> None:
    """Write the settlement of one force's leave as a PDF."""
    at = clock.now()
    on = notice_on or civil.day_of(at)
    actor = acting(user)
    ask = partial(exits.settlement_taken_out, actor, agreement, force, on, at)
    found, marking = records.marked(actor, ask)
    with file.open("xb") as opened:
        opened.write(settled.paper(found, marking, on, at))
    typer.echo(
        f"{force}: {in_pounds(found.price.pence)}, last day {found.price.leave.last_day}"
    )


@commands.command(name="keep-prices")
def keep_prices(agreement: str, user: User) -> None:
    """Work the prices of leaving out for today, and keep them."""
    done = pricing.keep_prices(actor=acting(user), agreement=agreement, at=clock.now())
    typer.echo(f"{len(done)} prices kept")
