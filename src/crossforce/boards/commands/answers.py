"""Answers of seats to papers between meetings, on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.boards.choices import Vote
from crossforce.boards.commands.options import User, acting
from crossforce.boards.operations import own_answers
from crossforce.boards.queries import answers as queries
from crossforce.kernel import clock

commands = typer.Typer()


@commands.command()
def answer(
    paper: UUID,
    board: UUID,
    seat: Annotated[str, typer.Argument(help="Such as policing-body:wiltshire.")],
    vote: Vote,
    user: User,
) -> None:
    """Answer a paper for the seat that you hold today; until it is decided, another answer takes its place."""
    made = own_answers.answer(
        actor=acting(user), board=board, paper=paper, seat=seat, vote=vote, at=clock.now()
    )
    typer.echo(made)


@commands.command()
def answers(paper: UUID, user: User) -> None:
    """The answers of seats to a paper so far, as far as you may read them."""
    for each in queries.to_paper(acting(user), paper):
        typer.echo(f"{each.seat}  {each.vote}  {each.said_at:%Y-%m-%d}  {each.said_by}")
