"""Where records are: what their scopes stand for, and how far whoever acts reaches."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.kernel import guarded_watch, statements
from crossforce.kernel.guarded_rows import Reach
from crossforce.organisations import api as organisations
from crossforce.records import models
from crossforce.records.choices import Place
from crossforce.records.queries.kinds import guarded_by_kind

DESCRIBED: Final = (
    b"SELECT id, holder, collection, compartment, marking FROM records_described(%s::int[])"
)
MOST_REMEMBERED: Final = 20_000
UNKNOWN: Final = Place("")
UNIT: Final = "unit:"
FORCE: Final = "force"

REMEMBERED_SECONDS: Final = 60
_bodies: list["Bodies"] = []
_places: dict[int, Place] = {}
"""What a number stands for never changes, and whoever has the number has read a row that bears it."""


def reach(kind: str, action: str) -> Reach:
    """How far whoever acts reaches in a kind: what the policies read, as literals for the planner."""
    return Reach(*access.reach(kind, action))


def describe(scopes: Iterable[int]) -> dict[int, Place]:
    """What the scopes of rows that were read stand for."""
    wanted = set(scopes)
    known = {each: _places[each] for each in wanted if each in _places}
    if len(known) == len(wanted):
        return known
    found = known_to_me(wanted - set(known))
    if len(_places) + len(found) > MOST_REMEMBERED:
        _places.clear()
    _places.update(found)
    return {each: known.get(each) or found.get(each, UNKNOWN) for each in wanted}


def known_to_me(scopes: Iterable[int]) -> dict[int, Place]:
    """The same without what is remembered: of scopes of which whoever acts may know, and no other.

    For scopes that do not come from a row as it is now, such as those of its earlier states.
    """
    return {
        number: Place(*rest) for number, *rest in statements.rows(DESCRIBED, [list(scopes)])
    }


@dataclass(frozen=True, slots=True)
class Bodies:
    """Names of bodies and units by their codes, and forces by name, as they were read at one time."""

    read_at: float
    names: Mapping[str, str]
    forces: tuple[tuple[str, str], ...]


def in_words(places: Iterable[Place]) -> dict[str, str]:
    """Names of holders, and of units that are collections, by their codes."""
    listed = list(places)
    wanted = {place.holder for place in listed}
    wanted |= {place.collection for place in listed if place.collection.startswith(UNIT)}
    known = _known_bodies()
    if not wanted <= known.names.keys():
        _bodies.clear()
        known = _known_bodies()
    return {code: known.names[code] for code in wanted if code in known.names}


def forces() -> tuple[tuple[str, str], ...]:
    """Codes and names of forces, by name."""
    return _known_bodies().forces


def body_of(text: str) -> str:
    """The code of the organisation that is named so, or bears that code; "" where it is none."""
    names = _known_bodies().names
    known = (code for code, name in names.items() if text in (code, name))
    return next((code for code in known if not code.startswith(UNIT)), "")


def units_known() -> list[str]:
    """The collections that units are."""
    return [code for code in _known_bodies().names if code.startswith(UNIT)]


def _known_bodies() -> Bodies:
    """Every body and unit, read again after a minute: they are public and change seldom."""
    if not _bodies or time.monotonic() - _bodies[0].read_at > REMEMBERED_SECONDS:
        rows = list(organisations.Organisation.objects.values_list("code", "kind", "name_en"))
        units = organisations.Unit.objects.values_list("code", "name_en")
        names = {f"{UNIT}{code}": name for code, name in units}
        names |= {code: name for code, _, name in rows}
        found = [(code, name) for code, kind, name in rows if kind == FORCE]
        forces_ = tuple(sorted(found, key=itemgetter(1)))
        _bodies[:] = [Bodies(time.monotonic(), names, forces_)]
    return _bodies[0]


def place_of(scope: int) -> Place:
    """What the scope of a row that was read stands for."""
    return describe([scope])[scope]


def holders_of(scopes: Iterable[int]) -> list[str]:
    """The organisations that hold what is in these scopes."""
    return sorted({place.holder for place in describe(scopes).values() if place.holder})


def forget_places() -> None:
    """Forget what was remembered: another database, such as a test's, has its own numbers."""
    _places.clear()
    _bodies.clear()


def names_of(codes: Iterable[str]) -> Mapping[str, str]:
    """Names for subjects of ledger entries: titles, as far as whoever acts may find them."""
    keys = [UUID(each) for each in codes if _is_uuid(each)]
    found = [each for each in models.Pointer.objects.filter(pk__in=keys) if each.title]
    note(found)
    return {str(each.pk): each.title for each in found}


def note(found: Iterable[models.Pointer]) -> None:
    """Pointers were shown, which is a consultation."""
    gathering = guarded_watch.current()
    if gathering is not None:
        for row in found:
            gathering.of(guarded_by_kind()[row.kind]).pointers[row.pk] = row.scope_id


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
