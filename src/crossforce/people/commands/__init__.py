"""People on the command line. Every command acts as an account, in one of its postings.

`appoint` alone acts as the platform itself, on the machine that it runs on: it is the way in.
"""

import typer

from crossforce.people.commands import holdings, places, staff
from crossforce.people.signin import commands as signin

commands = typer.Typer(name="people", help="Staff, postings, skills and authorities.")
for part in (staff, places, holdings):
    commands.registered_commands.extend(part.commands.registered_commands)
commands.add_typer(signin.commands)
