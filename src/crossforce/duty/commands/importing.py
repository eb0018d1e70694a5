"""Duties brought in, on the command line."""

import time
from pathlib import Path
from typing import Annotated

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
from crossforce.duty.operations import arriving, importing, mappings, staging, watching
from crossforce.kernel import clock

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
    at, actor, of = clock.now(), acting(user), mapping_in(mapping)
    text = mapping.read_text()
    if accept_losses:
        text = mappings.accepting(text)
        of = mappings.understood(text)
    if resume:
        with file.open("rb") as source:
            sent = iter(lambda: source.read(1 << 20), b"")
            key = arriving.to_resume(actor=actor, mapping=text, content=sent)
        _say(arriving.run(actor=actor, key=key, at=at))
        return
    if not rehearse:
        with file.open("rb") as source:
            sent = iter(lambda: source.read(1 << 20), b"")
            arrived = arriving.Arrived(text, file.name, sent)
            key, _ = arriving.receive(
                actor=actor, file=arrived, at=at, state=State.RUNNING, is_once=False
            )
        _say(arriving.run(actor=actor, key=key, at=at, progress=_rows))
        return
    with file.open("rb") as source:
        outcome = operations.bring_in(
            actor=actor,
            sent=operations.Sent(of, source, file.name),
            at=at,
            is_rehearsal=True,
            progress=_rows,
        )
    _say(outcome)


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
            typer.echo(f"{each.file}: {importing.counted(each.outcome)}")
        looks += 1
        if once and looks > 1:
            return
        time.sleep(0.2 if once else every)


def _rows(step: staging.Step) -> None:
    if step.doing != "compare":
        said = "rows" if step.doing == "write" else "rows read"
        typer.echo(f"{said}: {step.rows:,}", err=True)


def _say(outcome: operations.Outcome) -> None:
    if outcome.counts:
        typer.echo(", ".join(f"{number} {name}" for name, number in outcome.counts.items()))
    for finding in in_order(outcome.findings):
        typer.echo(str(finding), err=True)
    if outcome.state is State.REFUSED:
        raise typer.Exit(REFUSED)
    if outcome.findings:
        raise typer.Exit(IN_PART)
