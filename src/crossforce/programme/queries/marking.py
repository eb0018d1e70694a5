"""How high what was read is marked: a page is marked as high as anything on it was worked out from."""

from collections.abc import Callable
from typing import Any, TypeVar

from crossforce.kernel import guarded
from crossforce.kernel.guarded_watch import looks
from crossforce.people.api import Actor
from crossforce.programme.choices import MARKING
from crossforce.records import api as records

AnswerT = TypeVar("AnswerT")


@guarded.acts
def marked(actor: Actor, ask: Callable[[], AnswerT]) -> tuple[AnswerT, str]:
    """The answer, and the marking of all that was read for it; where that is nothing, the programme's own."""
    answer = ask()
    seen = places()
    if not seen:
        return answer, MARKING
    marking = records.marking_line(
        [each.marking for each in seen], [each.compartment for each in seen]
    )
    return answer, marking


@guarded.acts
def marking_of(actor: Actor, row: Any) -> str:
    """The marking of one row that was read; where there is none yet, the programme's own."""
    if row is None:
        return MARKING
    place = records.place_of(row.scope_id)
    return records.marking_line([place.marking], [place.compartment])


def in_a_name(marking: str) -> str:
    """The marking as it stands in the name of a file: without compartments."""
    return marking.partition(" [")[0].replace(" ", "-")


def places() -> list[records.Place]:
    """Where everything is that was read so far."""
    scopes = {
        scope for look in looks().values() for scope in look.rows.values() if scope is not None
    }
    return list(records.places_of(scopes).values())
