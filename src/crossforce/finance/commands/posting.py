"""Lines, invoices and journals on the command line."""

import csv
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.finance.commands.options import REFUSED, User, Year, acting
from crossforce.finance.operations import posting
from crossforce.finance.operations.posting import NewLine
from crossforce.finance.queries import invoices as invoices_read
from crossforce.finance.queries import journals
from crossforce.finance.queries.invoices import Wanted
from crossforce.finance.rules import exports, tables
from crossforce.kernel import clock
from crossforce.kernel.money import in_pounds

commands = typer.Typer()


@commands.command(name="post")
def post(
    budget: UUID,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    user: User,
) -> None:
    """Post the lines of a CSV file: all of them, or, with what is wrong cell by cell, none."""
    read = tables.read(file.read_bytes())
    for each in read.findings:
        typer.echo(str(each), err=True)
    if read.findings:
        raise typer.Exit(REFUSED)
    new = [
        NewLine(row.sort, row.on, row.pence, row.party, row.words, row.reference)
        for row in read.rows
    ]
    done = posting.post_lines(actor=acting(user), budget=budget, new=new, at=clock.now())
    typer.echo(f"{len(done.new)} posted, {done.same} there already")


@commands.command()
def invoices(user: User, agreement: str = "", state: str = "", body: str = "") -> None:
    """The invoices that you may read."""
    for each in invoices_read.invoices(acting(user), Wanted(agreement, None, state, body)):
        row = each.row
        typer.echo(
            f"{row.pk} v{row.version}  {row.state:<9}  {row.number}"
            f"  {row.creditor} to {row.debtor}  {in_pounds(each.pence)}"
        )


@commands.command()
def journal(
    agreement: str,
    file: Annotated[Path, typer.Argument(dir_okay=False, writable=True)],
    user: User,
    year: Year,
) -> None:
    """Write the double-entry journal of an agreement's year as CSV."""
    found = journals.journal(acting(user), agreement, year)
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(exports.JOURNAL)
        writer.writerows(exports.journal(found))
    typer.echo(f"{len(found)} entries")
