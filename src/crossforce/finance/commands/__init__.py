"""Money on the command line. Every command acts as an account, in one of its postings.

A part is a module with a Typer named `commands`; it is listed here.
"""

import typer

from crossforce.finance.commands import (
    budgets,
    figures,
    importing,
    invoicing,
    items,
    leaving,
    posting,
    years,
)

__all__ = ["commands"]

commands = typer.Typer(name="finance", help="What collaborations cost, and who pays what.")
for part in (budgets, posting, years, invoicing, leaving, items, figures, importing):
    commands.registered_commands.extend(part.commands.registered_commands)
