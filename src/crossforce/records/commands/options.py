"""Options that the commands of records share."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

import typer

from crossforce.kernel import clock
from crossforce.people import api as people
from crossforce.people.choices import Actor

User = Annotated[
    str, typer.Option("--as", help="Who acts: a user name, or user:office to name the office.")
]
For = Annotated[
    str, typer.Option("--purpose", help="The purpose acted for, such as crime-investigation.")
]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
Fields = Annotated[
    list[str], typer.Option("--field", "-f", help="A field of the kind: name=value. Repeat it.")
]


def acting(user: str, purpose: str) -> Actor:
    """Whom a command acts as, and for which purpose."""
    found: Actor = people.actor_named(user, clock.now())
    return replace(found, purpose=purpose) if purpose else found


def fields_of(given: list[str]) -> dict[str, Any]:
    """`name=value` of each, as an operation takes them."""
    pairs = [each.partition("=") for each in given]
    if wrong := [name for name, sign, _ in pairs if not sign]:
        raise typer.BadParameter(f"write {wrong[0]}=value")
    return {name: value for name, _, value in pairs}


def printed(value: Any) -> None:
    """As JSON, for programs."""
    typer.echo(json.dumps(value, indent=1, default=_plain, ensure_ascii=False))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
