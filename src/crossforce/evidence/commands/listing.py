"""Exhibits on a list."""

import json
import sys
from typing import Annotated

import typer

from crossforce.evidence.queries import naming
from crossforce.kernel.options import User
from crossforce.people.api import acting_as

commands = typer.Typer()


@commands.command("list")
def list_(
    user: User,
    case: Annotated[str, typer.Option(help="Only of this crime, incident or operation.")] = "",
    reference: Annotated[str, typer.Option(help="Only of this reference, such as JAS/1.")] = "",
) -> None:
    """Exhibits that you may read, the newest first, as JSON: identifier, reference, case, what it is, when it was seized."""
    found = naming.find(acting_as(user), case=case, reference=reference)
    shown = ("exhibit_reference", "case_reference", "description", "seized_at")
    told = [
        {"id": row.pk} | {each: getattr(row, each) for each in shown} for row in found.exhibits
    ]
    json.dump({"is_whole": found.is_whole, "exhibits": told}, sys.stdout, indent=2, default=str)
    typer.echo()
