"""Cases."""

import json
import sys
from typing import Annotated

import typer

from crossforce.evidence import queries
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()


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
