"""Options that the commands of oversight share."""

from datetime import datetime
from typing import Annotated

import typer

from crossforce.kernel import clock, registry
from crossforce.people.api import Actor

User = Annotated[str, typer.Option("--as", help="Who asks: a user name, or user:office.")]
Json = Annotated[bool, typer.Option("--json", help="For programs, one line for each.")]
MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def acting(user: str) -> Actor:
    """The account, in one of its postings."""
    found: Actor = registry.actor_named(user, clock.now())
    return found
