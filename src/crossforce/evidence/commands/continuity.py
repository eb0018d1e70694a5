"""What was done with an exhibit."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from pydantic import TypeAdapter

from crossforce.evidence import queries
from crossforce.evidence.commands.options import Exhibit
from crossforce.evidence.operations import continuing
from crossforce.evidence.operations.continuing import Done
from crossforce.evidence.queries.naming import named
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()

NOT_JUDGED = 3
"""The exit code where the actor may not read what continuity is judged by."""
DONE = TypeAdapter(Done)


@commands.command()
def continuity(exhibit: Exhibit, user: User) -> None:
    """What was done with an exhibit, as JSON, and where its continuity is broken. Exit code 1 when it is; 3 where you may not read it."""
    actor = acting_as(user)
    found = queries.continuity_of(actor, named(actor, exhibit))
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
    actor = acting_as(user)
    key = named(actor, exhibit)
    try:
        done = DONE.validate_python(json.load(entry) | {"exhibit": key})
    except (ValueError, TypeError) as fault:
        raise typer.BadParameter(str(fault)) from fault
    made = continuing.note(actor=actor, done=done, at=clock.now())
    typer.echo(f"{made.number}  {made.act}  sha-256 {made.digest}")
