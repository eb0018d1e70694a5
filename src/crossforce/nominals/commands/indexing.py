"""The search index on the command line, for whoever runs the installation."""

import typer
from rich.progress import Progress

from crossforce.nominals.operations import indexing
from crossforce.nominals.searching.generations import Merging

commands = typer.Typer()


@commands.command(name="search-rebuild")
def rebuild() -> None:
    """Make the search index anew from all that is held; the one that stands answers meanwhile."""
    with Progress(transient=True) as shown:
        task = shown.add_task("Search index", total=None)
        try:
            done = indexing.rebuild(
                lambda done, about: shown.update(task, completed=done, total=about)
            )
        except Merging:
            typer.echo(
                "Somebody makes or merges the index just now: try again later.", err=True
            )
            raise typer.Exit(1) from None
    typer.echo(f"{done:,} records can be found.")
