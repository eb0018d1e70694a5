"""Who did what to a record, in words, as far as its reader may know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.kernel.civil import day_of
from crossforce.people import api as people
from crossforce.people.choices import Actor, PostingState
from crossforce.records.choices import Place
from crossforce.records.queries.places import in_words

STAFF: Final = "staff:"
Act = tuple[str, datetime]
"""Who, as it is written down, and when."""


def who(actor: Actor, acts: Iterable[Act]) -> dict[Act, str]:
    """“you”, the name of those whom the actor may read of, else the office held at that instant."""
    by_staff = {act: key for act in acts if (key := _staff(act[0]))}
    named = {row.pk: row.name for row in people.Staff.objects.filter(pk__in=_keys(by_staff))}
    offices = _offices({act: key for act, key in by_staff.items() if key not in named})
    said = {act: named.get(key) or offices.get(act, "") for act, key in by_staff.items()}
    said |= {act: "you" for act, key in by_staff.items() if key == actor.staff}
    return {act: words for act, words in said.items() if words}


def _offices(by_staff: Mapping[Act, UUID]) -> dict[Act, str]:
    """Roles and organisations, by the postings held at each instant: these are told to everybody."""
    if not by_staff:
        return {}
    rows = people.Posting.objects.filter(
        staff_id__in=_keys(by_staff), state=PostingState.HELD.value
    )
    postings: dict[UUID, list[people.Posting]] = defaultdict(list)
    for row in rows.order_by("starts_at", "id"):
        postings[row.staff_id].append(row)
    bodies = in_words({Place(row.organisation_id) for row in rows})
    return {
        act: " or ".join(
            dict.fromkeys(
                f"{_role(row.role, act[1])}, {bodies.get(row.organisation_id, row.organisation_id)}"
                for row in postings[key]
                if row.period.contains(act[1])
            )
        )
        for act, key in by_staff.items()
    }


def _role(code: str, at: datetime) -> str:
    known = people.roles(day_of(at))
    return str(known[code].title.en) if code in known else code.replace("-", " ")


def _keys(by_staff: Mapping[Act, UUID]) -> set[UUID]:
    return set(by_staff.values())


def _staff(reference: str) -> UUID | None:
    try:
        return UUID(reference.removeprefix(STAFF)) if reference.startswith(STAFF) else None
    except ValueError:
        return None
