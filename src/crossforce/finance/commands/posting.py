"""Lines of budgets and journals on the command line."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from crossforce.finance.choices import Sort
from crossforce.finance.commands.options import (
    Day,
    NewFile,
    Pounds,
    ToFile,
    User,
    Why,
    Year,
    acting,
    sent,
    told_by_cell,
)
from crossforce.finance.operations import bringing, posting
from crossforce.finance.operations.posting import NewLine
from crossforce.finance.queries import journals
from crossforce.finance.queries import lines as reads
from crossforce.finance.rules.journals import Entry
from crossforce.finance.views import files
from crossforce.kernel import clock
from crossforce.kernel.money import in_pounds

commands = typer.Typer()


@commands.command(name="post")
def post(
    budget: UUID,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    user: User,
) -> None:
    """Post the lines of a file (CSV or .xlsx): all of them, or, with what is wrong cell by cell, none."""
    with told_by_cell():
        done = bringing.bring_in_lines(
            actor=acting(user), budget=budget, sent=sent(file), at=clock.now()
        ).whole()
    typer.echo(f"{done.new} posted, {done.unchanged} there already")


@commands.command(name="add-line")
def add_line(
    budget: UUID,
    sort: Sort,
    user: User,
    on: Day,
    pence: Pounds,
    force: Annotated[str, typer.Option()],
    words: Annotated[str, typer.Option(help="What for.")],
    reference: Annotated[str, typer.Option(help="Of your finance system.")] = "",
) -> None:
    """Post one amount: actual, forecast, commitment or in-kind."""
    new = NewLine(sort, on, pence, force, words, reference)
    done = posting.post_lines(actor=acting(user), budget=budget, new=[new], at=clock.now())
    typer.echo(next(iter(done.new), "there already"))


@commands.command()
def lines(budget: UUID, user: User, to: ToFile = None) -> None:
    """The lines of a budget that you may read, by day."""
    if to:
        actor = acting(user)
        files.write(actor, to, files.LINES, partial(reads.taken_out, actor, budget))
        return
    for each in reads.lines(acting(user), budget):
        row = each.row
        back = " takes another back" if row.takes_back else ""
        back = " taken back" if each.taken_back_by else back
        typer.echo(
            f"{row.pk}  {row.on}  {row.sort:<10}  {row.party}  {in_pounds(row.pence)}"
            f"  {row.source_reference or '-'}  {row.words}{back}"
        )


@commands.command(name="take-back")
def take_back(line: UUID, user: User, why: Why) -> None:
    """Take a line back by another: the same amount the other way, on the same day."""
    typer.echo(posting.take_back(actor=acting(user), line=line, words=why, at=clock.now()))


@commands.command()
def journal(
    agreement: str,
    file: NewFile,
    user: User,
    year: Year,
) -> None:
    """Write the double-entry journal of an agreement's year as CSV."""
    actor, found = acting(user), list[Entry]()

    def entered() -> list[Any]:
        found.extend(journals.journal(actor, agreement, year))
        return files.entered(found)

    files.write(actor, file, files.JOURNAL, entered)
    typer.echo(f"{len(found)} entries")
