"""Loading on the command line: sources kept, files loaded, refused rows mended."""

import json
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from crossforce.intake.api import BadMapping
from crossforce.intake.choices import Step
from crossforce.kernel import civil, clock
from crossforce.kernel.options import User
from crossforce.nominals.mapping import Refused
from crossforce.nominals.operations import loading, mending, sources
from crossforce.nominals.operations.loading import Outcome, Sent
from crossforce.nominals.queries import loads
from crossforce.nominals.queries import quality as qualities
from crossforce.people.api import Actor, acting_as

commands = typer.Typer()
REFUSED, IN_PART = 1, 3  # 2 is a command that was typed wrongly
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
RowId = Annotated[
    UUID, typer.Argument(help="The row, by the identifier that `nominals refused` prints.")
]
TOLD: Final = 50


@commands.command()
def load(
    source: Annotated[str, typer.Argument(help="The name of a source, or a mapping file.")],
    file: File,
    user: User,
    rehearse: Annotated[bool, typer.Option(help="Only say what it would do.")] = False,
) -> None:
    """Load a file: 0 when all went in, 3 when rows were refused, 1 when the file or mapping was.

    After an interruption the same command goes on where it stopped.
    """
    actor = acting_as(user)
    mapping = _mapping(actor, source)
    with file.open("rb") as opened:
        outcome = loading.load(
            actor=actor,
            sent=Sent(mapping, opened, file.name),
            at=clock.now(),
            is_rehearsal=rehearse,
            progress=_step,
        )
    _say(outcome)


def _mapping(actor: Actor, source: str) -> str:
    """The text of a mapping that can be read; one that cannot ends the command."""
    path = Path(source)
    if path.suffix != ".toml":
        return loads.source_named(actor, source).text
    try:
        text = path.read_text(encoding="utf-8-sig")
        sources.understood(text)
    except (BadMapping, OSError, UnicodeDecodeError) as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(REFUSED) from None
    return text


def _step(step: Step) -> None:
    said = {"read": "rows read", "compare": "rows compared", "write": "rows written"}[
        step.doing
    ]
    typer.echo(f"{said}: {step.rows:,} ({step.share}%)", err=True)


def _say(outcome: Outcome) -> None:
    for finding in outcome.findings:
        typer.echo(str(finding), err=True)
    if outcome.is_refused:
        typer.echo("refused whole, nothing of it was loaded")
        raise typer.Exit(REFUSED)
    typer.echo(", ".join(f"{number:,} {name}" for name, number in outcome.counts.items()))
    for each in outcome.refused[:TOLD]:
        typer.echo(_refused(each), err=True)
    if outcome.record:
        typer.echo(f"load {outcome.record}")
    if outcome.counts.get("refused"):
        raise typer.Exit(IN_PART)


def _refused(each: Refused) -> str:
    told = "; ".join(
        f"{reason.column + ': ' if reason.column else ''}{reason.message} {reason.remedy}"
        for reason in each.reasons
    )
    return f"row {each.row}: {told}"


@commands.command(name="source")
def keep(mapping: File, user: User) -> None:
    """Keep a mapping as a source of its force, or change the one of its name; prints its name."""
    actor, text = acting_as(user), _mapping(acting_as(user), str(mapping))
    sources.put(actor=actor, text=text, at=clock.now())
    typer.echo(sources.understood(text).name)


@commands.command(name="sources")
def listed(user: User) -> None:
    """The sources that you may use."""
    for each in loads.sources(acting_as(user)):
        typer.echo(f"{each.name}\t{each.title}")


@commands.command(name="loads")
def last(user: User) -> None:
    """The last loads, newest first."""
    for each in loads.loads(acting_as(user)):
        told = ", ".join(f"{number:,} {name}" for name, number in each.counts.items())
        typer.echo(
            f"{each.pk}  {each.created_at:%Y-%m-%d %H:%M}  {each.source}  {each.state}  {told}"
        )


@commands.command()
def refused(
    user: User,
    load: Annotated[UUID | None, typer.Option(help="Of this load alone.")] = None,
    page: Annotated[int, typer.Option(min=1)] = 1,
    as_json: Json = False,
) -> None:
    """Refused rows that wait to be mended, with their cells as JSON."""
    found = loads.refused(acting_as(user), load=load, page=page)
    if as_json:
        typer.echo(
            json.dumps([_plain(each) for each in found.rows], ensure_ascii=False, indent=1)
        )
        return
    for each in found.rows:
        told = "; ".join(f"{r['column']}: {r['message']}".lstrip(": ") for r in each.reasons)
        typer.echo(f"{each.pk}  {each.source} row {each.row}  {told}")
    typer.echo(f"{found.total} wait; page {found.page} of {found.pages}", err=True)


def _plain(each: Any) -> dict[str, Any]:
    names = ("source", "row", "row_reference", "team", "cells", "reasons", "state")
    return {"id": str(each.pk), "load": str(each.load)} | {
        name: getattr(each, name) for name in names
    }


@commands.command()
def quality(user: User, as_json: Json = False) -> None:
    """How good the records of people are that you may read, by force and team."""
    found = qualities.report(acting_as(user), on=civil.day_of(clock.now()))
    if as_json:
        typer.echo(
            json.dumps([_scored(each) for each in found.lines], ensure_ascii=False, indent=1)
        )
        return
    for each in found.lines:
        who = each.name if each.team is None else f"{each.name}, {each.team or 'no team'}"
        told = "  ".join(f"{name} {score:.0%}" for name, score in each.scores.items())
        typer.echo(f"{who}: {each.people:,} people  {told}{'  LOOK AT IT' * each.is_low}")


def _scored(each: qualities.Line) -> dict[str, Any]:
    passes = {name: [tally.passed, tally.of] for name, tally in each.tallies.items()}
    return {
        "force": each.force, "team": each.team, "people": each.people, "scores": each.scores, "passes": passes,
    }  # fmt: skip


@commands.command()
def mend(
    row: RowId,
    user: User,
    cells: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="A JSON object of cells; else as they are."
        ),
    ] = None,
    give_up: Annotated[bool, typer.Option(help="Leave the row away for good.")] = False,
) -> None:
    """Correct a refused row and load it: 0 when it went in, 3 when it is still refused."""
    actor = acting_as(user)
    held = loads.refused_row(actor, row)
    if held is None:
        raise mending.NoSuchRow
    if give_up:
        mending.give_up(actor=actor, row=row, version=held.version, at=clock.now())
        return
    given = json.loads(cells.read_text(encoding="utf-8")) if cells else {}
    if not isinstance(given, dict):
        raise typer.BadParameter("the cells are an object of JSON: names and values")
    whole = {**held.cells, **given}
    outcome = mending.replay(
        actor=actor, row=row, version=held.version, cells=whole, at=clock.now()
    )
    for each in outcome.refused:
        typer.echo(_refused(each), err=True)
    if outcome.refused or outcome.findings:
        raise typer.Exit(IN_PART)
