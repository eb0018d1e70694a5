"""The ledger on the command line, read as an auditor."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from crossforce.kernel import clock, registry
from crossforce.ledger import queries
from crossforce.ledger.choices import Acts, EntryFilter

commands = typer.Typer(name="ledger", help="The tamper-evident log.")

User = Annotated[str, typer.Option("--as", help="Who reads: a user name, or user:office.")]
MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@commands.command(name="list")
def list_entries(
    user: User,
    operation: Annotated[str, typer.Option(help="How it begins, such as people.")] = "",
    subject: Annotated[str, typer.Option(help="How it begins, such as agreement:")] = "",
    since: MaybeDay = None,
    until: MaybeDay = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """List the newest entries that concern the organisation you audit."""
    wanted = EntryFilter(
        operation, subject, since.date() if since else None, until.date() if until else None
    )
    rows = queries.entries(_actor(user), wanted)[:limit]
    table = Table("When", "What", "To what", "By")
    table.add_column("Identifier", no_wrap=True, min_width=36)
    for row in rows:
        cells = (row.at.isoformat(), row.operation, row.subject, row.organisation, str(row.pk))
        if as_json:
            names = ("at", "operation", "subject", "organisation", "id")
            typer.echo(json.dumps(dict(zip(names, cells, strict=True))))
        else:
            table.add_row(*cells)
    if not as_json:
        Console().print(table)


@commands.command()
def show(entry: UUID, user: User) -> None:
    """Say what one entry holds."""
    found = queries.entry(_actor(user), entry)
    value = found.entry
    say = Console(highlight=False, soft_wrap=True).print
    say(f"{value.operation} on {value.subject} at {value.at.isoformat()}", markup=False)
    say(f"by {value.organisation}; concerns {', '.join(value.concerns)}", markup=False)
    say(json.dumps(dict(value.detail), ensure_ascii=False), markup=False)
    for cited in value.agreements:
        clause = cited.clause or "whole"
        say(
            f"rests on {cited.reference}, version {cited.version}, clause {clause}",
            markup=False,
        )
    for part, standing in found.standing.items():
        opened = (
            json.dumps(found.opened[part], ensure_ascii=False) if part in found.opened else ""
        )
        say(f"{part}: {standing} {opened}", markup=False)
    say(f"leaf hash {found.leaf_hash}", markup=False)


@commands.command()
def export(entry: UUID, file: Path, user: User) -> None:
    """Write one entry to a file that “ledger verify-entry” checks anywhere."""
    file.write_text(queries.export(_actor(user), entry), encoding="utf-8")
    typer.echo(f"Written to {file}.")


def _actor(user: str) -> Acts:
    found: Acts = registry.actor_named(user, clock.now())
    return found
