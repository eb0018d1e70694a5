"""Nominals on the command line. A part is a module with a Typer named `commands`; it is listed here."""

import typer

from crossforce.nominals.commands import (
    alerts,
    indexing,
    interests,
    loading,
    matching,
    person,
    searching,
)

__all__ = ["commands"]

commands = typer.Typer(name="nominals", help="People, things and places that forces know.")
for part in (searching, person, alerts, interests, matching, loading, indexing):
    commands.registered_commands.extend(part.commands.registered_commands)
