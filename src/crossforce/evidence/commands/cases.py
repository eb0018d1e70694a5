"""Cases, and until when material is kept."""

import json
import sys
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

import typer

from crossforce.evidence import queries
from crossforce.evidence.commands.options import Exhibit
from crossforce.evidence.operations import disposing
from crossforce.evidence.queries import cases
from crossforce.evidence.queries.cases import Clock
from crossforce.evidence.queries.naming import named
from crossforce.kernel import clock
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command()
def case(
    reference: Annotated[str, typer.Argument(help="The crime, incident or operation.")],
    user: User,
) -> None:
    """The exhibits of a case and what was done with them, in one order, as JSON."""
    found = queries.case_of(acting_as(user), reference)
    told = [
        {
            "at": each.at,
            "exhibit": each.exhibit.exhibit_reference,
            "id": each.exhibit.pk,
            "what": each.what,
            "who": each.who,
        }
        for each in found.moments
    ]
    whole = {"is_whole": found.is_whole, "unread": found.unread, "moments": told}
    json.dump(whole, sys.stdout, indent=2, default=str)
    typer.echo()


@commands.command()
def kept(exhibit: Exhibit, user: User) -> None:
    """Until when an exhibit is kept, and by which rules, as JSON: its own day, and those of its cases."""
    actor = acting_as(user)
    told = [_clock(each) for each in cases.clocks_of(actor, named(actor, exhibit))]
    json.dump(told, sys.stdout, indent=2, default=str)
    typer.echo()


@commands.command("case-kept")
def case_kept(
    case: Annotated[UUID, typer.Argument(help="The identifier of the case.")], user: User
) -> None:
    """Until when a case and its material are kept, and by which rule, as JSON."""
    told = _clock(cases.case_file(acting_as(user), case).clock)
    json.dump(told, sys.stdout, indent=2, default=str)
    typer.echo()


@commands.command("propose-case")
def propose_case(
    case: Annotated[UUID, typer.Argument(help="The identifier of the case.")], user: User
) -> None:
    """Propose that a case and its exhibits go; somebody else disposes of the case, and they go with it."""
    number = disposing.propose(actor=acting_as(user), case=case, at=clock.now())
    typer.echo(f"{case}  proposed, with {number:,} exhibits")


@commands.command()
def disposals(user: User) -> None:
    """Certificates of what was disposed of, as JSON: what went and how much, and nothing of what it said."""
    told = [asdict(each) for each in queries.certificates(acting_as(user))]
    json.dump(told, sys.stdout, indent=2, default=str)
    typer.echo()


def _clock(each: Clock) -> dict[str, Any]:
    case = each.case.case_reference if each.case else None
    return {"case": case, "until": each.until, **asdict(each.why)}
