"""What the sources state of programmes, and invented ones beside them: registers, projects, savings.

Each record is added by the account of the demonstration that keeps it, and known again by its key.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from rich.progress import Progress

from crossforce.agreements import catalogues
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.records import api as records
from crossforce.world.rules import ideas

FOLDER: Final = Path(__file__).resolve().parents[1] / "data" / "programme"
SYSTEM: Final = "demonstration"
MARKING: Final = "OFFICIAL-SENSITIVE"
PURPOSES: Final = ["duty-from-law"]
ENTRY: Final = "programme.entry"
STATED: Final = frozenset({ENTRY, "programme.project", "benefits.target"})
"""Kinds that have a field of their own for what states them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record to be: whose account adds it, its kind, the key it is known by, its values."""

    by: str
    kind: str
    key: str
    values: Mapping[str, Any]


def content(name: str) -> dict[str, Any]:
    """A file of the demonstration's programmes."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def load_programmes(progress: Progress, *, at: datetime) -> None:
    """Add what is not there; all that one account keeps, or nothing of it."""
    wanted = sorted([*register(at), *stated(at)], key=attrgetter("by"))
    task = progress.add_task("Programmes", total=len(wanted))
    for by, some in groupby(wanted, attrgetter("by")):
        listed = list(some)
        actor = actor_of(by, at)
        if actor is not None:
            _add(actor, listed, at)
        progress.advance(task, len(listed))


def register(at: datetime) -> Iterator[Wanted]:
    """Hampshire's record of collaborations and ideas."""
    given = content("register")
    names = {each.code: each.name_on(civil.day_of(at)).en for each in _forces()}
    for values in ideas.entries(given, names, civil.day_of(at)):
        yield Wanted(given["by"], ENTRY, values["code"], values)


def stated(at: datetime) -> Iterator[Wanted]:
    """Projects, savings and findings; what is invented says so in its title."""
    given = content("records")
    for row in given["record"]:
        values = {name: dated(value, civil.day_of(at)) for name, value in row["fields"].items()}
        source = row.get("source", "")
        if not source:
            named = "fund" if "title" not in values else "title"
            values[named] = f"{values[named]} {given['mark']}"
        if row["kind"] in STATED:
            values["source"] = source or SYSTEM
        if row["kind"] == "programme.project":
            cases = ("strategic", "economic", "commercial", "financial", "management")
            values = {**dict.fromkeys(cases, 0), **values}
        yield Wanted(row["by"], row["kind"], row["key"], values)


def actor_of(username: str, at: datetime) -> people.Actor | None:
    """Who holds the account; None where it is not there yet."""
    try:
        return people.actor_named(username, at)
    except Missing:
        return None


@guarded.acts
def _add(actor: people.Actor, wanted: Sequence[Wanted], at: datetime) -> None:
    known = {kind: _known(kind) for kind in {each.kind for each in wanted}}
    missing = [each for each in wanted if each.key not in known[each.kind]]
    places = {id(each): _place(actor, each) for each in missing}
    look_up({(each.kind, places[id(each)]) for each in missing})
    for each in missing:
        values = {
            **each.values,
            "purposes": PURPOSES,
            "source_system": SYSTEM,
            "source_reference": each.key,
        }
        new = records.NewRecord(each.kind, places[id(each)], values)
        records.create(actor=actor, new=new, at=at)


def _known(kind: str) -> frozenset[str]:
    """The keys of what whoever acts may see of that kind already."""
    model = records.models_by_kind()[kind]
    rows = model.objects.filter(source_system=SYSTEM).values_list("pk", "source_reference")
    return frozenset(key for _, key in rows)


def _place(actor: people.Actor, each: Wanted) -> records.Place:
    return place_of(actor, str(each.values.get("function", "")))


def place_of(actor: people.Actor, function: str) -> records.Place:
    """At the actor's organisation, in the collection of the function where there is one."""
    collection = f"function:{function}" if function in catalogues.functions() else ""
    return records.Place(actor.organisation, collection, "", MARKING)


def look_up(places: Iterable[tuple[str, records.Place]]) -> None:
    """Look places up at once while somebody acts: one by one, as the first record of each comes, is slow."""
    records.places_of(
        {
            guarded.scope(
                guarded.ScopeOf(
                    each.holder, kind, each.collection, each.compartment, each.marking
                )
            )
            for kind, each in places
        }
    )


def _forces() -> Iterable[Any]:
    return organisations.directory().forces()


def dated(value: Any, today: date) -> Any:
    """`@-30` is thirty days before today; a day that is written stands."""
    if isinstance(value, str) and value[:2] in ("@+", "@-"):
        return today + timedelta(days=int(value[1:]))
    return value
