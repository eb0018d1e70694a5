"""Evidence on the command line. Every command acts as an account, in one of its postings."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.evidence import queries
from crossforce.evidence.operations import opening, receiving
from crossforce.evidence.operations.receiving import Sent
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer(name="evidence", help="Digital evidence: its originals.")
PART = 4 * 1024 * 1024
Exhibit = Annotated[UUID, typer.Argument(help="The identifier of the exhibit.")]


@commands.command()
def items(exhibit: Exhibit, user: User) -> None:
    """The digital originals of an exhibit, as JSON."""
    found = queries.opened(acting_as(user), exhibit).items
    shown, at = ("name", "size", "media_type", "sha256", "blake3"), clock.now()
    told = [
        {"id": str(row.pk), "state": row.state_at(at)}
        | {each: getattr(row, each) for each in shown}
        for row in found
    ]
    json.dump(told, sys.stdout, indent=2)
    typer.echo()


@commands.command()
def send(
    exhibit: Exhibit,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    user: User,
) -> None:
    """Keep a file as an original of an exhibit. Sent again after an interruption it goes on where it was."""
    actor, size = acting_as(user), file.stat().st_size
    waiting = (
        row
        for row in queries.opened(actor, exhibit).items
        if row.is_arriving(clock.now()) and (row.name, row.size) == (file.name, size)
    )
    sent = Sent(exhibit, file.name, size)
    row = next(waiting, None) or receiving.begin(actor=actor, sent=sent, at=clock.now())
    if not row.is_kept:
        _, offset = receiving.offset_of(actor=actor, item=row.pk, at=clock.now())
        row = receiving.receive(
            actor=actor,
            item=row.pk,
            offset=offset,
            parts=_parts(file, offset),
            at=clock.now(),
        )
    typer.echo(f"{row.pk}  {row.size:,} bytes  {row.media_type}  sha-256 {row.sha256}")


@commands.command()
def fetch(
    item: Annotated[UUID, typer.Argument(help="The identifier of the original.")],
    target: Annotated[Path, typer.Argument(help="The file to write; it must not be there.")],
    user: User,
) -> None:
    """Write an original to a file, proven to be what was kept."""
    row, reading = opening.read_content(
        actor=acting_as(user), item=item, asked="", at=clock.now()
    )
    with target.open("xb") as written:
        written.writelines(reading.parts())
    typer.echo(f"{target}  {row.size:,} bytes  sha-256 {row.sha256}")


def _parts(file: Path, offset: int) -> Iterator[bytes]:
    with file.open("rb") as source:
        source.seek(offset)
        while part := source.read(PART):
            yield part
