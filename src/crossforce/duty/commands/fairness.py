"""Hours and requalification on the command line."""

import json
import sys
from datetime import datetime
from typing import Annotated

import typer

from crossforce.duty import queries
from crossforce.duty.commands.options import Json, User, acting, instant
from crossforce.duty.queries.evidence import Evidence, evidence
from crossforce.duty.queries.expiring import expiring
from crossforce.duty.queries.fairness import fairness
from crossforce.duty.rules import fairness as rules
from crossforce.duty.rules.fairness import Line, balance_in_hours, in_hours, months_back
from crossforce.kernel import civil, clock

commands = typer.Typer()
Since = Annotated[
    datetime | None,
    typer.Option(parser=instant, metavar="YYYY-MM-DD", help="Else the last months."),
]


@commands.command()
def hours(
    user: User,
    since: Since = None,
    months: Annotated[int, typer.Option(min=1, max=36)] = 3,
    force: str = "",
    unit: str = "",
    function: str = "",
    as_json: Json = False,
    as_demand: Annotated[
        bool, typer.Option("--demand", help="As units of demand of a COST_SHARE term.")
    ] = False,
    duties: Annotated[
        bool, typer.Option(help="The duties of --unit that were counted, and their digest.")
    ] = False,
) -> None:
    """Hours given to shared units and received up to now, and those planned, month by month."""
    first = since.date() if since else months_back(civil.day_of(clock.now()), months - 1)
    if duties:
        _say_duties(evidence(acting(user), unit, first, months, function))
        return
    found = fairness(acting(user), first, months, queries.Filter(force, unit, function))
    if as_json:
        json.dump([_line(each) for each in found.lines], sys.stdout, indent=2)
        return
    if as_demand:
        typer.echo(rules.as_demand(found.totals("force")))
        return
    for line in found.lines:
        name = "  ".join(filter(None, (line.key.unit, line.key.function, line.key.force)))
        said = f"gave {in_hours(line.given)}, received {in_hours(line.received)}"
        said += f", planned {in_hours(line.planned)}" if line.planned else ""
        typer.echo(f"{line.key.month:%Y-%m}  {name}: {said}")
    for total in found.totals("force"):
        typer.echo(f"{total.name}: balance {balance_in_hours(total)}")
    for each in found.hidden:
        typer.echo(f"{each}: left out, you may not see all of its duties", err=True)


@commands.command()
def requalification(
    user: User,
    days: Annotated[int, typer.Option(min=1, max=366)] = 90,
    force: str = "",
    unit: str = "",
    function: str = "",
    skill: str = "",
    authority: str = "",
    as_json: Json = False,
) -> None:
    """What those on the rota have lost already, then what lapses, in order of expiry."""
    wanted = queries.Filter(force, unit, function, skill, authority)
    found = expiring(acting(user), clock.now(), days, wanted)
    rows = [
        {
            "until": each.lapse.until.isoformat() if each.lapse.until else None,
            "state": each.lapse.state.value,
            "code": each.lapse.code,
            "name": each.entry.name,
            "number": each.entry.number,
            "force": each.force,
            "unit": each.entry.unit,
            "lacks": list(each.lapse.wanting),
        }
        for each in found.rows
    ]
    if as_json:
        json.dump(rows, sys.stdout, indent=2)
        return
    for row in rows:
        day = str(row["until"] or "no end")[:10]
        typer.echo(f"{day}  {row['state']}  {row['code']}  {row['name']}  {row['unit']}")
    for unit_ahead in found.ahead:
        typer.echo(
            f"{unit_ahead.unit}: {unit_ahead.gone} gone, {unit_ahead.soon} within 30 days,"
            f" {unit_ahead.later} later"
        )


def _say_duties(counted: Evidence) -> None:
    for each in counted.entries:
        begins, ends = (e.astimezone(civil.LONDON) for e in (each.starts_at, each.ends_at))
        typer.echo(
            f"{each.pk} {each.version}  {counted.forces[each.scope_id]}  {each.function}"
            f"  {begins:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M}  {counted.seconds(each)} s"
        )
    typer.echo(f"{len(counted.entries):,} duties, SHA-256 {counted.digest}")


def _line(each: Line) -> dict[str, object]:
    return {
        "month": f"{each.key.month:%Y-%m}",
        "unit": each.key.unit,
        "function": each.key.function,
        "force": each.key.force,
        "given_seconds": each.given,
        "received_seconds": each.received,
        "planned_seconds": each.planned,
    }
