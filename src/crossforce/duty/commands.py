"""Duties on the command line."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from crossforce.duty import mapping as exports
from crossforce.duty import operations, queries
from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY, State
from crossforce.duty.mapping import CannotRead, CannotWrite, Mapping
from crossforce.kernel import civil, clock, registry

commands = typer.Typer(name="duty", help="Who is on duty, and who answers for them.")
User = Annotated[
    str,
    typer.Option(
        "--as", help="Who acts: a user name, <user>:<office>, or <user>:<office>:<purpose>."
    ),
]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
REFUSED, IN_PART = 1, 3  # 2 is a command that was typed wrongly


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give an instant as 2026-03-27T09:30") from None
    if not EARLIEST_DAY <= found.date() <= LATEST_DAY:
        raise typer.BadParameter(f"give a day from {EARLIEST_DAY} to {LATEST_DAY}")
    return found if found.tzinfo else found.replace(tzinfo=civil.LONDON)


At = Annotated[
    datetime | None, typer.Option(parser=_instant, metavar="YYYY-MM-DDTHH:MM", help="Else now.")
]
Day = Annotated[datetime, typer.Option(parser=_instant, metavar="YYYY-MM-DD")]


@commands.command(name="import")
def bring_in(
    mapping: File,
    file: File,
    user: User,
    rehearse: Annotated[bool, typer.Option(help="Only say what it would do.")] = False,
) -> None:
    """Bring an export in: 0 when all came in, 3 when rows were refused, 1 when the file or mapping was."""
    at = clock.now()
    with file.open("rb") as source:
        outcome = operations.bring_in(
            actor=registry.actor_named(user, at),
            sent=operations.Sent(_read(mapping), source, file.name),
            at=at,
            is_rehearsal=rehearse,
            progress=lambda done: typer.echo(f"rows: {done:,}", err=True),
        )
    typer.echo(", ".join(f"{number} {name}" for name, number in outcome.counts.items()))
    for finding in outcome.findings:
        typer.echo(str(finding), err=True)
    if outcome.state is State.REFUSED:
        raise typer.Exit(REFUSED)
    if outcome.findings:
        raise typer.Exit(IN_PART)


@commands.command()
def export(
    mapping: File,
    file: Annotated[Path, typer.Argument(dir_okay=False, writable=True)],
    user: User,
    first_day: Day,
    last_day: Day,
) -> None:
    """Write duties as the export that the mapping describes, from the first day to the last."""
    starts_at = civil.instant(first_day.date())
    ends_at = civil.instant(civil.next_day(last_day.date()))
    actor = registry.actor_named(user, clock.now())
    try:
        pieces, number = queries.exported(actor, _read(mapping), starts_at, ends_at)
    except CannotWrite as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(REFUSED) from None
    file.write_bytes(b"".join(pieces))
    typer.echo(f"{number} duties")


@commands.command()
def board(  # noqa: PLR0913 - each is an option that somebody types
    user: User,
    at: At = None,
    force: str = "",
    unit: str = "",
    function: str = "",
    skill: str = "",
    authority: str = "",
    as_json: Json = False,
) -> None:
    """Everybody on duty, now or at an instant."""
    now = clock.now()
    wanted = queries.Filter(force, unit, function, skill, authority)
    found = queries.on_duty(registry.actor_named(user, now), at or now, wanted)
    if as_json:
        json.dump([_row(each) for each in found.rows], sys.stdout, indent=2)
        return
    for each in found.rows:
        row = each.entry
        place = "  ".join(filter(None, (row.call_sign, row.name, row.unit, row.location)))
        typer.echo(f"{each.force}  {place}  {each.availability}  {row.pk}")
    for count in found.counts:
        short = " (short)" if count.is_short else ""
        name = " ".join(filter(None, (count.unit, count.function)))
        typer.echo(f"{name}: {count.has} of {count.minimum}{short}")
    for gap in found.gaps:
        local = gap.starts_at.astimezone(civil.LONDON), gap.ends_at.astimezone(civil.LONDON)
        typer.echo(
            f"Gap: {gap.unit} {gap.function} {local[0]:%d/%m %H:%M} to {local[1]:%d/%m %H:%M}:"
            f" {gap.has} of {gap.minimum}"
        )


@commands.command()
def card(duty: UUID, user: User, at: At = None, area: str = "", as_json: Json = False) -> None:
    """Who commands the person on duty, and who answers for what. `area`: the force they are in."""
    now = clock.now()
    found = queries.card(registry.actor_named(user, now), duty, at or now, area)
    if as_json:
        lines = [{n: getattr(line, n) for n in line.__slots__} for line in found.lines]
        json.dump({"sentence": found.sentence, "lines": lines}, sys.stdout, indent=2)
        return
    typer.echo(found.sentence)
    for line in found.lines:
        typer.echo(f"{line.question}: {line.name} ({line.ground})")


def _read(path: Path) -> Mapping:
    try:
        return exports.read(path.read_bytes(), path.name)
    except CannotRead as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(REFUSED) from None


def _row(each: queries.OnDuty) -> dict[str, object]:
    row = each.entry
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
        "skills": sorted(each.able.skills),
        "authorities": sorted(each.able.authorities),
    }
