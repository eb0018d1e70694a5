"""Digital originals: sent, fetched, looked into."""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Protocol
from uuid import UUID

import typer

from crossforce.evidence import queries
from crossforce.evidence.choices import LARGEST
from crossforce.evidence.commands.options import Exhibit
from crossforce.evidence.models import Item
from crossforce.evidence.operations import inspecting, opening, receiving, viewing
from crossforce.evidence.operations.receiving import Sent
from crossforce.evidence.queries.naming import named
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import Actor, acting_as

commands = typer.Typer()

PART = 4 * 1024 * 1024


class Digest(Protocol):
    """What is taken of bytes as they pass."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


@commands.command()
def items(exhibit: Exhibit, user: User) -> None:
    """The digital originals of an exhibit, as JSON."""
    actor = acting_as(user)
    found = queries.opened(actor, named(actor, exhibit)).items
    shown = ("name", "size", "media_type", "sha256", "blake3", "cut_from", "decision")
    at = clock.now()
    told = [
        {"id": str(row.pk), "state": row.state_at(at)}
        | {"derived_from": str(row.derived_from) if row.derived_from else None}
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
    """Keep a file as an original of an exhibit. Sent again after an interruption it goes on where it was. Exit code 1 when what is kept is not the file."""
    actor, size = acting_as(user), file.stat().st_size
    key = named(actor, exhibit)
    row, offset, total = _going_on(actor, key, file, size)
    if row is None:
        sent = Sent(key, file.name, size)
        row = receiving.begin(actor=actor, sent=sent, at=clock.now())
    if not row.is_kept:
        row = receiving.receive(
            actor=actor,
            item=row.pk,
            offset=offset,
            parts=_parts(file, offset, total),
            at=clock.now(),
        )
    typer.echo(f"{row.pk}  {row.size:,} bytes  {row.media_type}  sha-256 {row.sha256}")
    if row.sha256 != total.hexdigest():
        typer.echo(f"{file} is not what is kept: it changed while it was sent.", err=True)
        raise typer.Exit(code=1)


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


@commands.command("viewing-copy")
def viewing_copy(
    item: Annotated[UUID, typer.Argument(help="The identifier of the film or sound.")],
    user: User,
    to: Annotated[
        Path | None, typer.Option(help="Write it here too; nothing may be there.")
    ] = None,
) -> None:
    """Make the viewing copy of a film or sound that browsers do not play, where there is none yet. Exit code 1 when it cannot be made."""
    actor = acting_as(user)
    viewing.ask(actor=actor, item=item, at=clock.now())
    viewing.make_next(item=item)
    row = queries.item_of(actor, item)
    copy = viewing.of(actor, row)
    if copy is None or not copy.is_made:
        typer.echo((copy and copy.why_not) or "It is being made.", err=True)
        raise typer.Exit(code=1)
    if to:
        _, reading, span = viewing.play(actor=actor, item=item, asked="", at=clock.now())
        with to.open("xb") as written:
            written.writelines(reading.parts(span.start, span.length))
    typer.echo(f"{copy.made_size:,} bytes  {copy.media_type}  sha-256 {copy.sha256}")


@commands.command()
def inside(
    item: Annotated[UUID, typer.Argument(help="The identifier of the original.")],
    user: User,
    to: Annotated[
        Path | None,
        typer.Option(help="Write the small picture of it here; nothing may be there."),
    ] = None,
) -> None:
    """What an image, PDF, office document, film, recording or e-mail tells of itself, as JSON: each fact with how sure it is."""
    _, found = inspecting.look_into(actor=acting_as(user), item=item, at=clock.now())
    if to and found.picture:
        with to.open("xb") as written:
            written.write(found.picture)
    told = {"facts": [asdict(each) for each in found.facts], "why_not": found.why_not}
    json.dump(told, sys.stdout, indent=2, ensure_ascii=False)
    typer.echo()


def _going_on(
    actor: Actor, exhibit: UUID, file: Path, size: int
) -> tuple[Item | None, int, Digest]:
    """What the actor began of this very file, if anything: how much came, and the digest of that."""
    for row in queries.opened(actor, exhibit).items:
        is_same = (row.name, row.size, row.created_by) == (file.name, size, actor.reference)
        if not (is_same and row.is_arriving(clock.now())):
            continue
        offset, came = receiving.came(actor=actor, item=row.pk, at=clock.now())
        total = hashlib.sha256()
        for _ in _parts(file, 0, total, offset):
            pass
        if total.hexdigest() == came:
            return row, offset, total
    return None, 0, hashlib.sha256()


def _parts(file: Path, offset: int, total: Digest, end: int = LARGEST) -> Iterator[bytes]:
    """The file from there to its end, or to another: added to the digest as it passes."""
    with file.open("rb") as source:
        source.seek(offset)
        while part := source.read(min(PART, end - source.tell())):
            total.update(part)
            yield part
