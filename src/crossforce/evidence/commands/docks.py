"""Docks of body-worn cameras: a folder watched, and how those stand that the server watches."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crossforce.evidence.operations import docks as reads
from crossforce.intake import api as intake
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as
from crossforce.records.choices import Purpose

commands = typer.Typer()


@commands.command()
def watch(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    user: User,
    sidecar: Annotated[str, typer.Option(help="How the file beside each film ends, such as .json; a film waits for it.")] = "",
    named: Annotated[str, typer.Option(help="A pattern that finds columns in a film's name, such as (?P<seized_by>[0-9]+)_(?P<seized_at>[0-9]{14}).")] = "",
    case: Annotated[str, typer.Option(help="The case of films that name none.")] = "body-worn",
    policing: Annotated[Purpose, typer.Option("--held-for", help="The policing purpose of new exhibits.")] = Purpose.JUSTICE,
    collection: Annotated[str, typer.Option(help="Where new exhibits go, such as unit:…")] = "",
    marking: Annotated[str, typer.Option(help="How new exhibits are marked, unless the film says.")] = "OFFICIAL",
    every: Annotated[float, typer.Option(help="Seconds between two looks.")] = 5.0,
    once: Annotated[bool, typer.Option(help="Take in what lies there, and end.")] = False,
) -> None:  # fmt: skip
    """Take in what comes into the folder of a dock: films with what is said of them, and folders with a manifest.csv.

    What has not changed between two looks goes to `done`, or to `refused` with why. Ctrl-C ends it; what was at work is taken up again.
    """
    said = reads.Said(
        name=folder.name, path=str(folder.absolute()), account=user, sidecar=sidecar, named=named, case=case,
        held_for=(policing,), collection=collection, marking=marking,
    )  # fmt: skip
    acting_as(user)
    dock = said.dock(Path("/"))
    watching = intake.Watch(lambda: [dock], settle=0.0 if once else every)
    looks = refused = 0
    while True:
        for each in watching.look(at=clock.now()):
            typer.echo(f"{each.file}: {each.outcome}")
            refused += dock.is_refused(each.outcome)
        looks += 1
        if once and looks > 1:
            raise typer.Exit(code=1 if refused else 0)
        time.sleep(0.2 if once else every)


@commands.command()
def docks(user: User) -> None:
    """How the docks stand that the server watches: what lies where, and what was refused and why."""
    found = reads.standing(acting_as(user))
    typer.echo(
        json.dumps([asdict(each) for each in found], default=str, ensure_ascii=False, indent=1)
    )
