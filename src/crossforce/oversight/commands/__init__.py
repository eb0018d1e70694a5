"""Oversight on the command line, each group acting as an account."""

import typer

from crossforce.oversight.commands import access, ledger, log

commands = typer.Typer()
commands.add_typer(ledger.commands)
commands.add_typer(log.commands)
commands.add_typer(access.commands)
