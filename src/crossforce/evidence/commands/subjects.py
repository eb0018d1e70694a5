"""Subject access: what is held about somebody who asks for it."""

import json
import sys
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.evidence.choices import GROUNDS, Answer
from crossforce.evidence.operations import extracting, subjects
from crossforce.evidence.operations.subjects import NewAnswer
from crossforce.evidence.queries import subjects as queries
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()
Asked = Annotated[UUID, typer.Argument(help="The identifier of the request.")]
Also = Annotated[str, typer.Option(help="An exhibit besides, by its reference.")]


@commands.command("subjects")
def listed(user: User) -> None:
    """List the subject access requests that you may read, what is due soonest first."""
    for row, due in queries.requests(acting_as(user)):
        by = f"answered {row.answered_on}" if row.answered_on else f"by {due or 'not known'}"
        typer.echo(f"{row.pk}  {row.request_reference}  {by}")


@commands.command()
def subject(request: Asked, user: User, also: Also = "") -> None:
    """What is found of a request, and what is answered of each, as JSON. Exit code 1 while there is no extract."""
    found = queries.request_of(acting_as(user), request, also)
    told = {
        "due": found.due,
        "refusal": found.refusal,
        "is_cut": found.is_cut,
        "bare": [each.pk for each in found.bare],
        "held": [
            {
                "item": each.item.pk,
                "name": each.item.name,
                "copies": each.known.copies,
                "answer": each.answer.values() if each.answer else None,
            }
            for each in found.held
        ],
    }
    json.dump(told, sys.stdout, indent=2, default=str, ensure_ascii=False)
    typer.echo()
    raise typer.Exit(code=int(bool(found.refusal)))


@commands.command("answer-subject")
def answer_subject(
    request: Asked,
    item: Annotated[list[UUID], typer.Option(help="A digital original. Repeat it.")],
    answer: Annotated[Answer, typer.Option(help="What is answered.")],
    user: User,
    is_alone: Annotated[
        bool, typer.Option("--alone", help="Each is about nobody but who asks.")
    ] = False,
    ground: Annotated[
        str, typer.Option(help=f"Where it is withheld: one of {', '.join(GROUNDS)}.")
    ] = "",
    why: Annotated[str, typer.Option(help="Why.")] = "",
    is_told: Annotated[
        bool, typer.Option("--told", help="Who asks is told that it is withheld.")
    ] = False,
    also: Also = "",
) -> None:
    """Settle what is answered of originals that were found."""
    if ground and ground not in GROUNDS:
        raise typer.BadParameter(f"One of {', '.join(GROUNDS)}.", param_hint="--ground")
    new = NewAnswer(frozenset(item), answer, is_alone, ground, why, is_told)
    rows = subjects.settle(
        actor=acting_as(user), request=request, new=new, at=clock.now(), also=also
    )
    typer.echo(f"{len(rows):,} settled")


@commands.command("approve-subject")
def approve_subject(request: Asked, user: User) -> None:
    """Approve what is answered: somebody else than settled it."""
    number = subjects.approve(actor=acting_as(user), request=request, at=clock.now())
    typer.echo(f"{number:,} approved")


@commands.command()
def extract(
    request: Asked,
    to: Annotated[Path, typer.Option(help="Where to write it; nothing may be there.")],
    user: User,
) -> None:
    """Write the extract for who asked, with an index. It is a disclosure, and the request is answered."""
    actor, at = acting_as(user), clock.now()
    with to.open("xb") as written:
        try:
            made = extracting.make(actor=actor, request=request, at=at)
            written.writelines(made.parts())
        except BaseException:
            to.unlink()
            raise
    typer.echo(f"{to}  {len(made.files):,} files, {made.marking}")
