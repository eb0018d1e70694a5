"""Budgets and the ends of their years on the command line."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.finance.choices import Rhythm, Spread
from crossforce.finance.commands.options import REFUSED, Pounds, User, Year, acting
from crossforce.finance.operations import bringing, charging
from crossforce.finance.operations import budgets as operations
from crossforce.finance.operations.budgets import NewBudget
from crossforce.finance.queries import budgets as reads
from crossforce.finance.queries import years
from crossforce.finance.queries.budgets import Wanted
from crossforce.finance.rules import budget_tables
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel import clock
from crossforce.kernel.money import in_pounds
from crossforce.people.api import Actor

commands = typer.Typer()


@commands.command()
def budgets(
    user: User,
    agreement: str = "",
    year: Annotated[int | None, typer.Option(help="In which it begins.")] = None,
    state: str = "",
) -> None:
    """The budgets that you may read."""
    for each in reads.budgets(acting(user), Wanted(agreement, year, state)):
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
    """Draft the budgets of a CSV file: all of them, or, with what is wrong cell by cell, none."""
    table = budget_tables.read(file.read_bytes())
    try:
        done = bringing.bring_in(actor=acting(user), table=table, at=clock.now())
    except bringing.CannotBringIn as refused:
        for each in refused.findings:
            typer.echo(str(each), err=True)
        raise typer.Exit(REFUSED) from None
    typer.echo(f"{len(done)} drafted")


@commands.command()
def shares(budget: UUID, user: User) -> None:
    """Who bears a budget, to the penny, by which clause."""
    shown = reads.shown(acting(user), budget, clock.now())
    typer.echo(f"{shown.row.title}, {shown.row.state}: {in_pounds(shown.row.pence)}")
    if shown.position is None:
        typer.echo(shown.why_not, err=True)
        raise typer.Exit(1)
    for stretch in shown.position.plan.standing:
        typer.echo(f"  {stretch.starts_on} until before {stretch.ends_on}: {stretch.why}")
    for each in shown.bearings:
        typer.echo(
            f"  {each.party}: {in_pounds(each.gross)}, in kind {in_pounds(each.in_kind)},"
            f" to pay {in_pounds(each.due)}, charged {in_pounds(each.charged)}"
        )


@commands.command()
def propose(budget: UUID, user: User) -> None:
    """Put a draft up for decision."""
    actor = acting(user)
    operations.propose_budget(
        actor=actor, budget=budget, version=_version(actor, budget), at=clock.now()
    )


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


@commands.command(name="charge")
def charge(agreement: str, part: str, user: User, year: Year) -> None:
    """Charge what falls due until the end of a part of the year, such as “2027/28 Q1” or 2027-04."""
    raised = charging.raise_invoices(
        actor=acting(user), agreement=agreement, year=year, part=part, at=clock.now()
    )
    for each in raised:
        typer.echo(each)


@commands.command(name="settle-year")
def settle_year(budget: UUID, user: User) -> None:
    """Settle a year that is over, or charge the correction of one that is closed."""
    actor = acting(user)
    raised = charging.true_up(
        actor=actor, budget=budget, version=_version(actor, budget), at=clock.now()
    )
    typer.echo(f"{len(raised)} invoices")


@commands.command(name="true-up")
def true_up(user: User, year: Year, agreement: str = "") -> None:
    """What everybody owes of every budget of a year."""
    for each in years.true_ups(acting(user), year, agreement):
        row = each.row
        typer.echo(
            f"{row.agreement}  {row.title}, {FinancialYear(row.year)}, {row.state}:"
            f" {in_pounds(each.answer.actual.pence)} of {in_pounds(row.pence)}"
            f"{'' if each.is_whole else ' (not every line is open to you)'}"
        )
        for line in each.answer.lines:
            typer.echo(f"  {line.party}: {in_pounds(line.due)}, owes {in_pounds(line.balance)}")


def _version(actor: Actor, budget: UUID) -> int:
    return reads.one(actor, budget).version
