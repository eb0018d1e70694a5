"""Linking people and reviewing matches on the command line."""

import pkgutil
from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.progress import Progress, TaskID

from crossforce.kernel import civil, clock
from crossforce.kernel.options import User
from crossforce.nominals.choices import Act, Lean
from crossforce.nominals.commands.searching import line
from crossforce.nominals.jobs.linking import ENGINE
from crossforce.nominals.operations import matching as operations
from crossforce.nominals.queries import matching as reads
from crossforce.nominals.queries import reviewing
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command()
def link(
    go_on: Annotated[
        bool, typer.Option("--go-on", help="Go on with a linking that was cut short.")
    ] = False,
    cluster: Annotated[
        str,
        typer.Option(
            help="Find the pairs on the Spark cluster at this address (spark://host:port), not here.",
        ),
    ] = "",
) -> None:
    """Learn from all records of people, and link them all anew; what waits for a look is filed."""
    with Progress(transient=True) as shown:
        tasks: dict[str, TaskID] = {}

        def tell(doing: str, done: int, about: int) -> None:
            if doing not in tasks:
                tasks[doing] = shown.add_task(doing, total=about)
            shown.update(tasks[doing], completed=done, total=about)

        found = pkgutil.resolve_name(ENGINE).rebuild(tell, goes_on=go_on, cluster=cluster)
    typer.echo(f"{found:,} pairs may be of one person.")


@commands.command()
def matches(
    user: User,
    state: Annotated[
        str, typer.Option(help=f"How they stand: {', '.join(reads.STATES)}.")
    ] = reads.WAITING,
    lean: Annotated[
        Lean | None, typer.Option(help="What the weight asks for; without it, either.")
    ] = None,
    page: Annotated[int, typer.Option(min=1)] = 1,
) -> None:
    """List pairs of records that may be of one person, of which you may read both."""
    if state not in reads.STATES:
        raise typer.BadParameter(f"There are: {', '.join(reads.STATES)}.")
    found = reads.listed(acting_as(user), state=state, lean=lean or "", page=page)
    for each in found.pairs:
        _say(each)
    typer.echo(f"{'More than ' * found.is_more}{found.total} pairs.")


@commands.command(name="match-next")
def following(
    user: User,
    after: Annotated[
        str, typer.Option(help="Go on after this; it is printed with each two.")
    ] = "",
) -> None:
    """Say which two records are to be looked at next: what waits for a second person first, then by weight."""
    found = reviewing.upcoming(acting_as(user), reviewing.Position.read(after))
    if found is None:
        typer.echo("No two records wait that you may both read.")
        return
    _say(found[0])
    typer.echo(f"after: {found[1]}")


def _say(pair: reads.Pair) -> None:
    weight = "" if pair.weight is None else f"{pair.weight:.1f}"
    typer.echo(f"{pair.one.id} {pair.other.id}  {weight} {pair.lean}")
    for seen in (pair.one, pair.other):
        typer.echo(f"  {line(seen)}")


def _say_steps(evidence: Iterable[Mapping[str, Any]]) -> None:
    for each in evidence:
        typer.echo(f"  {each['bits']:+6.1f}  {each['words']}")


@commands.command(name="match")
def decide(
    one: UUID,
    other: UUID,
    user: User,
    act: Annotated[
        Act | None, typer.Argument(help="What you decide; without it, why they may be one.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; needed to refuse or to withdraw.")] = "",
) -> None:
    """Say why two records may be of one person, or decide whether they are."""
    actor = acting_as(user)
    pair = reads.pair(actor, one, other)
    if act is None:
        for seen in (pair.one, pair.other):
            typer.echo(line(seen))
        _say_steps(pair.likeness.evidence if pair.likeness else ())
        for kept in pair.weighed:
            weight = "nothing" if kept.weight is None else f"{kept.weight:.1f}"
            at = f"{civil.day_of(kept.acted_at)} {civil.time_of_day(kept.acted_at)}"
            typer.echo(f"When it was {kept.state}, {at}: {weight}")
            _say_steps(kept.evidence)
        typer.echo(f"It stands as {pair.state}.")
        return
    version = pair.match.version if pair.match else 0
    row = operations.decide(
        actor=actor,
        one=one,
        other=other,
        act=act,
        reason=reason,
        version=version,
        at=clock.now(),
    )
    typer.echo(f"It stands as {row.state}.")
