"""When a record first said something: read from the states that it went through."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crossforce.kernel import guarded
from crossforce.people.choices import Actor
from crossforce.records.governed import GovernedRecord
from crossforce.records.queries import naming


@dataclass(frozen=True, slots=True)
class First:
    """The first state of a record in which a field had a value: when that was, and who had made it so.

    `beside` is what other fields said in that state.
    """

    row: Any
    value: str
    at: datetime
    by: str
    beside: tuple[Any, ...] = ()


def stands_since(row: Any, field: str) -> datetime:
    """Since when a record has said of the field what it says now, by those of its states that may be read."""
    since: datetime = row.changed_at
    states = row.events.order_by("-pgh_id").values_list(field, "changed_at")
    for said, at in states:
        if said != getattr(row, field):
            break
        since = at
    return since


@guarded.acts
def first_said(
    actor: Actor,
    model: type[GovernedRecord],
    field: str,
    values: Collection[str],
    beside: tuple[str, ...] = (),
) -> list[First]:
    """The first state of each record with each of the values and each of what stood beside it, oldest first.

    Of records alone that the actor may read as they are now.
    """
    history: Any = model._meta  # which has its states by a decorator that no type knows of
    events = history.get_field("events").related_model
    names = ("pgh_obj_id", field, *beside, "changed_at", "changed_by")
    states = events.objects.filter(**{f"{field}__in": list(values)}).order_by("pgh_id")
    first: dict[tuple[Any, ...], tuple[datetime, str]] = {}
    for *said, at, by in states.values_list(*names):
        first.setdefault(tuple(said), (at, by))
    rows = {row.pk: row for row in model.objects.filter(pk__in={key for key, *_ in first})}
    seen = {said: act for said, act in first.items() if said[0] in rows}
    who = naming.who(actor, [(by, at) for at, by in seen.values()])
    return [
        First(rows[key], value, at, who.get((by, at), ""), tuple(more))
        for (key, value, *more), (at, by) in seen.items()
    ]
