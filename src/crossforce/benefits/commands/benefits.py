"""Benefits on the command line: listed, added from a file, moved, reported, changed."""

import json
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from crossforce.benefits.choices import Light, Status
from crossforce.benefits.commands.options import Day, User, acting, named, reading_of, span
from crossforce.benefits.endpoints.shapes import BenefitIn, PromiseIn
from crossforce.benefits.operations import benefits as operations
from crossforce.benefits.operations.readings import NewReading
from crossforce.benefits.operations.readings import correct as correct_reading
from crossforce.benefits.operations.readings import measure as measure_period
from crossforce.benefits.operations.readings import report as report_period
from crossforce.benefits.operations.reinvesting import reinvest as put_to_use
from crossforce.benefits.queries.benefits import Wanted
from crossforce.benefits.queries.benefits import listed as list_benefits
from crossforce.benefits.queries.portfolio import portfolio as all_together
from crossforce.benefits.queries.standings import Standing
from crossforce.benefits.rules.portfolio import View
from crossforce.benefits.rules.profile import amount
from crossforce.benefits.rules.reinvesting import Allocation
from crossforce.kernel import civil, clock
from crossforce.kernel.money import in_pounds

commands = typer.Typer()
File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="JSON, as the API takes it.")
]
LightAsked = Annotated[Light | None, typer.Option(help="Only those with this light.")]


@commands.command(name="list")
def listed(user: User, agreement: str = "", owner: str = "", light: LightAsked = None) -> None:
    """Benefits, each with its light, its rule and its figures."""
    wanted = Wanted(agreement, owner, light.value if light else "")
    for each in list_benefits(acting(user), wanted, civil.day_of(clock.now())):
        typer.echo(_line(each))


@commands.command()
def portfolio(user: User, agreement: str = "") -> None:
    """What benefits come to, by force and collaboration, and what may be counted twice."""
    found = all_together(acting(user), Wanted(agreement), clock.now())
    for view in (found.programme, *found.forces, *found.collaborations):
        _say(view)
    for level in found.levels:
        unit = level.profile.measure.unit if level.profile.measure else ""
        gained = (amount(each, unit) for each in (level.found.realised, level.found.planned))
        typer.echo(f"{level.row.code}, by itself: {' of '.join(gained)}")
    for said in (*(each.words for each in found.overlaps), *found.faults):
        typer.echo(said, err=True)
    for reference, why in found.undivided:
        typer.echo(f"{reference} is divided among nobody: {why}", err=True)


@commands.command()
def add(file: File, user: User) -> None:
    """Identify a benefit."""
    new = BenefitIn.model_validate(_json(file)).new
    typer.echo(operations.add_benefit(actor=acting(user), new=new, at=clock.now()))


@commands.command()
def move(benefit: str, to: Status, user: User, reason: str = "") -> None:
    """Move a benefit to another status; at go-live its promise is frozen."""
    actor = acting(user)
    row = named(actor, benefit).row
    operations.move_benefit(
        actor=actor, benefit=row.pk, version=row.version, to=to, reason=reason, at=clock.now()
    )
    typer.echo(_line(named(actor, benefit)))


@commands.command()
def change(
    benefit: str,
    file: File,
    user: User,
    reason: Annotated[str, typer.Option()],
    decided_by: Annotated[str, typer.Option()],
    decision: Annotated[
        str,
        typer.Option(help="Its identifier where a board keeps it here, else its document."),
    ],
    decided_on: Day,
) -> None:
    """Change a frozen promise by a decision. The file holds measure, baseline and targets."""
    actor = acting(user)
    row = named(actor, benefit).row
    number = operations.change_promise(
        actor=actor,
        benefit=row.pk,
        version=row.version,
        after=PromiseIn.model_validate(_json(file)).read,
        decided=operations.Decided(reason, decided_by, decision, decided_on),
        at=clock.now(),
    )
    typer.echo(f"Change {number} of {benefit}")


@commands.command()
def report(
    benefit: str,
    value: str,
    user: User,
    first_day: Day,
    until: Day,
    evidence: Annotated[str, typer.Option()],
    force: str = "",
) -> None:
    """Report a period that is over, once."""
    actor = acting(user)
    new = NewReading(span(first_day, until), _figure(value), evidence, force)
    report_period(actor=actor, benefit=named(actor, benefit).row.pk, new=new, at=clock.now())
    typer.echo(_line(named(actor, benefit)))


@commands.command()
def correct(
    benefit: str,
    value: str,
    user: User,
    first_day: Day,
    until: Day,
    evidence: Annotated[str, typer.Option()],
    force: str = "",
) -> None:
    """Correct what was reported of a period; what stood there stays in its history."""
    actor, period = acting(user), span(first_day, until)
    held = reading_of(named(actor, benefit), period, force)
    correct_reading(
        actor=actor,
        reading=held.pk,
        version=held.version,
        value=_figure(value),
        evidence=evidence,
        at=clock.now(),
    )
    typer.echo(_line(named(actor, benefit)))


@commands.command()
def measure(benefit: str, user: User, first_day: Day, until: Day) -> None:
    """Report a period by the platform's own measure."""
    actor = acting(user)
    period = span(first_day, until)
    key = named(actor, benefit).row.pk
    measure_period(actor=actor, benefit=key, span=period, at=clock.now())
    typer.echo(_line(named(actor, benefit)))


@commands.command()
def reinvest(
    benefit: str,
    pence: int,
    destination: str,
    user: User,
    posts: Annotated[int, typer.Option(min=0)] = 0,
    on: Annotated[
        date | None, typer.Option(parser=date.fromisoformat, metavar="YYYY-MM-DD")
    ] = None,
) -> None:
    """Put freed cash to a use: never more than has come."""
    actor = acting(user)
    day = on or civil.day_of(clock.now())
    row = named(actor, benefit).row
    new = Allocation(row.code, day, pence, destination, posts)
    typer.echo(put_to_use(actor=actor, benefit=row.pk, new=new, at=clock.now()))


def _line(each: Standing) -> str:
    return f"{each.row.code}: {each.status}, {each.signal.light} ({each.signal.words}), {each.trend}"


def _say(view: View) -> None:
    for each in view.sums:
        said = [
            in_pounds(n) if each.unit == "pence" else f"{n:,}"
            for n in (each.realised, each.planned)
        ]
        unit = "" if each.unit == "pence" else f" {each.unit}"
        name = view.name or "all"
        typer.echo(f"{name}: {each.benefit_class}, {said[0]} of {said[1]}{unit}")


def _json(file: Path) -> object:
    try:
        found: object = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise typer.BadParameter(f"{file.name} is no JSON: {wrong}") from None
    return found


def _figure(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise typer.BadParameter("give a figure as 1234.5") from None
