"""Folders and archives: gone through, and taken in."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import Progress

from crossforce.evidence.operations import importing, sources, unpacking
from crossforce.evidence.operations.importing import Became, Import, Outcome
from crossforce.evidence.queries.naming import named
from crossforce.evidence.rules import listing
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as
from crossforce.records import api as records

commands = typer.Typer()
SOME_REFUSED: Final = 1
PURPOSE: Final = "bring-offenders-to-justice"
Rehearsal = Annotated[
    bool,
    typer.Option("--rehearsal", help="Keep nothing: only say what would become of each file."),
]


@commands.command(name="import")
def import_(
    path: Annotated[Path, typer.Argument(exists=True, help="A folder, or an archive.")],
    user: User,
    exhibit: Annotated[
        str | None, typer.Option(help="The exhibit of all files that no manifest names.")
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="By default the manifest.csv at its top, if there is one."),
    ] = None,
    collection: Annotated[str, typer.Option(help="Where new exhibits go, such as unit:…")] = "",
    marking: Annotated[str, typer.Option(help="How new exhibits are marked, unless the manifest says.")] = "OFFICIAL",
    purpose: Annotated[str, typer.Option("--held-for", help="The policing purpose of new exhibits.")] = PURPOSE,
    is_rehearsal: Rehearsal = False,
) -> None:  # fmt: skip
    """Take in a folder or archive, by a manifest or as originals of one exhibit. Begun again it goes on where it was. Exit code 1 when a file is refused."""
    actor = acting_as(user)
    source = sources.of_folder(path) if path.is_dir() else sources.of_file(path)
    read = listing.read(manifest.read_bytes()) if manifest else importing.manifest_in(source)
    if exhibit is None and read is None:
        raise typer.BadParameter("name an --exhibit, or a --manifest that names them")
    place = records.Place(actor.organisation, collection, marking=marking)
    key = named(actor, exhibit) if exhibit else None
    wanted = Import(source, key, read, place, (purpose,))
    for fault in read.faults if read else ():
        typer.echo(f"manifest line {fault.line}  {fault.column}  {fault.why}", err=True)
    if read and read.faults and not is_rehearsal:
        raise typer.Exit(code=SOME_REFUSED)
    told = importing.take_in(
        actor=actor, wanted=wanted, at=clock.now(), is_rehearsal=is_rehearsal
    )
    refused = _told(told) or (read is not None and bool(read.faults))
    raise typer.Exit(code=SOME_REFUSED if refused else 0)


@commands.command()
def unpack(
    item: Annotated[UUID, typer.Argument(help="The identifier of the original: an archive or e-mail.")],
    user: User,
    by_manifest: Annotated[
        bool,
        typer.Option("--by-manifest", help="Go by the manifest.csv in it, which whoever made the archive wrote."),
    ] = False,
    is_rehearsal: Rehearsal = False,
) -> None:  # fmt: skip
    """Take in what lies in an archive that is kept as an original, beside it. Begun again it goes on where it was. Exit code 1 when a file is refused."""
    actor, at = acting_as(user), clock.now()
    found = unpacking.opened(actor=actor, item=item, at=at, by_manifest=by_manifest)
    told = importing.take_in(actor=actor, wanted=found.wanted, at=at, is_rehearsal=is_rehearsal)
    raise typer.Exit(code=SOME_REFUSED if _told(told) else 0)


def _told(outcomes: Iterator[Outcome]) -> bool:
    """A line of JSON for each file as it is done, and the sum of them; answers whether any is refused."""
    number = Counter[Became]()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Files", total=None)
        for each in outcomes:
            number[each.became] += 1
            json.dump(asdict(each), sys.stdout, default=str, ensure_ascii=False)
            typer.echo()
            progress.update(task, advance=1, description=f"{each.name[-40:]}")
    typer.echo(
        ", ".join(f"{count:,} {became}" for became, count in sorted(number.items())), err=True
    )
    return bool(number[Became.REFUSED])
