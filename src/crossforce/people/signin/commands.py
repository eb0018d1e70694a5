"""Tokens on the command line, for whoever sets up a machine that calls the API."""

from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from crossforce.kernel import clock
from crossforce.people import queries
from crossforce.people.signin import tokens

commands = typer.Typer(name="token", help="Bearer tokens of the API.")

User = Annotated[
    str,
    typer.Option(
        "--as", help="Who acts: a user name, user:office, or <user>:<office>:<purpose>."
    ),
]


@commands.command()
def issue(
    title: Annotated[str, typer.Argument(help="What the token is for.")],
    user: User,
    days: Annotated[int, typer.Option(help="How many days it lasts, 366 at most.")] = 90,
) -> None:
    """Issue a token that acts as you do; it is printed once and kept nowhere."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    typer.echo(tokens.issue(actor=actor, title=title, days=days, at=at).secret)


@commands.command()
def revoke(
    token: Annotated[UUID, typer.Argument(help="See `token list`.")], user: User
) -> None:
    """Close a token at once."""
    at = clock.now()
    tokens.revoke(actor=queries.actor_named(user, at), token=token, at=at)
    typer.echo("Revoked.")


@commands.command(name="list")
def list_tokens(user: User) -> None:
    """List your tokens, newest first."""
    at = clock.now()
    table = Table("Token", "For", "Acts as", "Until", "Opens")
    for row in tokens.mine(queries.actor_named(user, at)):
        place = f"{row.posting.role} of {row.posting.organisation_id}"
        opens = "yes" if row.is_valid(at) else "no"
        table.add_row(str(row.pk), row.title, place, f"{row.expires_at:%d %B %Y}", opens)
    Console().print(table)
