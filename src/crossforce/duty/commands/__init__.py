"""Duties on the command line. Every command acts as an account, in one of its postings.

A part is a module with a Typer named `commands`; it is listed here.
"""

import typer

from crossforce.duty.commands import board, card, cover, entries, exporting, fairness, importing
from crossforce.duty.commands.options import IN_PART, REFUSED

__all__ = ["IN_PART", "REFUSED", "commands"]

commands = typer.Typer(name="duty", help="Who is on duty, and who answers for them.")
for part in (importing, exporting, entries, board, card, fairness):
    commands.registered_commands.extend(part.commands.registered_commands)
commands.add_typer(cover.commands)
