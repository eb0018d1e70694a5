"""Benefits on the command line. Every command acts as an account, in one of its postings."""

import typer

from crossforce.benefits.commands import benefits, savings

__all__ = ["commands"]

commands = typer.Typer(
    name="benefits", help="What collaborations promised, and what came of it."
)
for part in (benefits, savings):
    commands.registered_commands.extend(part.commands.registered_commands)
