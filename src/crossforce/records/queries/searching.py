"""Search across kinds: the database finds, and what it found is read anew as whoever asks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from crossforce.kernel import guarded
from crossforce.people.choices import Actor
from crossforce.records import models
from crossforce.records.choices import Place
from crossforce.records.queries.kinds import models_by_kind
from crossforce.records.queries.places import describe, in_words, note
from crossforce.records.rules import marking

SEARCH: Final = "SELECT kind, id, may_read FROM records_search(%s, %s, %s)"
MOST: Final = 200
SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was found: to be read, or only known of."""

    kind: str
    id: UUID
    title: str
    place: Place
    holder: str
    is_readable: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found, best first. `kinds` counts what is in it, and nothing else."""

    rows: Sequence[Hit]
    kinds: Counter[str]
    marking: str
    is_cut: bool


@guarded.acts
def search(actor: Actor, words: str, kinds: Sequence[str] = (), most: int = MOST) -> Hits:
    """Records of any kind by their words, near spellings too."""
    asked = words.strip()
    if len(asked) < SHORTEST:
        return Hits((), Counter(), marking.WIDEST, False)
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, [asked[:200], list(kinds), most])
        order = [(kind, key) for kind, key, _ in cursor.fetchall()]
    titles = _read(order)
    places = describe(scope for _, scope, _ in titles.values())
    words_of = in_words(places.values())
    rows = [
        _hit(kind, key, titles[key], places, words_of) for kind, key in order if key in titles
    ]
    line = marking.line(
        (hit.place.marking for hit in rows), (hit.place.compartment for hit in rows)
    )
    return Hits(rows, Counter(hit.kind for hit in rows), line, len(order) == most)


def _hit(
    kind: str,
    key: UUID,
    read: tuple[str, int, bool],
    places: Mapping[int, Place],
    words: Mapping[str, str],
) -> Hit:
    title, scope, is_readable = read
    place = places[scope]
    return Hit(kind, key, title, place, words.get(place.holder, place.holder), is_readable)


def _read(order: Sequence[tuple[str, UUID]]) -> dict[UUID, tuple[str, int, bool]]:
    """Title, scope and whether it may be read, of what the actor may read or find, by row security."""
    found: dict[UUID, tuple[str, int, bool]] = {}
    for kind, model in models_by_kind().items():
        keys = [key for each, key in order if each == kind]
        if keys:
            rows: Any = model.objects.filter(pk__in=keys)
            found |= {row.pk: (row.title, row.scope_id, True) for row in rows}
    rest = [key for _, key in order if key not in found]
    if rest:
        found |= {row.pk: (row.title, row.scope_id, False) for row in pointers(rest)}
    return found


def pointers(keys: Sequence[UUID]) -> list[models.Pointer]:
    """Of these records the pointers that whoever acts may see; they are shown, which is written down."""
    found = list(models.Pointer.objects.filter(pk__in=keys))
    note(found)
    return found
