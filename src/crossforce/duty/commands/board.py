"""The board on the command line."""

import json
import sys

import typer

from crossforce.duty import queries
from crossforce.duty.commands.options import At, Json, User, acting
from crossforce.kernel import civil, clock

commands = typer.Typer()


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
    found = queries.on_duty(acting(user), at or now, wanted)
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
