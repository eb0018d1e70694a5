"""Unused material and its disclosure."""

import json
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final
from uuid import UUID

import typer

from crossforce.evidence.choices import Decision, Side, Test, Trigger
from crossforce.evidence.commands.sharing import place
from crossforce.evidence.models import Scheduled
from crossforce.evidence.operations import bundling, moving, papers, scheduling
from crossforce.evidence.operations.bundling import NewBundle
from crossforce.evidence.operations.scheduling import Decided, Described
from crossforce.evidence.queries import disclosure as queries
from crossforce.evidence.queries import looks
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()
Case = Annotated[UUID, typer.Argument(help="The identifier of the case.")]
Item = Annotated[UUID, typer.Argument(help="The identifier of the item of unused material.")]
What = Annotated[str, typer.Option(help="What it is.")]
Where = Annotated[str, typer.Option(help="Where it is.")]
Exhibit = Annotated[str, typer.Option(help="Its exhibit reference.")]
PRESUMED: Final = "Of a kind that is presumed to meet the test."
Presumed = Annotated[bool, typer.Option("--presumed", help=PRESUMED)]
Because = Annotated[str, typer.Option(help="Why.")]


@commands.command()
def unused(case: Case, user: User) -> None:
    """The schedules of unused material of a case, as JSON. Exit code 1 while they are not certified as they stand."""
    found = queries.schedules_of(acting_as(user), case)
    told = {
        "has_sensitive": found.has_sensitive,
        "is_certified": found.is_certified,
        "refusal": found.refusal,
        "items": [_told(row) for row in found.items],
    }
    json.dump(told, sys.stdout, indent=2, default=str, ensure_ascii=False)
    typer.echo()
    raise typer.Exit(code=int(not found.is_certified))


@commands.command()
def schedule(
    case: Case,
    description: What,
    location: Where,
    user: User,
    exhibit: Exhibit = "",
    why_sensitive: Annotated[str, typer.Option(help="Puts it on MG6D.")] = "",
    presumed: Presumed = False,
) -> None:
    """Put an item of unused material on MG6C, or on MG6D where it is sensitive."""
    new = Described(description, location, exhibit, why_sensitive, presumed)
    row = scheduling.schedule(actor=acting_as(user), case=case, new=new, at=clock.now())
    typer.echo(_named(row))


@commands.command("mend-unused")
def mend_unused(
    item: Item,
    user: User,
    description: Annotated[str | None, typer.Option(help="What it is.")] = None,
    location: Annotated[str | None, typer.Option(help="Where it is.")] = None,
    exhibit: Annotated[str | None, typer.Option(help="Its exhibit reference.")] = None,
    why_sensitive: Annotated[str | None, typer.Option(help="Why it is sensitive.")] = None,
    presumed: Annotated[bool | None, typer.Option(help=PRESUMED)] = None,
) -> None:
    """Mend what an item says of itself; what is not given stays as it is."""
    actor, at = acting_as(user), clock.now()
    found = queries.told_of(actor, item)
    row, named = found.row, found.exhibit
    said = Described(
        row.description if description is None else description,
        row.location if location is None else location,
        named if exhibit is None else exhibit,
        row.why_sensitive if why_sensitive is None else why_sensitive,
        row.is_presumed if presumed is None else presumed,
    )
    made = scheduling.describe(actor=actor, item=item, version=row.version, said=said, at=at)
    typer.echo(_named(made))


@commands.command("move-unused")
def move_unused(
    item: Item,
    user: User,
    why_sensitive: Annotated[
        str, typer.Option(help="Puts it on MG6D; without, it goes to MG6C.")
    ] = "",
) -> None:
    """Put an item on the other schedule, where it is another record."""
    actor, at = acting_as(user), clock.now()
    version = queries.unused_of(actor, item).version
    row = moving.move(
        actor=actor, item=item, version=version, why_sensitive=why_sensitive, at=at
    )
    typer.echo(_named(row))


@commands.command("unused-paper")
def unused_paper(
    case: Case,
    name: Annotated[str, typer.Argument(help="mg6c, mg6d or mg6e.")],
    to: Annotated[Path, typer.Option(help="A .pdf or .csv file; nothing may be there.")],
    user: User,
) -> None:
    """Write a schedule of unused material, or the disclosure officer's report, as PDF or CSV."""
    made = papers.paper(
        actor=acting_as(user), case=case, name=name, form=to.suffix[1:], at=clock.now()
    )
    with to.open("xb") as written:
        written.write(made.content)
    typer.echo(f"{to}  {made.name}")


@commands.command("test-unused")
def test_unused(
    item: Item,
    test: Annotated[Test, typer.Option(help="How the test came out.")],
    officer: Annotated[str, typer.Option(help="The disclosure officer.")],
    reason: Because,
    user: User,
) -> None:
    """Record how the disclosure test came out for an item."""
    actor, at = acting_as(user), clock.now()
    version = queries.unused_of(actor, item).version
    row = scheduling.record_test(
        actor=actor, item=item, version=version, test=test, officer=officer, reason=reason, at=at
    )  # fmt: skip
    typer.echo(f"{_named(row)}  {row.test}")


@commands.command("decide-unused")
def decide_unused(
    item: Item,
    decision: Annotated[Decision, typer.Option(help="What was decided.")],
    prosecutor: Annotated[str, typer.Option(help="By which prosecutor.")],
    user: User,
    reason: Because = "",
    order: Annotated[
        str, typer.Option(help="Which court withheld it, and its reference.")
    ] = "",
    ordered_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of that order.")
    ] = None,
) -> None:
    """Write down what the prosecutor decided of an item."""
    actor, at = acting_as(user), clock.now()
    version = queries.unused_of(actor, item).version
    on = ordered_on.date() if ordered_on else None
    decided = Decided(decision, prosecutor, reason, order, on)
    row = scheduling.decide(actor=actor, item=item, version=version, decided=decided, at=at)
    typer.echo(f"{_named(row)}  {row.decision}")


@commands.command("reopen-unused")
def reopen_unused(
    case: Case, trigger: Annotated[Trigger, typer.Option(help="What came.")], user: User
) -> None:
    """Have every tested item of a case that is not disclosed looked at again."""
    number = scheduling.reopen(
        actor=acting_as(user), case=case, trigger=trigger, at=clock.now()
    )
    typer.echo(f"{number:,} to be looked at again")


@commands.command("look-again")
def look_again(user: User) -> None:
    """The cases with unused material that is to be looked at again, as JSON, one's own first."""
    told = [
        {
            "case": each.case.pk,
            "case_reference": each.case.case_reference,
            "items": each.items,
            "triggers": each.triggers,
            "since": each.since,
            "officer": each.officer,
            "is_own": each.is_own,
        }
        for each in looks.again(acting_as(user), clock.now())
    ]
    json.dump(told, sys.stdout, indent=2, default=str, ensure_ascii=False)
    typer.echo()


@commands.command("certify-unused")
def certify_unused(
    case: Case,
    officer: Annotated[str, typer.Option(help="The disclosure officer.")],
    user: User,
) -> None:
    """Certify the schedules of a case as they stand."""
    row = scheduling.certify(actor=acting_as(user), case=case, officer=officer, at=clock.now())
    counted = f"{row.items:,} {'item' if row.items == 1 else 'items'} of MG6C"
    typer.echo(f"{row.pk}  {counted}  sha-256 {row.digest}")


@commands.command()
def bundle(
    case: Case,
    side: Annotated[Side, typer.Option(help="For which side.")],
    recipient: Annotated[str, typer.Option(help="For whom it is.")],
    reason: Because,
    to: Annotated[Path, typer.Option(help="Where to write it; nothing may be there.")],
    user: User,
) -> None:
    """Write a bundle for the prosecutor or the defence: schedules, and a proof pack of each exhibit. It is a disclosure."""
    actor, new, at = acting_as(user), NewBundle(case, side, recipient, reason), clock.now()
    with to.open("xb") as written:
        try:
            made = bundling.make(actor=actor, new=new, at=at, settle=partial(place, at))
            written.writelines(made.parts())
        except BaseException:
            to.unlink()
            raise
    counted = f"{len(made.papers):,} papers, {len(made.packs):,} exhibits"
    typer.echo(f"{to}  {made.marking}  {counted}")


def _named(row: Scheduled) -> str:
    return f"{row.pk}  {row.standing.label}"


def _told(row: Scheduled) -> dict[str, Any]:
    where = {"schedule": row.schedule.value, "number": row.number}
    return {"id": row.pk, "version": row.version} | where | row.values()
