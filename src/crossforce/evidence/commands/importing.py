"""Folders, archives and packages: gone through, and taken in."""

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

from crossforce.evidence.operations import admitting, importing, sources, unpacking
from crossforce.evidence.operations.admitting import Into
from crossforce.evidence.operations.importing import Became, Import, Outcome
from crossforce.evidence.queries.naming import named
from crossforce.evidence.rules import listing
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import Actor, acting_as
from crossforce.records import api as records
from crossforce.records.choices import Purpose

commands = typer.Typer()
SOME_REFUSED, FAULTY = 1, 2
OTHER_MANIFEST: Final = (
    "A manifest.csv lies in it and is a file like any other: --manifest names another."
)
UNASKED: Final = (
    "A manifest.csv lies in it and is a file like any other: --by-manifest goes by it."
)
PURPOSE: Final = Purpose.JUSTICE
Rehearsal = Annotated[
    bool,
    typer.Option("--rehearsal", help="Keep nothing: only say what would become of each file."),
]


@commands.command(name="import")
def import_(
    path: Annotated[Path, typer.Argument(exists=True, help="A folder, or an archive; or a BagIt bag or OCFL, as a folder or ZIP file.")],
    user: User,
    exhibit: Annotated[
        str | None, typer.Option(help="The exhibit of all files that no manifest or package names.")
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="By default the manifest.csv at its top, if there is one."),
    ] = None,
    collection: Annotated[str, typer.Option(help="Where new exhibits go, such as unit:…")] = "",
    marking: Annotated[str, typer.Option(help="How new exhibits are marked, unless the manifest says.")] = "OFFICIAL",
    policing: Annotated[list[Purpose] | None, typer.Option("--held-for", help=f"A policing purpose of new exhibits, by default {PURPOSE}. Repeat it.")] = None,
    is_rehearsal: Rehearsal = False,
) -> None:  # fmt: skip
    """Take in a folder or archive, by a manifest or as originals of one exhibit; a bag or OCFL once all of it is found right. Begun again it goes on where it was. Exit code 1 when a file is refused, 2 when the manifest has faults."""
    actor = acting_as(user)
    place = records.Place(actor.organisation, collection, marking=marking)
    key = named(actor, exhibit) if exhibit else None
    purposes = tuple(each.value for each in policing or [PURPOSE])
    if manifest is None and admitting.is_package(path):
        _admitted(actor, path, Into(place, purposes, key), is_rehearsal=is_rehearsal)
        return
    source = sources.of_folder(path) if path.is_dir() else sources.of_file(path)
    read = listing.read(manifest.read_bytes()) if manifest else importing.manifest_in(source)
    if exhibit is None and read is None:
        raise typer.BadParameter("name an --exhibit, or a --manifest that names them")
    wanted = Import(source, key, read, place, purposes, is_within=manifest is None)
    raise typer.Exit(
        code=_taken(
            actor, wanted, OTHER_MANIFEST if manifest else "", is_rehearsal=is_rehearsal
        )
    )


def _admitted(actor: Actor, package: Path, into: Into, *, is_rehearsal: bool) -> None:
    """A line of JSON for each exhibit, as it is added or would be."""
    if is_rehearsal:
        for each in admitting.rehearse(actor=actor, package=package, into=into):
            typer.echo(json.dumps(asdict(each), ensure_ascii=False))
        return
    for done in admitting.admit(actor=actor, package=package, into=into, now=clock.now):
        row = done.exhibit
        told = {
            "exhibit": str(row.pk),
            "exhibit_reference": row.exhibit_reference,
            "taken": len(done.items),
            "there": done.there,
        }
        typer.echo(json.dumps(told, ensure_ascii=False))


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
    """Take in what lies in an archive that is kept as an original, beside it. Begun again it goes on where it was. Exit code 1 when a file is refused, 2 when the manifest has faults."""
    actor = acting_as(user)
    found = unpacking.opened(actor=actor, item=item, at=clock.now(), by_manifest=by_manifest)
    told = "" if by_manifest else UNASKED
    raise typer.Exit(code=_taken(actor, found.wanted, told, is_rehearsal=is_rehearsal))


def _taken(actor: Actor, wanted: Import, passed_over: str, *, is_rehearsal: bool) -> int:
    """The faults of its manifest, then each file; answers the exit code. With faults nothing is taken in, and only a rehearsal goes on.

    `passed_over` is said where a manifest lies in it by which nobody goes.
    """
    faults = wanted.listing.faults if wanted.listing else []
    for fault in faults:
        typer.echo(f"manifest line {fault.line}  {fault.column}  {fault.why}", err=True)
    if faults and not is_rehearsal:
        return FAULTY
    outcomes = importing.take_in(
        actor=actor, wanted=wanted, at=clock.now(), is_rehearsal=is_rehearsal
    )
    is_some_refused = _told(outcomes, passed_over)
    return FAULTY if faults else SOME_REFUSED * is_some_refused


def _told(outcomes: Iterator[Outcome], passed_over: str) -> bool:
    """A line of JSON for each file as it is done, and the sum of them; answers whether any is refused."""
    number, has_manifest = Counter[Became](), False
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Files", total=None)
        for each in outcomes:
            number[each.became] += 1
            has_manifest |= each.name == listing.NAME
            json.dump(asdict(each), sys.stdout, default=str, ensure_ascii=False)
            typer.echo()
            progress.update(task, advance=1, description=f"{each.name[-40:]}")
    typer.echo(
        ", ".join(f"{count:,} {became}" for became, count in sorted(number.items())), err=True
    )
    if has_manifest and passed_over:
        typer.echo(passed_over, err=True)
    return bool(number[Became.REFUSED])
