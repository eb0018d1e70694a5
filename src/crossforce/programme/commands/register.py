"""The register on the command line."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.kernel.options import fresh
from crossforce.programme.choices import Stage
from crossforce.programme.commands.options import FORMS, User, acting
from crossforce.programme.operations import entries as operations
from crossforce.programme.queries import entries as reads
from crossforce.programme.queries import files, looking
from crossforce.programme.queries.entries import Wanted

commands = typer.Typer()


@commands.command()
def register(
    user: User,
    stage: Annotated[Stage | None, typer.Option()] = None,
    function: str = "",
    holder: str = "",
    stale: Annotated[bool, typer.Option(help="Only what needs a look.")] = False,
    words: Annotated[str, typer.Option(help="Only what says all these words.")] = "",
    region: Annotated[str, typer.Option(help="Only what has a force of this region.")] = "",
    to: Annotated[
        Path | None,
        typer.Option(
            callback=fresh,
            help="Write it to this file, .csv or .xlsx; one that is there is kept.",
        ),
    ] = None,
) -> None:
    """The entries that you may read."""
    actor = acting(user)
    wanted = Wanted(holder, stage or "", function, stale, words, region)
    if to:
        form = to.suffix.removeprefix(".")
        if form not in FORMS:
            raise typer.BadParameter("give a file that ends in .csv or .xlsx")
        with to.open("xb") as opened:
            opened.write(files.register(actor, wanted, clock.now(), form))
        return
    found = reads.entries(actor, wanted, clock.now())
    for each in found.entries:
        mark = "  needs a look" if each.is_stale else ""
        typer.echo(
            f"{each.row.code}  {each.row.title}  ({each.row.stage}, {each.entry.holder})"
            f"  {each.row.pk} v{each.row.version}{mark}"
        )
    numbers = found.numbers
    typer.echo(
        f"{numbers.total} entries, {numbers.protective} protective, {numbers.stale} to be looked at"
    )


@commands.command()
def chase(
    user: User,
    own: Annotated[bool, typer.Option("--own", help="What you are asked yourself.")] = False,
) -> None:
    """Whom to ask about which entries that nobody has looked at for too long."""
    for each in (looking.own if own else reads.chased)(acting(user), clock.now()):
        typer.echo(f"{each.owner or 'nobody'} ({each.holder}):")
        for entry, days in zip(each.entries, each.days, strict=True):
            typer.echo(f"  {entry.reference}  {entry.title}  {days} days overdue")


@commands.command()
def alike(user: User) -> None:
    """Entries that may be one idea twice, the most alike first."""
    for pair in reads.alike(acting(user), clock.now()):
        typer.echo(
            f"{pair.score:3}  {pair.one.reference} ({pair.one.holder}), "
            f"{pair.other.reference} ({pair.other.holder}): {'; '.join(pair.reasons)}"
        )


@commands.command()
def move(entry: UUID, to: Stage, user: User, words: str = "") -> None:
    """Take an entry to another stage; the words are the reason, or what its review concluded."""
    actor = acting(user)
    version = reads.one(actor, entry).version
    operations.move_entry(
        actor=actor, entry=entry, version=version, to=to, words=words, at=clock.now()
    )


@commands.command()
def look(entry: UUID, user: User) -> None:
    """Say that an entry is still right."""
    actor = acting(user)
    version = reads.one(actor, entry).version
    operations.look_at_entry(actor=actor, entry=entry, version=version, at=clock.now())
