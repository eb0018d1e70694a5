"""Twelve weeks of duties about the present, brought in as a force would: a file, a mapping, an import.

The files have the shapes of `examples/duties`, and are read by the mappings there. Whoever brings
them in is an account of the demonstration, under that force's own policy or the unit's agreement.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from rich.progress import Progress

from crossforce.duty import api as duty
from crossforce.duty import mapping as exports
from crossforce.kernel import civil
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people import api as people
from crossforce.records import api as records
from crossforce.world.operations.staff import content
from crossforce.world.rules import rota
from crossforce.world.rules.teams import World

FOLDER: Final[Path] = settings.PROJECT / "examples" / "duties"
BEFORE, AFTER = timedelta(weeks=8), timedelta(weeks=4)
FRESH: Final = timedelta(weeks=3)
"""Duties are made anew when those that are held do not reach so far ahead."""

ENTRY_MARKING: Final = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Export:
    """Whose duties one account brings in: of a force, all of them or those of one unit."""

    by: people.Actor
    force: str
    unit: str


def load_duties(progress: Progress, *, at: datetime) -> None:
    """Bring in what does not reach three weeks ahead, the cover of units that have none, and mappings."""
    of = content()
    wanted = list(_exports(of, at))
    task = progress.add_task("Duties of twelve weeks", total=len(wanted))
    for each in wanted:
        _bring_up_to_date(of, each, at)
        _keep_mapping(each, at)
        progress.advance(task)
    for row in of.content["cover"]:
        _cover(row, at)


def extend_duties(*, at: datetime) -> int:
    """Bring in the weeks that have come since, while the server runs; answers for how many forces."""
    of = content()
    return sum(_bring_up_to_date(of, each, at) for each in _exports(of, at))


def _bring_up_to_date(of: World, export: Export, at: datetime) -> bool:
    last = duty.reaches_to(export.by, export.force, export.unit)
    if last is not None and last >= at + FRESH:
        return False
    bring_in(of, export, at=at)
    return True


def _keep_mapping(export: Export, at: datetime) -> None:
    """Keep the force's mapping as its analyst would, so that there are some to copy."""
    of = described(export.force)
    if of.name in {each.name for each in duty.mappings(export.by)}:
        return
    text = (FOLDER / f"{export.force}.toml").read_text(encoding="utf-8").strip()
    values = {"name": of.name, "title": of.title, "text": text, "purposes": ["duty-from-law"]}
    place = records.Place(of.holder, "", "", ENTRY_MARKING)
    with suppress(
        Refused
    ):  # who brings a unit's duties in may not keep mappings of every force
        new = records.NewRecord("duty.mapping", place, values)
        records.create(actor=export.by, new=new, at=at)


def bring_in(of: World, export: Export, *, at: datetime) -> duty.Outcome:
    """One force's file, imported by its mapping."""
    mapping = described(export.force)
    day = civil.day_of(at)
    written = file_of(of, export.force, (day - BEFORE, day + AFTER), at, unit=export.unit)
    sent = duty.Sent(
        mapping, io.BytesIO(written), f"synthetic-{export.force}.{mapping.file.type}"
    )
    return duty.bring_in(actor=export.by, sent=sent, at=at)


def described(force: str) -> exports.Mapping:
    """How the force's export is to be read."""
    path = FOLDER / f"{force}.toml"
    return exports.read(path.read_bytes(), path.name)


def file_of(
    of: World, force: str, days: tuple[date, date], now: datetime, *, unit: str = ""
) -> bytes:
    """The force's duties that begin on these days, as its system would export them."""
    some = [p for p in of.people if p.force == force and unit in ("", p.unit)]
    found = (each for person in some for each in rota.duties(of, person, *days, now))
    return b"".join(exports.write(found, described(force)))


def _exports(of: World, at: datetime) -> Iterator[Export]:
    """Those whose account is there: a unit's comes with its agreement."""
    for row in of.content["export"]:
        actor = _actor(row["by"], at)
        if actor is not None:
            yield from (Export(actor, force, row.get("unit", "")) for force in row["of"])


def _actor(username: str, at: datetime) -> people.Actor | None:
    try:
        return people.actor_named(username, at)
    except Missing:
        return None


@transaction.atomic
def _cover(row: Mapping[str, Any], at: datetime) -> None:
    actor = _actor(row["by"], at)
    if actor is None or _is_covered(actor, row):
        return
    values = {
        "unit": row["unit"],
        "function": row["function"],
        "weekdays": row.get("weekdays", "1234567"),
        "begins": row["begins"],
        "ends": row["ends"],
        "minimum": row["minimum"],
        "skill": row.get("skill", ""),
        "authority": row.get("authority", ""),
        "purposes": ["duty-from-law"],
    }
    place = records.Place(actor.organisation, f"unit:{row['unit']}", "", ENTRY_MARKING)
    records.create(actor=actor, new=records.NewRecord("duty.cover", place, values), at=at)


def _is_covered(actor: people.Actor, row: Mapping[str, Any]) -> bool:
    wanted = duty.Filter(unit=row["unit"], function=row["function"])
    return bool(duty.cover(actor, wanted))
