"""The directory on the command line."""

import datetime as dt
import json
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Column, Table

from crossforce.kernel import civil, clock, registry
from crossforce.kernel.words import Words
from crossforce.organisations import operations, queries
from crossforce.organisations.choices import (
    Enactment,
    OrganisationKind,
    PreciseDate,
    SuccessionRelation,
    title_of_body,
    title_of_kind,
)
from crossforce.organisations.directory.profile import Profile

commands = typer.Typer(
    name="organisation", help="Forces, policing bodies, partners and boards."
)

User = Annotated[
    str,
    typer.Option(
        "--as", help="Who acts: a user name, user:office, or <user>:<office>:<purpose>."
    ),
]
Day = Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"])]
Source = Annotated[str, typer.Option(help="The enactment or published source that says so.")]
Version = Annotated[int, typer.Option(help="The version that you saw; “show” tells it.")]


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
    table = Table(Column("Code", no_wrap=True), "Kind", "Name", "From", "Until")
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
    version = queries.organisation(None, code).version
    for line in [*_lines(found), f"Version: {version}"]:
        console.print(line, soft_wrap=True)


@commands.command()
def units(
    code: Annotated[str, typer.Argument(help="The organisation.")],
    user: User,
) -> None:
    """List the units of an organisation, parents before children."""
    actor = registry.actor_named(user, clock.now())
    queries.organisation(actor, code)
    table = Table("Unit", "Code", "Stands under", "From", "Until", "Identifier", "Version")
    for row in queries.units(actor, organisation=code):
        above = row.parent.code if row.parent else ""
        period = (str(row.since), str(row.until or ""))
        table.add_row(row.name_en, row.code, above, *period, str(row.pk), str(row.version))
    Console().print(table)


@commands.command(name="open-unit")
def open_unit(
    code: Annotated[str, typer.Argument(help="The organisation.")],
    unit: Annotated[str, typer.Argument(help="The unit's code, for ever.")],
    name: Annotated[str, typer.Argument(help="What it is called.")],
    first_day: Day,
    user: User,
    welsh: Annotated[str, typer.Option(help="What it is called in Welsh.")] = "",
    under: Annotated[UUID | None, typer.Option(help="The unit it stands under.")] = None,
) -> None:
    """Open a unit of the organisation that you act for; prints the identifier."""
    at = clock.now()
    wanted = operations.NewUnit(
        unit, Words(en=name, cy=welsh or None), _precise(first_day), above=under
    )
    actor = registry.actor_named(user, at)
    made = operations.open_unit(actor=actor, organisation=code, unit=wanted, at=at)
    typer.echo(made.pk)


@commands.command(name="close-unit")
def close_unit(unit: UUID, first_day_without: Day, version: Version, user: User) -> None:
    """End a unit on a day."""
    at = clock.now()
    operations.close_unit(
        actor=registry.actor_named(user, at),
        unit=unit,
        version=version,
        on=_precise(first_day_without),
        at=at,
    )


@commands.command()
def rename(
    code: Annotated[str, typer.Argument(help="The organisation.")],
    name: Annotated[str, typer.Argument(help="What it is called from that day.")],
    day: Day,
    source: Source,
    version: Version,
    user: User,
    welsh: Annotated[str, typer.Option(help="What it is called in Welsh.")] = "",
) -> None:
    """Record another name for the same legal person."""
    at = clock.now()
    operations.rename(
        actor=registry.actor_named(user, at),
        organisation=code,
        version=version,
        name=Words(en=name, cy=welsh or None),
        enactment=Enactment(on=_precise(day), source=source),
        at=at,
    )


@commands.command()
def succeed(
    code: Annotated[str, typer.Argument(help="The organisation that ends.")],
    successor: Annotated[str, typer.Argument(help="The one that follows, by code.")],
    day: Day,
    source: Source,
    version: Version,
    user: User,
    relation: Annotated[SuccessionRelation, typer.Option()] = SuccessionRelation.ABOLISHED,
) -> None:
    """Record that a body ends and another follows."""
    heir = operations.Heir(successor, relation)
    _follow_or_end(code, heir, Enactment(on=_precise(day), source=source), version, user)


@commands.command()
def transfer(
    code: Annotated[str, typer.Argument(help="The organisation that gives functions away.")],
    successor: Annotated[str, typer.Argument(help="The one that takes them, by code.")],
    day: Day,
    source: Source,
    version: Version,
    user: User,
) -> None:
    """Record that a body gives functions away and lives on."""
    heir = operations.Heir(successor, SuccessionRelation.FUNCTIONS_TRANSFERRED, ends=False)
    _follow_or_end(code, heir, Enactment(on=_precise(day), source=source), version, user)


@commands.command()
def abolish(
    code: Annotated[str, typer.Argument(help="The organisation that ends.")],
    day: Day,
    source: Source,
    version: Version,
    user: User,
) -> None:
    """Record that a body ends and nobody follows."""
    _follow_or_end(code, None, Enactment(on=_precise(day), source=source), version, user)


def _follow_or_end(
    code: str, heir: operations.Heir | None, enactment: Enactment, version: int, user: str
) -> None:
    at = clock.now()
    operations.follow_or_end(
        actor=registry.actor_named(user, at),
        organisation=code,
        version=version,
        heir=heir,
        enactment=enactment,
        at=at,
    )


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


def _precise(day: dt.datetime) -> PreciseDate:
    return PreciseDate(date=day.date())


def _day(value: object) -> str:
    return str(value) if value else ""
