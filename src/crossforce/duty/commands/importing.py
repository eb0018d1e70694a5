"""Duties brought in, on the command line."""

import time
from pathlib import Path
from typing import IO, Annotated

import typer

from crossforce.duty import operations
from crossforce.duty.choices import State
from crossforce.duty.commands.options import (
    IN_PART,
    REFUSED,
    File,
    User,
    acting,
    mapping_in,
)
from crossforce.duty.mapping import in_order
from crossforce.duty.operations import arriving, importing, mappings, watching
from crossforce.duty.operations.importing import Outcome, Sent
from crossforce.duty.rules import imports
from crossforce.intake import api as intake
from crossforce.intake.choices import Step
from crossforce.kernel import clock
from crossforce.people.api import Actor

commands = typer.Typer()


@commands.command(name="import")
def bring_in(
    mapping: File,
    file: File,
    user: User,
    rehearse: Annotated[bool, typer.Option(help="Only say what it would do.")] = False,
    accept_losses: Annotated[
        bool, typer.Option(help="Cancel what the file no longer has, even if it is most of it.")
    ] = False,
    resume: Annotated[
        bool, typer.Option(help="Go on with an import of this file that was interrupted.")
    ] = False,
) -> None:
    """Bring an export in: 0 when all came in, 3 when rows were refused, 1 when the file or mapping was.

    After an interruption the same command goes on where it stopped; `--resume` refuses to begin anew.
    """
    text = _text(mapping, accept_losses=accept_losses)
    with file.open("rb") as source:
        if resume:
            outcome = _gone_on(acting(user), text, source)
        elif rehearse:
            outcome = _rehearsed(acting(user), text, source, file.name)
        else:
            outcome = _brought_in(acting(user), text, source, file.name)
    _say(outcome)


def _text(mapping: Path, *, accept_losses: bool) -> str:
    """The text of a mapping that can be read; one that cannot ends the command."""
    mapping_in(mapping)
    text = mapping.read_text(encoding="utf-8-sig")
    return mappings.accepting(text) if accept_losses else text


def _gone_on(actor: Actor, text: str, source: IO[bytes]) -> Outcome:
    sent = intake.pieces(source)
    key = arriving.to_resume(actor=actor, mapping=text, content=sent)
    return arriving.DESK.run(actor=actor, key=key, at=clock.now())


def _rehearsed(actor: Actor, text: str, source: IO[bytes], name: str) -> Outcome:
    sent = Sent(mappings.understood(text), source, name)
    return operations.bring_in(
        actor=actor, sent=sent, at=clock.now(), is_rehearsal=True, progress=_rows
    )


def _brought_in(actor: Actor, text: str, source: IO[bytes], name: str) -> Outcome:
    at, arrived = clock.now(), intake.Arrived(text, name, intake.pieces(source))
    key, _ = arriving.receive(
        actor=actor, file=arrived, at=at, state=State.RUNNING, is_once=False
    )
    return arriving.DESK.run(actor=actor, key=key, at=at, progress=_rows)


@commands.command()
def watch(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    user: User,
    every: Annotated[float, typer.Option(help="Seconds between two looks.")] = 5.0,
    once: Annotated[bool, typer.Option(help="Bring in what lies there, and end.")] = False,
) -> None:
    """Bring in the files that come into a folder, each by the mapping that its own folder is named after.

    A file is taken when it has not changed between two looks, and goes to `done` or to `refused` beside
    it, with the report of what was refused. Ctrl-C ends it; what was at work then is taken up again.
    """
    places = watching.below(folder, lambda: acting(user))
    watching_it = watching.Watch(places, settle=0.0 if once else every)
    looks = 0
    while True:
        for each in watching_it.look(at=clock.now()):
            typer.echo(f"{each.file}: {importing.in_short(each.outcome)}")
        looks += 1
        if once and looks > 1:
            return
        time.sleep(0.2 if once else every)


def _rows(step: Step) -> None:
    if step.doing != "compare":
        said = "rows" if step.doing == "write" else "rows read"
        typer.echo(f"{said}: {step.rows:,}", err=True)


def _say(outcome: Outcome) -> None:
    typer.echo(importing.in_short(outcome))
    if outcome.state is not State.REFUSED and imports.changes_nothing(outcome.counts):
        typer.echo("Its duties are in already, as they are: nothing changes.")
    for finding in in_order(outcome.findings):
        typer.echo(str(finding), err=True)
    if outcome.state is State.REFUSED:
        raise typer.Exit(REFUSED)
    if outcome.findings:
        raise typer.Exit(IN_PART)
