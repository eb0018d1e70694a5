"""The card of command and accountability on the command line."""

import json
import sys
from uuid import UUID

import typer

from crossforce.duty import queries
from crossforce.duty.commands.options import At, Json, User, acting
from crossforce.kernel import clock

commands = typer.Typer()


@commands.command()
def card(duty: UUID, user: User, at: At = None, area: str = "", as_json: Json = False) -> None:
    """Who commands the person on duty, and who answers for what. `area`: the force they are in."""
    now = clock.now()
    found = queries.card(acting(user), duty, at or now, area)
    if as_json:
        lines = [{n: getattr(line, n) for n in line.__slots__} for line in found.lines]
        json.dump({"sentence": found.sentence, "lines": lines}, sys.stdout, indent=2)
        return
    typer.echo(found.sentence)
    for line in found.lines:
        typer.echo(f"{line.question}: {line.name} ({line.ground})")
