"""Records and people by their names, so that nobody has to know an identifier."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from crossforce.kernel import clock
from crossforce.kernel.refusals import NotUnderstood
from crossforce.oversight.views import lines
from crossforce.people import api as people
from crossforce.records import api as records

MOST: Final = 20
STAFF: Final = "people.staff"
"""A kind that is found by its own list: it has no words of its own."""


def records_called(actor: people.Actor, said: str, kind: str = "") -> Sequence[records.Hit]:
    """Records whose words these are, of those that the actor may find: a look, logged as one."""
    if not said or lines.uuid_in(said):
        return ()
    if kind == STAFF:
        return [_hit(row) for row in people_called(actor, said)]
    return records.search(actor, said, [kind] if kind else [], MOST).rows


def people_called(actor: people.Actor, said: str) -> list[people.Staff]:
    """Own people of that name or number, for whoever may see them."""
    if not said or not actor.may("people.view"):
        return []
    wanted = people.StaffFilter(words=said, state="all")
    return list(people.staff_list(actor, wanted, clock.now())[:MOST])


def resolved(actor: people.Actor, given: Mapping[str, str]) -> dict[str, str]:
    """What filters were given, a person and a record by their identifiers. Raises NotUnderstood, naming those meant."""
    answer = dict(given)
    if said := _named(given.get("staff", "")):
        found = {row.pk: f"{row.name}, {row.number}" for row in people_called(actor, said)}
        answer["staff"] = _one("Member of staff", said, found)
    if said := _named(given.get("record", "")):
        hits = records_called(actor, said, given.get("kind", ""))
        answer["record"] = _one(
            "Record", said, {hit.id: f"{hit.title} ({hit.id})" for hit in hits}
        )
    return answer


def _named(said: str) -> str:
    return "" if lines.uuid_in(said) else said.strip()


def _hit(row: people.Staff) -> records.Hit:
    place = records.place_of(row.scope_id)
    return records.Hit(
        STAFF, row.pk, f"{row.name}, {row.number}", place, "your own people", True
    )


def _one(title: str, said: str, found: Mapping[UUID, str]) -> str:
    """The one in whose name all of the words stand whole: the answer is evidence, and never of another."""
    wanted = _words_of(said)
    exact = [key for key, name in found.items() if wanted <= _words_of(name)]
    if len(exact) == 1:
        return str(exact[0])
    if found:
        raise NotUnderstood(
            f"{title}: “{said}” may be several. Write one of: {'; '.join(found.values())}."
        )
    raise NotUnderstood(
        f"{title}: nothing that you may know of is called “{said}”. Write an identifier, if you have it."
    )


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
