"""Evidence on the command line. Every command acts as an account, in one of its postings."""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Protocol
from uuid import UUID

import typer
from pydantic import TypeAdapter

from crossforce.evidence import queries
from crossforce.evidence.choices import LARGEST
from crossforce.evidence.models import Item
from crossforce.evidence.operations import (
    continuing,
    inspecting,
    opening,
    proving,
    receiving,
    sharing,
)
from crossforce.evidence.operations.continuing import Done
from crossforce.evidence.operations.proving import NewPack
from crossforce.evidence.operations.receiving import Sent
from crossforce.evidence.operations.sharing import NewShare
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor, acting_as

commands = typer.Typer(name="evidence", help="Evidence: digital originals, and continuity.")
PART = 4 * 1024 * 1024
NOT_JUDGED = 3
"""The exit code where the actor may not read what continuity is judged by."""
DONE = TypeAdapter(Done)


class Digest(Protocol):
    """What is taken of bytes as they pass."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


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
    """Keep a file as an original of an exhibit. Sent again after an interruption it goes on where it was. Exit code 1 when what is kept is not the file."""
    actor, size = acting_as(user), file.stat().st_size
    row, offset, total = _going_on(actor, exhibit, file, size)
    if row is None:
        sent = Sent(exhibit, file.name, size)
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


@commands.command()
def case(
    reference: Annotated[str, typer.Argument(help="The crime, incident or operation.")],
    user: User,
) -> None:
    """The exhibits of a case and what was done with them, in one order, as JSON."""
    found = queries.case_of(acting_as(user), reference)
    told = [
        {
            "at": each.at,
            "exhibit": each.exhibit.exhibit_reference,
            "id": each.exhibit.pk,
            "what": each.what,
            "who": each.who,
        }
        for each in found.moments
    ]
    whole = {"is_whole": found.is_whole, "unread": found.unread, "moments": told}
    json.dump(whole, sys.stdout, indent=2, default=str)
    typer.echo()


@commands.command()
def continuity(exhibit: Exhibit, user: User) -> None:
    """What was done with an exhibit, as JSON, and where its continuity is broken. Exit code 1 when it is; 3 where you may not read it."""
    found = queries.continuity_of(acting_as(user), exhibit)
    told = {
        "is_judged": found.is_judged,
        "holder": found.custody.holder,
        "to": found.custody.to,
        "seal": found.custody.seal,
        "touches": [row.values() for row in found.touches],
        "breaks": [asdict(each) for each in found.breaks],
    }
    json.dump(told, sys.stdout, indent=2, default=str)
    typer.echo()
    raise typer.Exit(code=int(bool(found.breaks)) if found.is_judged else NOT_JUDGED)


@commands.command()
def touch(
    exhibit: Exhibit,
    entry: Annotated[
        typer.FileText,
        typer.Argument(help="A JSON object as the API takes it; “-” reads it from the input."),
    ],
    user: User,
) -> None:
    """Write down what was done with an exhibit: act, office, happened_at, and other, seal, place, paper, note where they apply."""
    try:
        done = DONE.validate_python(json.load(entry) | {"exhibit": exhibit})
    except (ValueError, TypeError) as fault:
        raise typer.BadParameter(str(fault)) from fault
    made = continuing.note(actor=acting_as(user), done=done, at=clock.now())
    typer.echo(f"{made.number}  {made.act}  sha-256 {made.digest}")


@commands.command()
def inside(
    item: Annotated[UUID, typer.Argument(help="The identifier of the original.")],
    user: User,
    to: Annotated[
        Path | None,
        typer.Option(help="Write the small picture of it here; nothing may be there."),
    ] = None,
) -> None:
    """What an image, PDF or e-mail tells of itself, as JSON: each fact with how sure it is."""
    _, found = inspecting.look_into(actor=acting_as(user), item=item, at=clock.now())
    if to and found.picture:
        with to.open("xb") as written:
            written.write(found.picture)
    told = {"facts": [asdict(each) for each in found.facts], "why_not": found.why_not}
    json.dump(told, sys.stdout, indent=2, ensure_ascii=False)
    typer.echo()


@commands.command()
def proof(
    exhibit: Exhibit,
    recipient: Annotated[str, typer.Option(help="For whom it is.")],
    reason: Annotated[str, typer.Option(help="Why it is made.")],
    to: Annotated[Path, typer.Option(help="Where to write it; nothing may be there.")],
    user: User,
) -> None:
    """Write a proof pack: files, continuity, receipts and instructions, for “evidence verify” on any machine. It is a disclosure."""
    actor, new, at = acting_as(user), NewPack(exhibit, recipient, reason), clock.now()
    with to.open("xb") as written:
        try:
            pack = proving.make(actor=actor, new=new, at=at, settle=partial(_place, at))
            written.writelines(pack.parts())
        except BaseException:
            to.unlink()
            raise
    typer.echo(
        f"{to}  {len(pack.files):,} files, {len(pack.manifest.acts):,} acts of continuity"
    )


@commands.command()
def share(
    item: Annotated[UUID, typer.Argument(help="The identifier of the original.")],
    partner: Annotated[str, typer.Option(help="Shown to, by name.")],
    organisation: Annotated[str, typer.Option(help="Of which organisation they are.")],
    ground: Annotated[str, typer.Option(help="On what ground it is shown.")],
    days: Annotated[int, typer.Option(help="For how many days.")],
    user: User,
) -> None:
    """Show an original by link to somebody without an account; prints the link's path, this once."""
    new = NewShare(item, partner, organisation, ground, days)
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
    shown = ("partner", "organisation", "ground", "expires_at", "recalled_at")
    told = [
        {"id": each.row.pk, "openings": each.openings, "opened_at": each.opened_at}
        | {name: getattr(each.row, name) for name in shown}
        for each in queries.shares_of(acting_as(user), item).rows
    ]
    json.dump(told, sys.stdout, indent=2, default=str, ensure_ascii=False)
    typer.echo()


def _place(at: datetime) -> None:
    """Give entries their places, where no server runs that does; and wait a moment for one that does."""
    ledger.Integrator().run(at=at)
    proving.wait()


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
