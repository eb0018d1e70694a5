"""Skills, authorities and clearances on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import clock
from crossforce.people import operations, queries
from crossforce.people.commands.options import Day, MaybeDay, User, end_of_day, period_of

commands = typer.Typer()
Code = Annotated[str, typer.Argument(help="As “people catalogue” lists it.")]


@commands.command()
def skill(
    staff: UUID,
    code: Code,
    user: User,
    first_day: Day,
    last_day: MaybeDay = None,
    evidence: Annotated[str, typer.Option()] = "",
) -> None:
    """Record a skill; prints its identifier."""
    at = clock.now()
    new = operations.NewSkill(code, period_of(first_day, last_day), evidence)
    row = operations.record_skill(
        actor=queries.actor_named(user, at), staff=staff, skill=new, at=at
    )
    typer.echo(row.pk)


@commands.command(name="end-skill")
def end_skill(skill: UUID, last_day: Day, user: User) -> None:
    """Record that a skill is no longer held."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    operations.end_skill(
        actor=actor,
        skill=skill,
        version=queries.skill(actor, skill).version,
        ends_at=end_of_day(last_day),
        at=at,
    )
    typer.echo("Ended.")


@commands.command()
def grant(
    staff: UUID,
    code: Code,
    user: User,
    first_day: Day,
    last_day: MaybeDay = None,
    conditions: Annotated[str, typer.Option()] = "",
) -> None:
    """Grant an authority; prints its identifier."""
    at = clock.now()
    new = operations.NewAuthority(code, period_of(first_day, last_day), conditions)
    row = operations.grant_authority(
        actor=queries.actor_named(user, at), staff=staff, authority=new, at=at
    )
    typer.echo(row.pk)


@commands.command()
def suspend(authority: UUID, reason: str, user: User) -> None:
    """Stop an authority at once."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    operations.suspend_authority(
        actor=actor,
        authority=authority,
        version=queries.authority(actor, authority).version,
        reason=reason,
        at=at,
    )
    typer.echo("Suspended.")


@commands.command()
def reinstate(authority: UUID, user: User) -> None:
    """Lift a suspension."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    version = queries.authority(actor, authority).version
    operations.reinstate_authority(actor=actor, authority=authority, version=version, at=at)
    typer.echo("Reinstated.")


@commands.command()
def renew(authority: UUID, user: User, first_day: Day, last_day: MaybeDay = None) -> None:
    """Grant the same authority anew; prints its identifier."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    row = operations.renew_authority(
        actor=actor,
        authority=authority,
        version=queries.authority(actor, authority).version,
        period=period_of(first_day, last_day),
        at=at,
    )
    typer.echo(row.pk)


@commands.command()
def withdraw(authority: UUID, last_day: Day, user: User) -> None:
    """End an authority for good."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    operations.withdraw_authority(
        actor=actor,
        authority=authority,
        version=queries.authority(actor, authority).version,
        ends_at=end_of_day(last_day),
        at=at,
    )
    typer.echo("Withdrawn.")


@commands.command()
def vet(
    staff: UUID,
    code: Code,
    user: User,
    first_day: Day,
    last_day: MaybeDay = None,
    reference: Annotated[str, typer.Option()] = "",
) -> None:
    """Record a clearance; prints its identifier."""
    at = clock.now()
    new = operations.NewVetting(code, period_of(first_day, last_day), reference)
    row = operations.record_vetting(
        actor=queries.actor_named(user, at), staff=staff, vetting=new, at=at
    )
    typer.echo(row.pk)


@commands.command(name="withdraw-vetting")
def withdraw_vetting(vetting: UUID, last_day: Day, user: User) -> None:
    """End a clearance early."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    operations.withdraw_vetting(
        actor=actor,
        vetting=vetting,
        version=queries.vetting(actor, vetting).version,
        ends_at=end_of_day(last_day),
        at=at,
    )
    typer.echo("Withdrawn.")
