"""Projects on the command line."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.programme.choices import ProjectState
from crossforce.programme.commands.options import User, acting
from crossforce.programme.operations import projects as operations
from crossforce.programme.queries import portfolio as listing
from crossforce.programme.queries import projects as reads
from crossforce.programme.queries.portfolio import Wanted
from crossforce.programme.views import words

commands = typer.Typer()


@commands.command()
def projects(user: User, state: str = "", function: str = "", page: int = 1) -> None:
    """The projects that you may read, with their lights, fifty at a time."""
    found = listing.portfolio(acting(user), Wanted(state, function, page), clock.now())
    for each in found.rows:
        typer.echo(
            f"{words.light(each.status.light):8} {each.row.code}  {each.row.title}  ({each.row.state})"
            f"  {each.status.reason}  {each.row.pk} v{each.row.version}"
        )
    typer.echo(f"page {page} of {found.pages}, {found.total} projects")


@commands.command()
def project(project: UUID, user: User) -> None:
    """One project: its milestones as they are expected, and what stands in its way."""
    shown = reads.shown(acting(user), project, clock.now())
    typer.echo(f"{shown.row.title}: {words.light(shown.status.light)}. {shown.status.reason}")
    for each in shown.steps:
        because = f" because of {', '.join(each.because)}" if each.because else ""
        typer.echo(
            f"  {words.light(each.status.light):8} {each.row.code}  {each.row.title}"
            f"  due {each.row.due_on}, expected {each.expected.ends_on}{because}"
        )
    for to, lacks in shown.ways:
        typer.echo(f"  to {to}: {'; '.join(lacks) or 'it may go'}")


@commands.command(name="move-project")
def move_project(
    project: UUID, to: ProjectState, user: User, decision: str = "", reason: str = ""
) -> None:
    """Take a project through a gate by a decision, or back with a reason."""
    actor = acting(user)
    operations.move_project(
        actor=actor,
        project=project,
        version=reads.one(actor, project).version,
        to=to,
        decision=decision,
        reason=reason,
        at=clock.now(),
    )


@commands.command(name="decide-trial")
def decide_trial(
    project: UUID,
    user: User,
    decision: Annotated[str, typer.Option()],
    to: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Ends before that day; else it is adopted."),
    ] = None,
) -> None:
    """Let a running trial end on another day, or adopt it for good, by a decision."""
    actor = acting(user)
    operations.decide_trial(
        actor=actor,
        project=project,
        version=reads.one(actor, project).version,
        to=to.date() if to else None,
        decision=decision,
        at=clock.now(),
    )
