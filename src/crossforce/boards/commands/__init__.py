"""Boards on the command line. Every command acts as an account, in one of its postings.

A part is a module with a Typer named `commands`; it is listed here.
"""

import typer

from crossforce.boards.commands import answers, boards, deciding, meetings

__all__ = ["commands"]

commands = typer.Typer(name="boards", help="Who governs, when they meet, what they decide.")
for part in (boards, meetings, deciding, answers):
    commands.registered_commands.extend(part.commands.registered_commands)
