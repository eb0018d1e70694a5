"""Staff on the command line."""

import json
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from crossforce.kernel import civil, clock, guarded
from crossforce.kernel.periods import Period
from crossforce.people import models, operations, queries
from crossforce.people.choices import EmploymentKind
from crossforce.people.commands import saying
from crossforce.people.commands.options import Day, Json, MaybeDay, User, period_of
from crossforce.people.rules import catalogue

commands = typer.Typer()


@commands.command(name="list")
def list_staff(
    user: User,
    words: Annotated[str, typer.Argument(help="Part of a name or number.")] = "",
    role: Annotated[str, typer.Option(help="Posted in this role.")] = "",
    skill: Annotated[str, typer.Option(help="With this skill in date.")] = "",
    as_json: Json = False,
) -> None:
    """List the staff of the organisation that you act for."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    wanted = queries.StaffFilter(words=words, role=role, skill=skill)
    with guarded.acting(actor):
        rows = list(queries.with_postings(queries.staff_list(actor, wanted, at), at))
    if as_json:
        typer.echo(json.dumps([_plain(row) for row in rows], indent=1))
        return
    table = Table("Number", "Name", "Rank", "Postings")
    table.add_column("Identifier", no_wrap=True, min_width=36)
    for row in rows:
        roles = ", ".join(posting.role for posting in row.held)
        table.add_row(row.number, row.name, row.rank, roles, str(row.pk))
    Console().print(table)


@commands.command()
def show(staff: UUID, user: User, as_json: Json = False) -> None:
    """Say what is noted of one member of staff, each with its identifier."""
    at = clock.now()
    found = queries.record(queries.actor_named(user, at), staff, at)
    if as_json:
        plain = _person(found.staff) | {"held": saying.held(found)}
        typer.echo(json.dumps(plain, indent=1))
        return
    organisation = found.staff.organisation_id
    typer.echo(f"{found.staff.name} {found.staff.number}, {organisation}  {found.staff.pk}")
    for each in saying.held(found):
        typer.echo(saying.line(each))


@commands.command()
def add(
    number: str,
    family_name: str,
    user: User,
    first_day: Day,
    given_name: Annotated[str, typer.Option()] = "",
    kind: Annotated[EmploymentKind, typer.Option()] = EmploymentKind.OFFICER,
    rank: Annotated[str, typer.Option()] = "",
) -> None:
    """Enter a member of staff; prints the identifier."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    row = operations.add_staff(
        actor=actor,
        organisation=actor.organisation,
        particulars=operations.Particulars(number, given_name, family_name, kind.value, rank),
        period=Period(civil.instant(first_day.date())),
        at=at,
    )
    typer.echo(row.pk)


@commands.command()
def post(
    staff: UUID,
    role: str,
    user: User,
    first_day: Day,
    last_day: MaybeDay = None,
    organisation: Annotated[str, typer.Option(help="Your own if none is given.")] = "",
    unit: Annotated[UUID | None, typer.Option()] = None,
) -> None:
    """Post a member of staff; prints the identifier of the posting."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    period = period_of(first_day, last_day)
    wanted = operations.Wanted(organisation or actor.organisation, role, period, unit)
    row = operations.post(actor=actor, staff=staff, wanted=wanted, at=at)
    typer.echo(row.pk)


@commands.command()
def end(staff: UUID, last_day: Day, user: User) -> None:
    """Record that a member of staff leaves."""
    at = clock.now()
    actor = queries.actor_named(user, at)
    found = queries.record(actor, staff, at).staff
    operations.end_staff(
        actor=actor,
        staff=staff,
        version=found.version,
        ends_at=civil.instant(civil.next_day(last_day.date())),
        at=at,
    )
    typer.echo(f"{found.name} leaves after {last_day:%d %B %Y}.")


@commands.command()
def lapsing(user: User, days: int | None = None, as_json: Json = False) -> None:
    """List authorities that lapse soon, soonest first, each with its identifier."""
    at = clock.now()
    found = queries.lapsing(queries.actor_named(user, at), at, days=days)
    if as_json:
        rows = [saying.authority(each) | {"staff": _person(each.row.staff)} for each in found]
        typer.echo(json.dumps(rows, indent=1))
        return
    for held in found:  # lines, which no terminal and no pipe makes shorter
        person, ends_at = held.row.staff, held.standing.until
        day = str(civil.day_of(ends_at)) if ends_at else "no end    "
        typer.echo(f"{day}  {held.row.code}  {person.name}, {person.number}  {held.row.pk}")


@commands.command(name="catalogue")
def show_catalogue() -> None:
    """List the codes of roles, skills, authorities and clearances."""
    on = civil.day_of(clock.now())
    table = Table("Kind", "Code", "Title", "Months")
    for kind in ("roles", "skills", "authorities", "clearances"):
        for item in getattr(catalogue, kind)(on).values():
            table.add_row(kind, item.code, item.title.en, str(item.months or ""))
    Console().print(table)


def _plain(row: models.Staff) -> dict[str, object]:
    held: list[models.Posting] = getattr(row, "held", [])
    return _person(row) | {"rank": row.rank, "roles": [posting.role for posting in held]}


def _person(row: models.Staff) -> dict[str, object]:
    return {"id": str(row.pk), "number": row.number, "name": row.name}
