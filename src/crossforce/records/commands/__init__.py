"""Records on the command line. Every command acts as an account, in one of its postings."""

import typer

from crossforce.records.commands import changing, keeping, reading

commands = typer.Typer(name="records", help="Records of every kind.")
for part in (reading, changing, keeping):
    commands.registered_commands.extend(part.commands.registered_commands)
