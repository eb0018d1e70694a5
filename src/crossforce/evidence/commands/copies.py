"""Copies of exhibits: given, taken, asked back, answered."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from crossforce.evidence.choices import Lasts, OnRecall
from crossforce.evidence.operations import accepting, copying, recalling
from crossforce.evidence.operations.copying import NewCopy
from crossforce.evidence.operations.recalling import Reply
from crossforce.evidence.queries import copies as queries
from crossforce.evidence.queries.naming import named
from crossforce.evidence.queries.packages import Wanted
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()
Copy = Annotated[UUID, typer.Argument(help="The identifier of the copy, as “copies” tells it.")]
DAY = ["%Y-%m-%d"]


@commands.command()
def copy(
    receiver: Annotated[str, typer.Option(help="To whom: the code of the organisation.")],
    ground: Annotated[str, typer.Option(help="On what ground.")],
    user: User,
    exhibit: Annotated[
        str, typer.Option(help="The exhibit: its reference or identifier.")
    ] = "",
    case: Annotated[
        str, typer.Option(help="Or the case: a copy of each of its exhibits.")
    ] = "",
    lasts: Annotated[Lasts, typer.Option(help="For how long.")] = Lasts.AGREEMENT,
    until: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Until which day.")
    ] = None,
    paper: Annotated[
        str, typer.Option(help="To one outside of this platform: the paper it goes with.")
    ] = "",
) -> None:
    """Give a copy of an exhibit, or of each of a case, to another force; its receiver takes or declines it."""
    actor = acting_as(user)
    of = Wanted(named(actor, exhibit) if exhibit else None, case)
    day = until.date() if until else None
    new = NewCopy(of, receiver, ground, lasts, day, paper)
    for row in copying.give(actor=actor, new=new, at=clock.now()):
        typer.echo(f"{row.pk}  {row.what}")


@commands.command("copies")
def listed(user: User) -> None:
    """Copies given and copies received, how each stands, and whom no word may reach, as JSON."""
    actor, at = acting_as(user), clock.now()
    told: dict[str, Any] = {
        "given": [
            {"id": each.row.pk, "what": each.row.what, "receiver": each.row.receiver}
            | {"state": each.state, "asked": each.asked, "unreached": each.unreached}
            | {"tried": each.row.tried, "told": asdict(each.told)}
            for each in queries.given(actor, at)
        ],
        "received": [
            {"id": each.row.pk, "what": each.row.what, "giver": each.row.giver}
            | {"state": each.state, "asked": each.asked, "exhibit": each.row.exhibit}
            for each in queries.received(actor, at)
        ],
    }
    json.dump(told, sys.stdout, indent=2, default=str, ensure_ascii=False)
    typer.echo()


@commands.command("take-copy")
def take(copy: Copy, user: User) -> None:
    """Take a copy that is offered: it becomes an exhibit here. Broken off, the same again goes on where it was."""
    made = accepting.accept(actor=acting_as(user), received=copy, at=clock.now())
    typer.echo(f"{made.pk}  {made.exhibit_reference}")


@commands.command("decline-copy")
def decline(
    copy: Copy, why: Annotated[str, typer.Option(help="Why; its giver is told.")], user: User
) -> None:
    """Decline a copy that is offered."""
    accepting.decline(actor=acting_as(user), received=copy, why=why, at=clock.now())
    typer.echo("Declined.")


@commands.command("recall-copy")
def recall(
    copy: Copy, why: Annotated[str, typer.Option(help="Why; its receiver is told.")], user: User
) -> None:
    """Ask a copy back."""
    recalling.recall(actor=acting_as(user), copy=copy, why=why, at=clock.now())
    typer.echo("Asked back.")


@commands.command("answer-copy")
def answer(
    copy: Copy,
    answer: Annotated[OnRecall, typer.Option(help="Let go, or kept for a reason.")],
    user: User,
    why: Annotated[str, typer.Option(help="Why it is kept; its giver is told.")] = "",
) -> None:
    """Answer a giver that asks a copy back."""
    reply = Reply(answer, why)
    recalling.answer(actor=acting_as(user), received=copy, reply=reply, at=clock.now())
    typer.echo("Answered.")


@commands.command("tried-copy")
def tried(
    copy: Copy, how: Annotated[str, typer.Option(help="What, and what came of it.")], user: User
) -> None:
    """Keep what was tried to reach a receiver."""
    typer.echo(recalling.tried(actor=acting_as(user), copy=copy, how=how, at=clock.now()).tried)


@commands.command("receipt-copy")
def receipt(
    copy: Copy,
    paper: Annotated[str, typer.Option(help="Its number, who signed it, what it says.")],
    user: User,
) -> None:
    """Enter the receipt on paper of a receiver that cannot answer here."""
    row = recalling.receipt(actor=acting_as(user), copy=copy, paper=paper, at=clock.now())
    typer.echo(row.ended_how)
