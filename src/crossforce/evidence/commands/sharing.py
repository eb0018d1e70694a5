"""Originals shown by link, and proof packs."""

import json
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.evidence import queries
from crossforce.evidence.bare_commands import numbered
from crossforce.evidence.choices import Lasts
from crossforce.evidence.commands.options import Exhibit
from crossforce.evidence.operations import proving, sharing
from crossforce.evidence.operations.proving import NewPack
from crossforce.evidence.operations.sharing import NewShare
from crossforce.evidence.queries.naming import named
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.ledger import api as ledger
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command()
def proof(
    exhibit: Exhibit,
    recipient: Annotated[str, typer.Option(help="For whom it is.")],
    reason: Annotated[str, typer.Option(help="Why it is made.")],
    to: Annotated[Path, typer.Option(help="Where to write it; nothing may be there.")],
    user: User,
    redacted: Annotated[
        bool,
        typer.Option(help="Approved redacted copies in place of the originals that have one."),
    ] = False,
) -> None:
    """Write a proof pack: files, continuity, receipts and instructions, for “evidence verify” on any machine. It is a disclosure."""
    actor, at = acting_as(user), clock.now()
    new = NewPack(named(actor, exhibit), recipient, reason, redacted)
    with to.open("xb") as written:
        try:
            pack = proving.make(actor=actor, new=new, at=at, settle=partial(place, at))
            written.writelines(pack.parts())
        except BaseException:
            to.unlink()
            raise
    typer.echo(
        f"{to}  {numbered(len(pack.files), 'file')}, {numbered(len(pack.manifest.acts), 'act')} of continuity"
    )


@commands.command()
def share(
    item: Annotated[UUID, typer.Argument(help="The identifier of the original.")],
    partner: Annotated[str, typer.Option(help="Shown to, by name.")],
    organisation: Annotated[str, typer.Option(help="Of which organisation they are.")],
    ground: Annotated[str, typer.Option(help="On what ground it is shown.")],
    user: User,
    days: Annotated[int, typer.Option(help="For how many days.")] = 0,
    lasts: Annotated[
        Lasts,
        typer.Option(help="For some days, or until its case is closed or an agreement ends."),
    ] = Lasts.DAY,
    agreement: Annotated[str, typer.Option(help="Which agreement, by its reference.")] = "",
) -> None:
    """Show an original by link to somebody without an account; prints the link's path, this once."""
    new = NewShare(item, partner, organisation, ground, days, lasts, agreement)
    given = sharing.share(actor=acting_as(user), new=new, at=clock.now())
    typer.echo(f"{given.share.pk}  until {given.share.expires_at:%Y-%m-%d %H:%M} UTC")
    typer.echo(f"/evidence/shared/{given.link}/")


@commands.command()
def recall(
    share: Annotated[UUID, typer.Argument(help="The identifier of the share.")],
    user: User,
) -> None:
    """Call a link back: it shows nothing from now on."""
    row = sharing.recall(actor=acting_as(user), share=share, at=clock.now())
    typer.echo(f"{row.pk}  called back {row.recalled_at:%Y-%m-%d %H:%M} UTC")


@commands.command()
def shares(
    item: Annotated[UUID, typer.Argument(help="The identifier of the original.")],
    user: User,
) -> None:
    """The shares of an original by link, and how often each was opened, as JSON."""
    shown = (
        "partner",
        "organisation",
        "ground",
        "lasts",
        "agreement",
        "expires_at",
        "recalled_at",
    )
    told = [
        {"id": each.row.pk, "openings": each.openings, "opened_at": each.opened_at}
        | {name: getattr(each.row, name) for name in shown}
        for each in queries.shares_of(acting_as(user), item).rows
    ]
    json.dump(told, sys.stdout, indent=2, default=str, ensure_ascii=False)
    typer.echo()


@commands.command()
def looks(
    share: Annotated[UUID, typer.Argument(help="The identifier of the share.")],
    user: User,
) -> None:
    """Every look by a link, as JSON: when, what went out, and the entry whose receipt proves it."""
    _, found = queries.looks_at(acting_as(user), share)
    told = [{"entry": each.entry, "at": each.at, "part": each.part} for each in found]
    json.dump(told, sys.stdout, indent=2, default=str, ensure_ascii=False)
    typer.echo()


def place(at: datetime) -> None:
    """Give entries their places, where no server runs that does; and wait a moment for one that does."""
    ledger.Integrator().run(at=at)
    proving.wait()
