"""Savings programmes on the command line."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from crossforce.benefits.commands.options import User, acting
from crossforce.benefits.queries import savings as queries
from crossforce.benefits.views.savings import LISTED, listed_out
from crossforce.kernel import civil, clock
from crossforce.kernel.money import in_pounds
from crossforce.kernel.options import fresh
from crossforce.kernel.web import downloads
from crossforce.records import api as records

commands = typer.Typer()


@commands.command()
def programmes(
    user: User,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            callback=fresh,
            help="Write them to this file, as CSV; one that is there is kept.",
        ),
    ] = None,
) -> None:
    """The savings programmes that there are, each with its light of today."""
    actor, on = acting(user), civil.day_of(clock.now())
    if to:
        out = records.marked_table(actor, to.stem, LISTED, partial(listed_out, actor, on))
        downloads.write(to, out.columns, out.rows)
        return
    for each in queries.listed(actor, on):
        stands = each.so_far
        typer.echo(
            f"{each.code}  {each.signal.light}  {in_pounds(stands.target)} to be saved,"
            f" {in_pounds(stands.come)} realised or sure, gap {in_pounds(stands.gap)}"
        )


@commands.command()
def savings(programme: str, user: User) -> None:
    """One programme: each force by year with its gap, every area, posts at risk."""
    found = queries.programme(acting(user), programme, civil.day_of(clock.now()))
    stands = found.so_far
    typer.echo(f"{found.signal.light}: {found.signal.words}")
    typer.echo(f"together: target {in_pounds(stands.target)}, gap {in_pounds(stands.gap)}")
    for each, target in zip(found.lines, found.targets, strict=True):
        typer.echo(
            f"{each.force} {civil.years(each.year)}: target {in_pounds(each.target)}, realised"
            f" {in_pounds(each.realised)}, forecast {in_pounds(each.forecast)} (counts"
            f" {in_pounds(each.counted)}), gap {in_pounds(each.gap)}, so far {in_pounds(each.gap_so_far)}"
            f" ({'; '.join(filter(None, (target.title, target.source, target.agreement)))})"
        )
    for areas in found.areas:
        said = areas.answer.signal
        typer.echo(f"{civil.years(areas.year)} {said.light}: {said.words}")
    for posts in found.posts:
        if posts.breach:
            typer.echo(posts.breach, err=True)
    for doubt in found.doubts:
        typer.echo(doubt, err=True)
