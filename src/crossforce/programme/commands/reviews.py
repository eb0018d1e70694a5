"""Reviews of contributions on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.programme.choices import ReviewOutcome, ReviewState
from crossforce.programme.commands.options import User, acting
from crossforce.programme.operations import reviews as operations
from crossforce.programme.queries import reviews as reads

commands = typer.Typer()


@commands.command()
def reviews(user: User) -> None:
    """The reviews of contributions that you may read, those not yet decided first."""
    for each in reads.reviews(acting(user)).rows:
        typer.echo(
            f"{each.state:9} {each.title}  ({each.force})  {each.outcome or 'no outcome yet'}"
            f"  {each.pk} v{each.version}"
        )


@commands.command(name="plan-review")
def plan_review(
    title: str,
    force: str,
    user: User,
    agreement: Annotated[str, typer.Option(help="Its reference.")] = "",
) -> None:
    """Plan a review of what a force gives to a collaboration."""
    given = {"title": title, "force": force, "agreement": agreement}
    typer.echo(operations.add_review(actor=acting(user), given=given, at=clock.now()))


@commands.command(name="move-review")
def move_review(
    review: UUID,
    to: ReviewState,
    user: User,
    outcome: Annotated[ReviewOutcome | None, typer.Option()] = None,
    decision: str = "",
) -> None:
    """Take a review on, back a step, or decide it."""
    actor = acting(user)
    operations.move_review(
        actor=actor,
        review=review,
        version=reads.one(actor, review).version,
        to=to,
        outcome=outcome,
        decision=decision,
        at=clock.now(),
    )
