"""The board on the command line."""

import json
import sys
from datetime import datetime
from typing import Annotated, Any

import typer

from crossforce.duty import queries
from crossforce.duty.commands.options import At, Json, User, acting
from crossforce.duty.views import naming
from crossforce.kernel import civil, clock
from crossforce.people.api import Actor

commands = typer.Typer()
Force = Annotated[str, typer.Option(help="The code of a force.")]
Unit = Annotated[str, typer.Option(help="The code of a unit.")]
Skill = Annotated[str, typer.Option(help="A skill in date.")]
Authority = Annotated[str, typer.Option(help="An authority that is valid.")]
Availability = Annotated[
    str, typer.Option(help="available, committed, on-call or not-available.")
]


@commands.command()
def board(
    user: User,
    at: At = None,
    force: Force = "",
    unit: Unit = "",
    function: str = "",
    skill: Skill = "",
    authority: Authority = "",
    availability: Availability = "",
    as_json: Json = False,
) -> None:
    """Everybody on duty, now or at an instant."""
    wanted = queries.Filter(force, unit, function, skill, authority, availability)
    actor = acting(user)
    found = queries.on_duty(actor, at or clock.now(), wanted)
    _say_why_empty(actor, found)
    if as_json:
        json.dump([_row(each, found) for each in found.rows], sys.stdout, indent=2)
        return
    for each in found.rows:
        row = each.entry
        place = "  ".join(filter(None, (row.call_sign, row.name, row.unit, row.location)))
        barred = f", but not valid: {', '.join(sorted(each.able.barred))}"
        stands = f"{each.availability}{barred if each.is_barred else ''}"
        typer.echo(f"{each.force}  {place}  {stands}  {row.pk}")
        _say_since(each, found)
    _print_cover(found)


@commands.command()
def timeline(
    user: User,
    at: At = None,
    force: Force = "",
    unit: Unit = "",
    function: str = "",
    skill: Skill = "",
    authority: Authority = "",
    as_json: Json = False,
) -> None:
    """Who is on when, through 24 hours from an hour before the instant."""
    wanted = queries.Filter(force, unit, function, skill, authority)
    actor = acting(user)
    found = queries.timeline(actor, at or clock.now(), wanted)
    _say_why_empty(actor, found)
    if as_json:
        json.dump([_lane(each) for each in found.lanes], sys.stdout, indent=2)
        return
    for each in found.lanes:
        spans = ", ".join(
            f"{_clock(some.starts_at)} to {_clock(some.ends_at)} {some.what}"
            for some in each.stretches
        )
        typer.echo(f"{each.force}  {each.first.name}  {each.first.unit}  {spans}")


def _say_since(each: queries.OnDuty, found: queries.Board) -> None:
    """Of a duty on a board of the past: what became of it since, and what it said then."""
    if not (found.is_past and (since := naming.since(each, found.at))):
        return
    units = {each.then.unit} if each.then else set()
    then = naming.then(each, naming.names((), units, civil.day_of(found.at)))
    typer.echo(f"    {since}" + (f"; then: {'; '.join(then)}" if then else ""))


def _say_why_empty(actor: Actor, found: queries.Board | queries.Timeline) -> None:
    """Say, beside the answer, that nobody may be seen, and what comes nearest to letting it."""
    if found.reaches or found.total:
        return
    then = f"{found.at.astimezone(civil.LONDON):%d/%m/%Y %H:%M}"
    typer.echo(
        f"No clause lets you see duties of {then}, in this posting and for this purpose."
        " That says nothing of how many are on duty.",
        err=True,
    )
    for words in naming.nearest(queries.why_empty(actor, found.at)):
        typer.echo(f"Nearest: {words}", err=True)


def _print_cover(found: queries.Board) -> None:
    for unit, each in found.suspended.items():
        typer.echo(
            f"{unit}: {each.title} is suspended by {each.by} since {_clock(each.since)};"
            " nobody of the other forces is shown"
        )
    if found.closed and not found.suspended:
        typer.echo(
            f"{found.closed.title}: no clause lets you see the duties there of"
            f" {', '.join(found.closed.unread)}",
            err=True,
        )
    for count in found.counts:
        short = " (short)" if count.is_short else " (you see a part)" if count.is_part else ""
        needs = f" of {count.minimum}" if count.minimum else ""
        if not count.is_told:
            needs = " of a minimum that you may not see"
        name = " ".join(
            filter(None, (count.unit, count.function, count.skill, count.authority))
        )
        typer.echo(f"{name}: {count.has}{needs}{short}")
    for gap in found.gaps:
        name = " ".join(filter(None, (gap.unit, gap.function, gap.skill, gap.authority)))
        until = f"{_clock(gap.ends_at)}{' or later' if gap.is_open else ''}"
        typer.echo(
            f"Gap: {name} {_clock(gap.starts_at)} to {until}: {gap.has} of {gap.minimum}"
        )
    for unit, at in sorted(found.told_until.items()):
        typer.echo(
            f"{unit}: gaps are told until {_clock(at)}, you may not see all of it from then"
        )


def _clock(at: datetime) -> str:
    return f"{at.astimezone(civil.LONDON):%d/%m %H:%M}"


def _lane(each: queries.Lane) -> dict[str, Any]:
    return {
        "force": each.force,
        "number": each.first.number,
        "name": each.first.name,
        "spans": [
            {
                "id": some.entry and str(some.entry.pk),
                "what": some.what,
                "unit": some.entry.unit if some.entry else "",
                "from": some.starts_at.isoformat(),
                "to": some.ends_at.isoformat(),
            }
            for some in each.stretches
        ],
    }


def _row(each: queries.OnDuty, found: queries.Board) -> dict[str, object]:
    row = each.entry
    told = {
        "since": naming.since(each, found.at),
        "then": {name: str(getattr(each.then, name)) for name in each.differs},
    }
    return {
        "id": str(row.pk),
        "force": each.force,
        "number": row.number,
        "name": row.name,
        "unit": row.unit,
        "function": row.function,
        "call_sign": row.call_sign,
        "from": row.starts_at.isoformat(),
        "to": row.ends_at.isoformat(),
        "availability": str(each.availability),
        "status": row.status,
        "location": row.location,
        "skills": sorted(each.able.skills),
        "authorities": sorted(each.able.authorities),
        "barred": sorted(each.able.barred),
        **(told if found.is_past else {}),
    }
