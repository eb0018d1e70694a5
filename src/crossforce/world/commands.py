"""The demonstration world on the command line."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.progress import Progress

from crossforce.kernel import clock, serving
from crossforce.kernel.refusals import Refused
from crossforce.world import operations

console = Console()
commands = typer.Typer(name="world", help="The demonstration world.")


@commands.callback()
def world() -> None:
    """The demonstration world."""


@commands.command()
def load() -> None:
    """Load what of the demonstration world is missing; what is there is left alone."""
    _require_demonstration()
    serving.load_parts()


@commands.command()
def people(
    lives: Annotated[
        int | None, typer.Option(min=1, help="So many people, by the fifty.")
    ] = None,
    everybody: Annotated[bool, typer.Option("--all", help="All 60,000.")] = False,
    write: Annotated[
        Path | None,
        typer.Option(
            help="Write the forces' exports into this folder, and who is who; load nothing."
        ),
    ] = None,
) -> None:
    """Load invented people as eight forces would know them; what is in already is left as it is."""
    settled = operations.lists().settings
    number = lives or settled["people" if everybody else "share"]
    if write is not None:
        for path in operations.write_out(write, lives=number):
            console.print(path, highlight=False)
        return
    _require_demonstration()
    with Progress(console=console) as progress:
        brought = operations.bring_in(progress, lives=number, at=clock.now())
    for each in brought:
        console.print(f"{each.force}: {each.rows:,} rows, {each.written:,} new or changed")


def _require_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise Refused(
            "The demonstration world is only loaded where CROSSFORCE_DEMONSTRATION is on."
        )
