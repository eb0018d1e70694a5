"""Spreadsheets on the command line."""

from pathlib import Path
from typing import Annotated

import typer

from crossforce.kernel import clock
from crossforce.programme.commands.options import IN_PART, REFUSED, ToFile, User, acting
from crossforce.programme.operations.importing import Outcome, Sheet, bring_in
from crossforce.programme.queries import imports as past
from crossforce.programme.views.taking_out import IMPORTS, written
from crossforce.records.reading.sheets import in_words

commands = typer.Typer()


@commands.command(name="import")
def import_sheet(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    user: User,
    layout: Annotated[str, typer.Option(help="register or milestones.")] = "register",
    project: Annotated[str, typer.Option(help="The code of the milestones' project.")] = "",
    sheet: Annotated[str, typer.Option(help="Of a workbook with several.")] = "",
    rehearse: Annotated[bool, typer.Option(help="Only say what it would do.")] = False,
    in_part: Annotated[
        bool, typer.Option(help="Bring in the sound rows beside those that are refused.")
    ] = False,
) -> None:
    """Bring a spreadsheet in: 0 when all came in, 1 when nothing did, because a row or the file is refused; 3 in part."""
    sent = Sheet(file.name, file.read_bytes(), layout, project, sheet)
    outcome = bring_in(
        actor=acting(user),
        sent=sent,
        at=clock.now(),
        is_rehearsal=rehearse,
        is_in_part=in_part,
    )
    _say(outcome, in_part)


@commands.command()
def imports(user: User, to: ToFile = None) -> None:
    """The spreadsheets that were sent before, the latest first: who, when, what became of the rows."""
    if to:
        actor = acting(user)
        written(actor, to, IMPORTS, lambda: past.taken_out(actor))
        return
    for each in past.imports(acting(user)):
        row = each.row
        typer.echo(
            f"{each.at:%Y-%m-%d %H:%M}  {row.state:<8}  {row.layout} {row.project}".rstrip()
            + f"  {row.file_name}  ({each.by or '-'}, {each.holder}; {row.counts})  {row.pk}"
        )


def _say(outcome: Outcome, in_part: bool) -> None:
    for each in outcome.findings:
        typer.echo(str(each), err=True)
    typer.echo(in_words(outcome.counts))
    if outcome.is_held_back:
        typer.echo(
            "Nothing comes in while a row is refused: mend it, or say --in-part.", err=True
        )
    if outcome.is_refused or (outcome.counts["refused"] and not in_part):
        raise typer.Exit(REFUSED)
    if outcome.counts["refused"]:
        raise typer.Exit(IN_PART)
