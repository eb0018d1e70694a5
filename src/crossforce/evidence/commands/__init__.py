"""Evidence on the command line. Every command acts as an account, in one of its postings.

A part is a module with a Typer named `commands`; it is listed here.
"""

import typer

from crossforce.evidence.bare_commands import HELP
from crossforce.evidence.commands import (
    annotations,
    cases,
    continuity,
    copies,
    cuts,
    disclosure,
    docks,
    galleries,
    importing,
    listing,
    originals,
    packages,
    redactions,
    sharing,
    subjects,
)

__all__ = ["commands"]

commands = typer.Typer(name="evidence", help=HELP)
for part in (
    listing,
    originals,
    importing,
    docks,
    cases,
    galleries,
    continuity,
    disclosure,
    sharing,
    copies,
    packages,
    redactions,
    cuts,
    subjects,
    annotations,
):
    commands.registered_commands.extend(part.commands.registered_commands)
