"""Accounts and offers on the command line."""

import json
from typing import Annotated
from uuid import UUID

import typer

from crossforce.kernel import civil, clock
from crossforce.organisations import api as organisations
from crossforce.people import models, operations, queries
from crossforce.people.choices import EmploymentKind
from crossforce.people.commands.options import Day, Json, User, end_of_day
from crossforce.people.rules.powers import system_actor

commands = typer.Typer()


@commands.command()
def appoint(
    organisation: Annotated[
        str, typer.Argument(help="Its code; crossforce-platform for here.")
    ],
    number: str,
    family_name: str,
    username: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)
    ],
    given_name: Annotated[str, typer.Option()] = "",
) -> None:
    """Give an organisation its first administrator, or the platform its own. Starts today."""
    at = clock.now()
    if not organisations.Organisation.objects.exists():
        organisations.load_reference(
            actor=system_actor("installer", on=civil.day_of(at)), at=at
        )
    account = operations.appoint_administrator(
        actor=system_actor("installer", on=civil.day_of(at)),
        organisation=organisation,
        particulars=operations.Particulars(
            number, given_name, family_name, EmploymentKind.STAFF.value
        ),
        credentials=operations.Credentials(username, password=password),
        starts_at=civil.instant(civil.day_of(at)),
        at=at,
    )
    typer.echo(f"{account.username} administers {organisation} from today.")


@commands.command(name="open-account")
def open_account(
    staff: UUID,
    user: User,
    username: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)
    ],
) -> None:
    """Let a member of staff sign in."""
    at = clock.now()
    account = operations.open_account(
        actor=queries.actor_named(user, at),
        staff=staff,
        credentials=operations.Credentials(username, password=password),
        at=at,
    )
    typer.echo(account.pk)


@commands.command(name="close-account")
def close_account(account: UUID, user: User) -> None:
    """Stop an account at once."""
    at = clock.now()
    row = operations.close_account(actor=queries.actor_named(user, at), account=account, at=at)
    typer.echo(f"{row.username} can no longer sign in.")


@commands.command(name="end-posting")
def end_posting(posting: UUID, last_day: Day, user: User) -> None:
    """End a posting, or bring its end forward."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    row = queries.posting(actor, posting)
    operations.end_posting(
        actor=actor,
        posting=posting,
        version=row.version,
        ends_at=end_of_day(last_day),
        at=at,
    )
    typer.echo(f"{row.role} ends after {last_day:%d %B %Y}.")


@commands.command()
def offered(user: User, as_json: Json = False) -> None:
    """List people whom other organisations offer to yours."""
    found = queries.offered(queries.actor_named(user, clock.now()))
    if as_json:
        typer.echo(json.dumps([_offer(row) for row in found], indent=1))
        return
    for row in found:
        person = f"{row.staff.name} of {row.staff.organisation_id}"
        typer.echo(f"{row.pk}  {person}, {row.role} from {row.first_day}")


def _offer(row: models.Posting) -> dict[str, object]:
    return {
        "id": str(row.pk),
        "name": row.staff.name,
        "organisation": row.staff.organisation_id,
        "role": row.role,
        "first_day": str(row.first_day),
    }


@commands.command()
def accept(posting: UUID, user: User) -> None:
    """Take someone whom another organisation offers."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    row = queries.posting(actor, posting)
    operations.accept_posting(actor=actor, posting=posting, version=row.version, at=at)
    typer.echo("Accepted.")


@commands.command()
def decline(posting: UUID, user: User) -> None:
    """Turn down someone whom another organisation offers."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    row = queries.posting(actor, posting)
    operations.decline_posting(actor=actor, posting=posting, version=row.version, at=at)
    typer.echo("Declined.")
