"""Papers and decisions on the command line."""

from datetime import date
from typing import Annotated
from uuid import UUID

import typer

from crossforce.boards.choices import How, Vote
from crossforce.boards.commands.options import Day, DayIfAny, User, acting, consent_of
from crossforce.boards.operations import carrying_out, deciding
from crossforce.boards.operations import papers as operations
from crossforce.boards.operations.balloting import Ballot
from crossforce.boards.operations.papers import NewPaper
from crossforce.boards.queries import meetings, offering
from crossforce.boards.queries import papers as reads
from crossforce.boards.rules.motions import Answer
from crossforce.kernel import clock

commands = typer.Typer()
NOT_DECIDED = 3
Many = Annotated[list[str] | None, typer.Option()]


@commands.command()
def papers(user: User) -> None:
    """The papers that you may see."""
    for each in reads.papers(acting(user)):
        row = each.row
        typer.echo(f"{row.pk}  {each.state}  due {row.due_on}  {row.agreement}  {row.title}")


@commands.command()
def effects(user: User, agreement: str = "") -> None:
    """What a decision can do by itself, and to what: for --effect, --effect-of and --decision of a paper."""
    for each in offering.offered(acting(user), agreement):
        effect, of = each.effect, each.of
        typer.echo(
            f"{effect.name}  {of.what}  {effect.decision}  {of.agreement}  {effect.title}: {of.title}"
        )


@commands.command(name="write")
def write(
    title: str,
    agreement: str,
    user: User,
    due: Day,
    function: Many = None,
    heading: str = "decision",
    body: str = "",
    decision: str = "",
    pence: Annotated[int, typer.Option(min=0)] = 0,
    effect: str = "",
    effect_of: str = "",
    effect_on: DayIfAny = None,
) -> None:
    """Write a paper for whoever governs these functions; none means all of the agreement."""
    new = NewPaper(
        title, agreement, due, tuple(function or ()), heading, body, decision, pence, effect,
        effect_of, effect_on,
    )  # fmt: skip
    typer.echo(operations.write(actor=acting(user), new=new, at=clock.now()))


@commands.command(name="send-out")
def send_out(paper: UUID, user: User) -> None:
    """Send a paper out to the seats."""
    actor = acting(user)
    version = reads.paper(actor, paper).version
    operations.send_out(actor=actor, paper=paper, version=version, at=clock.now())


@commands.command()
def withdraw(paper: UUID, user: User) -> None:
    """Take a paper back."""
    actor = acting(user)
    version = reads.paper(actor, paper).version
    operations.withdraw(actor=actor, paper=paper, version=version, at=clock.now())


@commands.command(name="put-off")
def put_off(paper: UUID, meeting: UUID, user: User) -> None:
    """Put a paper off to the next meeting."""
    operations.put_off(actor=acting(user), paper=paper, meeting=meeting, at=clock.now())


@commands.command()
def decide(
    where: Annotated[UUID, typer.Argument(help="The meeting; between meetings, the board.")],
    paper: UUID,
    user: User,
    how: How = How.MEETING,
    votes_for: Annotated[list[str] | None, typer.Option("--for", help="A seat.")] = None,
    against: Many = None,
    abstain: Many = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            help="Between meetings, who gave a seat's vote, when and in which document:"
            " seat=2026-03-27=document=staff:…; the last only where several hold the seat."
        ),
    ] = None,
    consent: Annotated[
        list[str] | None,
        typer.Option(help="Who agreed in writing, when and where: person=2026-03-27=document."),
    ] = None,
    casting: Vote | None = None,
    asked: DayIfAny = None,
    alone: str = "",
    urgency: str = "",
) -> None:
    """Record how a board took a paper; the exit code is 3 where it is not decided."""
    cast = {Vote.FOR: votes_for, Vote.AGAINST: against, Vote.ABSTAIN: abstain}
    votes = {seat: vote for vote, seats in cast.items() for seat in seats or []}
    ballot = Ballot(
        where,
        paper,
        how,
        votes,
        dict(map(_answer, answer or ())),
        tuple(map(consent_of, consent or ())),
        casting,
        asked,
        alone,
        urgency,
    )
    actor = acting(user)
    key = deciding.decide(actor=actor, ballot=ballot, at=clock.now())
    found = meetings.decision(actor, key)
    typer.echo(key)
    for reason in found.judged.reasons:
        typer.echo(reason, err=True)
    if not found.row.is_decided:
        raise typer.Exit(NOT_DECIDED)


@commands.command()
def decisions(board: UUID, user: User) -> None:
    """The decisions of a board, the latest first."""
    for each in meetings.decisions(acting(user), board):
        row = each.row
        typer.echo(f"{row.pk}  {row.decided_at:%Y-%m-%d}  {each.said.lower()}  {row.title}")


@commands.command(name="carry-out")
def carry_out(decision: UUID, user: User) -> None:
    """Do what was decided, once, on its day or after."""
    actor = acting(user)
    version = meetings.decision(actor, decision).row.version
    typer.echo(
        carrying_out.take_effect(
            actor=actor, decision=decision, version=version, at=clock.now()
        )
    )


def _answer(text: str) -> tuple[str, Answer]:
    seat, day, document, by = (*text.split("="), "", "", "")[:4]
    try:
        return seat, Answer(by, date.fromisoformat(day), document)
    except ValueError:
        raise typer.BadParameter(
            "give an answer as seat=2026-03-27=document or seat=2026-03-27=document=staff:…"
        ) from None
