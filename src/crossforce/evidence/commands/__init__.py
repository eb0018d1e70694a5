"""Evidence on the command line. Every command acts as an account, in one of its postings.

A part is a module with a Typer named `commands`; it is listed here.
"""

import typer

from crossforce.evidence.bare_commands import HELP
from crossforce.evidence.commands import (
    cases,
    continuity,
    disclosure,
    importing,
    listing,
    originals,
    packages,
    redactions,
    sharing,
)

__all__ = ["commands"]

commands = typer.Typer(name="evidence", help=HELP)
for part in (
    listing,
    originals,
    importing,
    cases,
    continuity,
    disclosure,
    sharing,
    packages,
    redactions,
):
    commands.registered_commands.extend(part.commands.registered_commands)
