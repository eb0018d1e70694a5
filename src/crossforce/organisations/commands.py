"""The directory on the command line."""

import datetime as dt
import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from crossforce.kernel import civil, clock
from crossforce.organisations import queries
from crossforce.organisations.choices import OrganisationKind, title_of_body, title_of_kind
from crossforce.organisations.directory.profile import Profile

commands = typer.Typer(
    name="organisation", help="Forces, policing bodies, partners and boards."
)


@commands.command(name="list")
def list_organisations(
    words: Annotated[str, typer.Argument(help="Part of a name or code.")] = "",
    kind: Annotated[OrganisationKind | None, typer.Option(help="Only this kind.")] = None,
    region: Annotated[str, typer.Option(help="Only this region, by code.")] = "",
    on: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """List organisations by name."""
    wanted = queries.Wanted(words, kind or "", region, on.date() if on else None)
    found = queries.organisations(None, wanted, today=civil.day_of(clock.now()))
    if as_json:
        typer.echo(
            json.dumps([{"code": r.code, "kind": r.kind, "name": r.name_en} for r in found])
        )
        return
    table = Table("Code", "Kind", "Name", "From", "Until")
    for row in found:
        kind_title = title_of_kind(row.kind).en
        table.add_row(row.code, kind_title, row.name_en, _day(row.first_day), _day(row.end_day))
    Console().print(table)


@commands.command()
def show(
    code: Annotated[str, typer.Argument(help="As “organisation list” names it.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say everything the directory holds of one body."""
    found = queries.profile(None, code, today=civil.day_of(clock.now()))
    if as_json:
        typer.echo(found.organisation.model_dump_json(by_alias=True, indent=1))
        return
    console = Console(highlight=False)
    for line in _lines(found):
        console.print(line, soft_wrap=True)


def _lines(found: Profile) -> list[str]:
    body = found.organisation
    lines = [f"[bold]{body.name.en}[/bold] ({body.code})", title_of_kind(body.kind).en]
    if body.name.cy:
        lines.append(f"Welsh name: {body.name.cy}")
    lines.append(f"In being: {_day(body.since) or '…'} until {_day(body.until) or '…'}")
    lines += [f"Until {_day(each.until)}: {each.name.en}" for each in found.names[:-1]]
    for holder in found.policing_bodies:
        kind = title_of_body(holder.held.kind).en if holder.held.kind else ""
        period = f"{_day(holder.held.since) or '…'} until {_day(holder.held.until) or '…'}"
        lines.append(
            f"Policing body {period}: {holder.held.name.en} ({kind}, {holder.body.code})"
        )
    lines += [
        f"Came from {each.other.code} on {each.on}, {each.relation}" for each in found.before
    ]
    lines += [
        f"Followed by {each.other.code} on {each.on}, {each.relation}" for each in found.after
    ]
    lines.append(f"Source: {body.source} (confidence {body.confidence})")
    return lines


def _day(value: object) -> str:
    return str(value) if value else ""
