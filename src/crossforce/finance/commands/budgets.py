"""Budgets on the command line: drafted, shared, proposed, opened."""

from functools import partial
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.finance.choices import Rhythm, Spread, State
from crossforce.finance.commands.options import (
    REFUSED,
    Pounds,
    PoundsIfAny,
    ToFile,
    User,
    Year,
    YearIfAny,
    acting,
    sent,
    told_by_cell,
)
from crossforce.finance.operations import bringing
from crossforce.finance.operations import budgets as operations
from crossforce.finance.operations.budgets import NewBudget
from crossforce.finance.queries import budgets as reads
from crossforce.finance.queries.budgets import Wanted
from crossforce.finance.queries.worked import worked
from crossforce.finance.views import files
from crossforce.kernel import clock
from crossforce.kernel.money import in_parts, in_pounds
from crossforce.people.api import Actor

commands = typer.Typer()


@commands.command()
def budgets(
    user: User,
    agreement: str = "",
    year: YearIfAny = None,
    state: Annotated[State | None, typer.Option(help="Only those that stand so.")] = None,
    to: ToFile = None,
) -> None:
    """The budgets that you may read."""
    wanted = Wanted(agreement, year, state.value if state else "")
    if to:
        actor = acting(user)
        files.write(actor, to, files.BUDGETS, partial(reads.taken_out, actor, wanted))
        return
    for each in reads.budgets(acting(user), wanted):
        row = each.row
        typer.echo(
            f"{row.pk} v{row.version}  {row.state:<8}  {row.agreement}  {row.title}"
            f"  {in_pounds(row.pence)}"
        )


@commands.command()
def draft(
    agreement: str,
    function: str,
    user: User,
    year: Year,
    pence: Pounds,
    rhythm: Rhythm = Rhythm.QUARTER,
    spread: Spread = Spread.ALIKE,
    lead: Annotated[str, typer.Option(help="Who spends, where no clause says so.")] = "",
) -> None:
    """Draft the budget of a cost that a signed clause shares."""
    new = NewBudget(agreement, function, year, pence, rhythm, spread, lead)
    typer.echo(operations.draft_budget(actor=acting(user), new=new, at=clock.now()))


@commands.command(name="bring-in")
def bring_in(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], user: User
) -> None:
    """Draft the budgets of a file (CSV or .xlsx): all of them, or, with what is wrong cell by cell, none."""
    with told_by_cell():
        done = bringing.bring_in(actor=acting(user), sent=sent(file), at=clock.now()).whole()
    typer.echo(f"{done.new} drafted, {done.unchanged} as they were")


@commands.command()
def shares(budget: UUID, user: User) -> None:
    """Who bears a budget, to the penny, by which clause, and from which figures."""
    actor = acting(user)
    shown = reads.shown(actor, budget, clock.now())
    _say_shares(shown)
    for asked, value, source in worked(actor, shown.row, clock.now()).told():
        said = (
            "a figure that you do not read, or that is kept no more"
            if value is None
            else f"{float(value):,g}"
        )
        typer.echo(f"  {asked.driver} of {asked.force}, {asked.on}: {said}  {source}".rstrip())


@commands.command()
def propose(budget: UUID, user: User) -> None:
    """Put a draft up for decision."""
    actor = acting(user)
    operations.propose_budget(
        actor=actor, budget=budget, version=_version(actor, budget), at=clock.now()
    )


@commands.command()
def change(
    budget: UUID,
    user: User,
    pence: PoundsIfAny = None,
    rhythm: Rhythm | None = None,
    spread: Spread | None = None,
) -> None:
    """Change the sum, the rhythm or the spread of a draft."""
    actor = acting(user)
    given = {
        "pence": pence,
        "rhythm": rhythm and rhythm.value,
        "spread": spread and spread.value,
    }
    operations.change_budget(
        actor=actor,
        budget=budget,
        version=_version(actor, budget),
        given={name: value for name, value in given.items() if value is not None},
        at=clock.now(),
    )


@commands.command()
def redraft(budget: UUID, user: User) -> None:
    """Make a proposed budget a draft again."""
    actor = acting(user)
    operations.take_back_to_draft(
        actor=actor, budget=budget, version=_version(actor, budget), at=clock.now()
    )


@commands.command(name="share-anew")
def share_anew(budget: UUID, user: User) -> None:
    """Work the shares of an open budget out anew, because who takes part has changed."""
    actor = acting(user)
    operations.share_anew(
        actor=actor, budget=budget, version=_version(actor, budget), at=clock.now()
    )
    _say_shares(reads.shown(actor, budget, clock.now()))


@commands.command(name="open")
def open_budget(
    budget: UUID, user: User, decision: Annotated[str, typer.Option(help="Which opens it.")]
) -> None:
    """Open a proposed budget by a decision."""
    actor = acting(user)
    operations.open_budget(
        actor=actor,
        budget=budget,
        version=_version(actor, budget),
        decision=decision,
        at=clock.now(),
    )


def _say_shares(shown: reads.Shown) -> None:
    typer.echo(f"{shown.row.title}, {shown.row.state}: {in_pounds(shown.row.pence)}")
    if shown.position is None:
        typer.echo(shown.why_not, err=True)
        raise typer.Exit(REFUSED)
    for stretch in shown.position.plan.standing:
        typer.echo(f"  {stretch.starts_on} until before {stretch.ends_on}: {stretch.why}")
        for force, share in in_parts(stretch.shares).items():
            typer.echo(f"    {force}: {share}")
    for each in shown.bearings:
        typer.echo(
            f"  {each.party}: {in_pounds(each.gross)}, in kind {in_pounds(each.in_kind)},"
            f" to pay {in_pounds(each.due)}, charged {in_pounds(each.charged)}"
        )
    if shown.row.state in reads.ALREADY and not shown.is_whole:
        typer.echo(
            "Not every line of this budget is open to you: what is charged is of a part.",
            err=True,
        )
    if shown.apart is not None:
        typer.echo(str(shown.apart), err=True)


def _version(actor: Actor, budget: UUID) -> int:
    return reads.one(actor, budget).version
