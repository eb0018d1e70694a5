"""What originals of a case say of their capture."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from crossforce.evidence.operations import previewing
from crossforce.evidence.queries import galleries
from crossforce.evidence.views import captured_files
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()
Reference = Annotated[str, typer.Argument(help="The crime, incident or operation.")]
FORMS = (".csv", ".geojson")


@commands.command()
def gallery(
    reference: Reference,
    user: User,
    page: Annotated[int, typer.Option(min=1, help="Which page of 24.")] = 1,
) -> None:
    """The originals of a case and what they say of their capture, as JSON, those captured first before others."""
    found = galleries.gallery(acting_as(user), reference, page)
    said = (
        "name", "media_type", "looked_at", "captured_at", "captured_clock", "captured_with", "latitude", "longitude",
        "within_metres", "unpictured",
    )  # fmt: skip
    told = [
        {"id": each.row.pk, "exhibit": each.exhibit.exhibit_reference}
        | {name: getattr(each.row, name) for name in said}
        for each in found.rows
    ]
    whole = {"page": found.page, "pages": found.pages, "waiting": found.waiting}
    json.dump(whole | {"originals": told}, sys.stdout, indent=2, default=str)
    typer.echo()


@commands.command("look-into")
def look_into(reference: Reference, user: User) -> None:
    """Look into the originals of a case that nobody looked into, and keep what they say of their capture, with a preview."""
    actor, done = acting_as(user), 0
    while True:
        found = previewing.go_on(actor=actor, reference=reference, at=clock.now())
        done += found.done
        if not found.done or not found.left:
            break
    left = f", {found.left:,} left that you may not change" if found.left else ""
    typer.echo(f"{done:,} looked into{left}")


@commands.command()
def captured(
    reference: Reference,
    user: User,
    to: Annotated[Path, typer.Option(help="A .csv or .geojson file; nothing may be there.")],
) -> None:
    """When, where and with what the originals of a case say that they were captured, as a file with its marking."""
    if to.suffix.lower() not in FORMS:
        raise typer.BadParameter(
            "Name a file that ends in .csv or .geojson.", param_hint="--to"
        )
    captured_files.write(acting_as(user), reference, to)
    typer.echo(str(to))
