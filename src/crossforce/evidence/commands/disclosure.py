"""Unused material and its disclosure."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.evidence.choices import Decision, Side, Test, Trigger
from crossforce.evidence.commands.sharing import place
from crossforce.evidence.operations import bundling, scheduling
from crossforce.evidence.operations.bundling import NewBundle
from crossforce.evidence.operations.scheduling import NewUnused
from crossforce.evidence.queries import disclosure as queries
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()
Case = Annotated[UUID, typer.Argument(help="The identifier of the case.")]
Item = Annotated[UUID, typer.Argument(help="The identifier of the item of unused material.")]
Because = Annotated[str, typer.Option(help="Why.")]


@commands.command()
def unused(case: Case, user: User) -> None:
    """The schedules of unused material of a case, as JSON. Exit code 1 while they are not certified as they stand."""
    found = queries.schedules_of(acting_as(user), case)
    told = {
        "is_certified": found.is_certified,
        "refusal": found.refusal,
        "items": [{"id": row.pk, "version": row.version} | row.values() for row in found.items],
    }
    json.dump(told, sys.stdout, indent=2, default=str, ensure_ascii=False)
    typer.echo()
    raise typer.Exit(code=int(not found.is_certified))


@commands.command()
def schedule(
    case: Case,
    description: Annotated[str, typer.Option(help="What it is.")],
    location: Annotated[str, typer.Option(help="Where it is.")],
    user: User,
    exhibit: Annotated[str, typer.Option(help="Its exhibit reference.")] = "",
    why_sensitive: Annotated[str, typer.Option(help="Puts it on MG6D.")] = "",
) -> None:
    """Put an item of unused material on MG6C, or on MG6D where it is sensitive."""
    new = NewUnused(case, description, location, exhibit, why_sensitive)
    row = scheduling.schedule(actor=acting_as(user), new=new, at=clock.now())
    typer.echo(f"{row.pk}  {row.schedule}/{row.number}")


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
    typer.echo(f"{row.pk}  {row.schedule}/{row.number}  {row.test}")


@commands.command("decide-unused")
def decide_unused(
    item: Item,
    decision: Annotated[Decision, typer.Option(help="What was decided.")],
    prosecutor: Annotated[str, typer.Option(help="By which prosecutor.")],
    user: User,
    reason: Because = "",
) -> None:
    """Write down what the prosecutor decided of an item."""
    actor, at = acting_as(user), clock.now()
    version = queries.unused_of(actor, item).version
    row = scheduling.decide(
        actor=actor, item=item, version=version, decision=decision, prosecutor=prosecutor, reason=reason, at=at
    )  # fmt: skip
    typer.echo(f"{row.pk}  {row.schedule}/{row.number}  {row.decision}")


@commands.command("reopen-unused")
def reopen_unused(
    case: Case, trigger: Annotated[Trigger, typer.Option(help="What came.")], user: User
) -> None:
    """Have every tested item of a case that is not disclosed looked at again."""
    number = scheduling.reopen(
        actor=acting_as(user), case=case, trigger=trigger, at=clock.now()
    )
    typer.echo(f"{number:,} to be looked at again")


@commands.command("certify-unused")
def certify_unused(
    case: Case,
    officer: Annotated[str, typer.Option(help="The disclosure officer.")],
    user: User,
) -> None:
    """Certify the schedules of a case as they stand."""
    row = scheduling.certify(actor=acting_as(user), case=case, officer=officer, at=clock.now())
    typer.echo(f"{row.pk}  {row.items:,} items  sha-256 {row.digest}")


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
    typer.echo(f"{to}  {len(made.papers):,} papers, {len(made.packs):,} exhibits")
