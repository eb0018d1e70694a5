"""The programme on the command line. Every command acts as an account, in one of its postings.

A part is a module with a Typer named `commands`; it is listed here.
"""

import typer

from crossforce.programme.commands import (
    importing,
    meetings,
    projects,
    register,
    reports,
    reviews,
)

__all__ = ["commands"]

commands = typer.Typer(name="programme", help="Ideas, collaborations and projects.")
for part in (register, projects, reviews, importing, meetings, reports):
    commands.registered_commands.extend(part.commands.registered_commands)
