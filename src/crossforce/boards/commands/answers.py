"""Answers of seats to papers between meetings, and of bodies to own rules, on the command line."""

from typing import Annotated
from uuid import UUID

import typer

from crossforce.boards.choices import Vote
from crossforce.boards.commands.options import User, acting
from crossforce.boards.operations import own_answers, own_consents
from crossforce.boards.queries import answers as queries
from crossforce.boards.queries import boards, own_rules
from crossforce.kernel import civil, clock

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


@commands.command()
def consent(
    board: UUID,
    proposal: Annotated[str, typer.Argument(help="Its digest, as `boards consents` tells it.")],
    body: Annotated[str, typer.Argument(help="Such as pcc-wiltshire.")],
    vote: Annotated[Vote, typer.Argument(help="for or against.")],
    user: User,
) -> None:
    """Answer own rules that are proposed for a board, for the body whose office you hold; until they count you may change it."""
    made = own_consents.answer(
        actor=acting(user), board=board, proposal=proposal, body=body, vote=vote, at=clock.now()
    )
    typer.echo(made)


@commands.command()
def consents(board: UUID, user: User) -> None:
    """Who agrees to the own rules of a board: to what is proposed, or, where nothing is, to what counts."""
    actor = acting(user)
    found = own_rules.agreeing(actor, boards.board(actor, board), civil.day_of(clock.now()))
    if found.proposed:
        typer.echo(f"proposed {found.proposed.on}  {found.proposed.digest}")
    for each in found.agreed:
        typer.echo(f"{each.person}  agrees  {each.on}  {each.own or each.document}")
    no = {each.body: f"against  {civil.day_of(each.at)}  {each.pk}" for each in found.against}
    for code in found.missing:
        typer.echo(f"{code}  {no.get(code, 'has not answered')}")
    for code in found.unasked:
        typer.echo(f"{code}  joined since, and was not asked")
