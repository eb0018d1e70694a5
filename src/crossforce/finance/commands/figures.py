"""Figures that forces state of themselves, on the command line."""

from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from crossforce.finance.choices import Confidence, Driver
from crossforce.finance.commands.options import (
    Day,
    DayIfAny,
    ToFile,
    User,
    acting,
    sent,
    told_by_cell,
)
from crossforce.finance.operations import figures as operations
from crossforce.finance.operations.figures import NewFigure
from crossforce.finance.queries import figures as reads
from crossforce.finance.queries.figures import Wanted
from crossforce.finance.views import files
from crossforce.kernel import clock
from crossforce.kernel.written import NotANumber, number

commands = typer.Typer()


def _number(text: str) -> Decimal:
    try:
        return number(text)
    except NotANumber:
        raise typer.BadParameter("Write digits, as 1,234.5") from None


Number = Annotated[Decimal, typer.Option("--figure", parser=_number, metavar="1234.5")]
NumberIfAny = Annotated[
    Decimal | None, typer.Option("--figure", parser=_number, metavar="1234.5")
]


@commands.command()
def figures(
    user: User,
    driver: Annotated[Driver | None, typer.Option(help="What is counted.")] = None,
    force: Annotated[str, typer.Option()] = "",
    to: ToFile = None,
) -> None:
    """What forces state of themselves, by which costs are shared, beside the reference files."""
    wanted = Wanted(driver or "", force)
    if to:
        actor = acting(user)
        files.write(actor, to, files.FIGURES, partial(reads.taken_out, actor, wanted))
        return
    for each in reads.figures(acting(user), wanted):
        row, beside = each.row, each.beside
        files_say = f"{beside.value}, {beside.on}" if beside else "-"
        typer.echo(
            f"{row.pk} v{row.version}  {row.driver:<18}  {row.force}  {row.on}  {row.value}"
            f"  {row.confidence}  {row.agreement or '-'}  {row.source}  (reference files: {files_say})"
            f"{f'  does not count: {each.why_not}' if each.why_not else ''}{each.unused and f'  {each.unused}'}"
        )


@commands.command(name="state-figure")
def state_figure(
    driver: Driver,
    user: User,
    on: Day,
    value: Number,
    source: Annotated[str, typer.Option(help="Where it stands written.")],
    confidence: Confidence = Confidence.STATED,
    agreement: Annotated[str, typer.Option(help="Of use and own cost alone.")] = "",
    note: str = "",
) -> None:
    """State a figure of your own force, by which costs are shared."""
    new = NewFigure(driver, on, value, source, confidence, agreement, note)
    typer.echo(operations.state_figure(actor=acting(user), new=new, at=clock.now()))


@commands.command(name="correct-figure")
def correct_figure(
    figure: UUID,
    user: User,
    on: DayIfAny = None,
    value: NumberIfAny = None,
    source: str | None = None,
    confidence: Confidence | None = None,
    note: str | None = None,
) -> None:
    """Say a figure anew; what is not given stays, and what it was stays in its history."""
    said = {
        "on": on, "value": value, "source": source, "confidence": confidence, "note": note,
    }  # fmt: skip
    given: dict[str, Any] = {name: each for name, each in said.items() if each is not None}
    actor = acting(user)
    version = reads.one(actor, figure).row.version
    operations.correct_figure(
        actor=actor, figure=figure, version=version, given=given, at=clock.now()
    )


@commands.command(name="import-figures")
def import_figures(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    user: User,
    rehearse: Annotated[bool, typer.Option(help="Only say what it would do.")] = False,
) -> None:
    """State and correct the figures of a file (CSV or .xlsx): all of them, or, with what is wrong cell by cell, none."""
    with told_by_cell():
        done = operations.bring_figures_in(
            actor=acting(user), sent=sent(file), at=clock.now(), is_rehearsal=rehearse
        ).whole()
    typer.echo(f"{done.new} new, {done.changed} corrected, {done.unchanged} as they were")
