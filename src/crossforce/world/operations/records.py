"""The demonstration's records: added, linked and corrected by its own accounts, as anybody would."""

import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from rich.progress import Progress

from crossforce.kernel.web.lists import Asked
from crossforce.people import api as people
from crossforce.records import api as records

FILE: Final = Path(__file__).resolve().parents[1] / "data" / "records.toml"
POLICING: Final = [records.Purpose.JUSTICE.value, records.Purpose.PREVENTION.value]
SOURCE: Final = "demonstration"


def content() -> dict[str, Any]:
    """The records of the demonstration, as written in the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def load_records(progress: Progress, *, at: datetime) -> None:
    """Add all of them, unless they are there; all of it or nothing."""
    given = content()
    task = progress.add_task("Records", total=len(given["record"]))
    if not _are_there(given, at):
        _load(given, at)
    progress.update(task, completed=len(given["record"]))


def _are_there(given: dict[str, Any], at: datetime) -> bool:
    first = given["record"][0]
    asked = Asked({"q": given["mark"]}, "created_at", True, 0, 1)
    found = records.listed(_actor(first["by"], given["purpose"], at), first["kind"], asked)
    return bool(found.rows)


@transaction.atomic
def _load(given: dict[str, Any], at: datetime) -> None:
    made: dict[str, tuple[people.Actor, records.Reference]] = {}
    for row in given["record"]:
        actor = _actor(row["by"], given["purpose"], at)
        added = records.create(actor=actor, new=_new(row, given, actor), at=at)
        made[row["key"]] = (actor, added.reference)
    for row in given["link"]:
        actor, one = made[row["one"]]
        other = made[row["other"]][1]
        records.link(actor=actor, one=one, other=other, relation=row["relation"], at=at)
    for row in given["proposal"]:
        record = made[row["record"]][1]
        records.propose(
            actor=_actor(row["by"], row["purpose"], at),
            kind=record.kind,
            record=record.id,
            given=row["fields"],
            reason=row["reason"],
            at=at,
        )


def _new(row: dict[str, Any], given: dict[str, Any], actor: people.Actor) -> records.NewRecord:
    collection = f"unit:{given['unit']}" if row.get("unit") else ""
    fields = {name: _text(value) for name, value in row["fields"].items()}
    titled = "name" if "name" in fields else "subject"
    fields[titled] = f"{fields[titled]} {given['mark']}"
    values = {
        **fields,
        "purposes": POLICING,
        "source_system": SOURCE,
        "source_reference": row["key"],
    }
    place = records.Place(actor.organisation, collection, "", row["marking"])
    return records.NewRecord(row["kind"], place, values, group=row.get("group", ""))


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _actor(username: str, purpose: str, at: datetime) -> people.Actor:
    return replace(people.actor_named(username, at), purpose=purpose)
