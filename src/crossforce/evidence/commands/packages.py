"""Exhibits go out in packages: BagIt and OCFL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.evidence.operations import exporting
from crossforce.evidence.operations.exporting import Export, NewExport
from crossforce.evidence.queries.naming import named
from crossforce.evidence.queries.packages import Wanted
from crossforce.evidence.rules.packages.parts import Form
from crossforce.kernel import clock
from crossforce.kernel.files import places
from crossforce.kernel.options import User, fresh
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command()
def export(
    to: Annotated[
        Path,
        typer.Argument(help="The folder, or the .zip file, to write; it must not be there."),
    ],
    recipient: Annotated[str, typer.Option(help="For whom it is.")],
    reason: Annotated[str, typer.Option(help="Why it is made.")],
    user: User,
    form: Annotated[Form, typer.Option(help="The standard that it keeps to.")] = Form.BAGIT,
    exhibit: Annotated[str | None, typer.Option(help="One exhibit.")] = None,
    case: Annotated[str, typer.Option(help="All of a case: crime, incident, operation.")] = "",
    holder: Annotated[str, typer.Option(help="All that an organisation holds.")] = "",
    after: Annotated[
        UUID | None, typer.Option(help="Go on after this exhibit, as the part before said.")
    ] = None,
) -> None:
    """Write exhibits as a BagIt bag or an OCFL storage root: originals, what they are, and their continuity. It is a disclosure."""
    fresh(to)
    actor = acting_as(user)
    key = named(actor, exhibit) if exhibit else None
    new = NewExport(Wanted(key, case, holder, after), form, recipient, reason)
    made = exporting.make(actor=actor, new=new, at=clock.now())
    written = to.with_name(f".{to.name}.partial")
    _clear(written)
    try:
        (_zipped if to.suffix == ".zip" else _unpacked)(made, written)
        written.rename(to)
    finally:
        _clear(written)
    places.force(to.resolve().parent)
    typer.echo(f"{to}  {len(made.given):,} exhibits, {made.files:,} files, {made.said.marking}")
    if made.said.left:
        typer.echo(f"{made.said.left:,} exhibits are not in it: you may not take them out.")
    if made.said.after:
        typer.echo(f"More follow: go on with --after {made.said.after}")


def _zipped(made: Export, to: Path) -> None:
    _write(to, made.parts())


def _unpacked(made: Export, to: Path) -> None:
    for name, content in made.members():
        path = to / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, iter(content))


def _clear(partial: Path) -> None:
    if partial.is_dir():
        shutil.rmtree(partial)
    partial.unlink(missing_ok=True)


def _write(path: Path, content: Iterator[bytes]) -> None:
    with path.open("xb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())
