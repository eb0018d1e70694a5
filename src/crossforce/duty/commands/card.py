"""The card of command and accountability on the command line."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

import typer

from crossforce.duty import queries
from crossforce.duty.commands.options import At, Json, User, acting
from crossforce.duty.queries import reading_out
from crossforce.duty.queries.whole import Suspended
from crossforce.kernel import clock
from crossforce.people.api import Lapse

commands = typer.Typer()
Area = Annotated[str, typer.Option(help="The force in whose area they are deployed.")]


@commands.command()
def card(duty: UUID, user: User, at: At = None, area: Area = "", as_json: Json = False) -> None:
    """Who commands the person on duty, and who answers for what, now or at an instant."""
    found = queries.card(acting(user), duty, at or clock.now(), area)
    if as_json:
        _dump(
            {
                "sentence": found.sentence,
                "area": found.area,
                "area_from": found.area_from,
                "near": [asdict(each) for each in found.near],
                "standing": found.standing,
                "lines": _plain(found.lines),
                "held": [_held(each) for each in found.held],
                "sees": sorted(found.sees),
                "suspended": _suspension(found.suspended),
            }
        )
        return
    typer.echo(found.sentence)
    for line in found.lines:
        typer.echo(_said(line))
    for each in found.near:
        typer.echo(
            f"Near the boundary: if they are in the area of {each.area}, {each.name} commands."
        )
    _say_suspended(found.suspended)
    _say_held(found)
    cleared = [each.title.en for each in found.clearances or ()]
    unseen = "not for you to see" if found.clearances is None else "none in date"
    typer.echo(f"Vetting: {', '.join(cleared) or unseen}")


@commands.command()
def unit(
    code: Annotated[str, typer.Argument(help="The code of a unit of an agreement in force.")],
    user: User,
    at: At = None,
    area: Area = "",
    function: str = "",
    force: Annotated[str, typer.Option(help="Only members from this force.")] = "",
    as_json: Json = False,
) -> None:
    """Who commands the people of a unit, and who answers for what, by home force."""
    found = queries.unit_card(
        acting(user), code, at or clock.now(), area=area, function=function, force=force
    )
    if as_json:
        rows = [
            {"force": row.force, "sentence": row.sentence, "lines": _plain(row.lines)}
            for row in found.staffing
        ]
        suspended = _suspension(found.suspended)
        said = {"unit": found.unit, "agreement": found.reference, "suspended": suspended}
        _dump(said | {"staffing": rows})
        return
    _say_suspended(found.suspended)
    for row in found.staffing:
        typer.echo(row.sentence)
        for line in row.lines:
            typer.echo(f"  {_said(line)}")


def _say_held(found: queries.Card) -> None:
    """What they can and may do; none is told from what may not be seen."""
    for title, kind, is_authority in (
        ("Authority", queries.AUTHORITY, True),
        ("Skill", queries.SKILL, False),
    ):
        some = [each for each in found.held if each.is_authority is is_authority]
        for each in some:
            typer.echo(f"{title}: {each.code}, {reading_out.stands(each)}")
        if not some:
            none = "none that counts" if kind in found.sees else "not for you to see"
            typer.echo(f"{title}: {none}")


def _say_suspended(found: Suspended | None) -> None:
    if found:
        typer.echo(
            f"{found.title} is suspended by {found.by} since {found.since.isoformat()}: until it is resumed"
            " its clauses are not acted on."
        )


def _suspension(found: Suspended | None) -> dict[str, str] | None:
    return found._asdict() | {"since": found.since.isoformat()} if found else None


def _held(each: Lapse) -> dict[str, Any]:
    until = each.until.isoformat() if each.until else None
    return asdict(each) | {"staff": str(each.staff), "until": until}


def _said(line: queries.Line) -> str:
    assumed = "; assumed" if line.is_assumed else ""
    beside = f"; {line.beside}" if line.beside else ""
    return f"{line.question}: {line.name} ({line.ground}{beside}{assumed})"


def _plain(lines: Sequence[queries.Line]) -> list[dict[str, Any]]:
    return [asdict(line) for line in lines]


def _dump(content: dict[str, Any]) -> None:
    json.dump(content, sys.stdout, indent=2)
