"""The course of a year on the command line: charged, foreseen, settled."""

from functools import partial
from typing import Annotated
from uuid import UUID

import typer

from crossforce.finance.choices import RestOfYear
from crossforce.finance.commands.options import DayIfAny, ToFile, User, Year, acting
from crossforce.finance.operations import charging
from crossforce.finance.queries import budgets as reads
from crossforce.finance.queries import forecasting, years
from crossforce.finance.queries.forecasting import NoForecast
from crossforce.finance.views import files
from crossforce.kernel import civil, clock
from crossforce.kernel.money import in_pounds

commands = typer.Typer()
RULE = Annotated[RestOfYear | None, typer.Option(help="Else by each that can say it.")]


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
        actor=actor, budget=budget, version=reads.one(actor, budget).version, at=clock.now()
    )
    typer.echo(f"{len(raised)} invoices")


@commands.command(name="true-up")
def true_up(user: User, year: Year, agreement: str = "", to: ToFile = None) -> None:
    """What everybody owes of every budget of a year."""
    if to:
        actor = acting(user)
        ask = partial(years.taken_out, actor, year, agreement)
        files.write(actor, to, files.TRUE_UPS, lambda: files.owed(ask()))
        return
    for each in years.true_ups(acting(user), year, agreement):
        row = each.row
        typer.echo(
            f"{row.agreement}  {row.title}, {row.state}:"
            f" {in_pounds(each.answer.actual.pence)} of {in_pounds(row.pence)}"
            f"{'' if each.is_whole else ' (not every line is open to you)'}"
        )
        for line in each.answer.lines:
            typer.echo(f"  {line.party}: {in_pounds(line.due)}, owes {in_pounds(line.balance)}")


@commands.command()
def forecast(budget: UUID, user: User, rule: RULE = None, on: DayIfAny = None) -> None:
    """How the year of a budget will end, by each rule for the months that are still to come."""
    actor, day = acting(user), on or civil.day_of(clock.now())
    for each in RestOfYear if rule is None else (rule,):
        try:
            found = forecasting.forecast(actor, budget, each, day)
        except NoForecast as refused:
            if rule is not None:
                raise
            typer.echo(f"{each.value}: {refused.message}", err=True)
        else:
            over = in_pounds(found.over_budget)
            typer.echo(f"{each.value}: {in_pounds(found.outturn)}, over the budget {over}")


@commands.command(name="year-end")
def year_end(budget: UUID, user: User) -> None:
    """The end of a budget's year step by step, and what each force still owes."""
    found = years.year_end(acting(user), budget, clock.now())
    typer.echo(f"{found.row.title}, {found.row.state}")
    for step in years.steps(found):
        typer.echo(f"  {'done ' if step.is_done else 'to do'}  {step.title}: {step.words}")
    for line in found.answer.lines:
        typer.echo(
            f"  {line.party}: {in_pounds(line.gross)}, in kind {in_pounds(line.in_kind)},"
            f" to pay {in_pounds(line.due)}, borne {in_pounds(line.paid)}, owes {in_pounds(line.balance)}"
        )
