"""Kinds of record as people look for them: service by service, each in the order of the alphabet."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from crossforce.kernel import registry
from crossforce.kernel.registry import RecordKind
from crossforce.kernel.web import texts

FRAME: Final = "records"
ANYBODYS: Final = "Notes, documents and requests"
"""What every service writes: it stands first, also where there is none yet."""


class Group(NamedTuple):
    """The kinds of one service, under the name that it has in the menu."""

    title: str
    kinds: list[RecordKind]


def grouped(kinds: Iterable[RecordKind]) -> list[Group]:
    """All of them, those of the frame first."""
    by_service: dict[str, list[RecordKind]] = {}
    for kind in sorted(kinds, key=_called):
        by_service.setdefault(_service(kind), []).append(kind)
    own = by_service.pop(FRAME, [])
    found = [Group(_title(service), some) for service, some in by_service.items()]
    found.sort(key=lambda each: each.title.casefold())
    return [Group(ANYBODYS, own), *found] if own else found


def apart(kinds: Iterable[RecordKind], readable: frozenset[str]) -> list[RecordKind]:
    """Those of which there is nothing to read, for now: they stand below the others."""
    return [each for each in kinds if each.name not in readable and _service(each) != FRAME]


def _service(kind: RecordKind) -> str:
    return kind.name.partition(".")[0]


def _called(kind: RecordKind) -> str:
    return (kind.plural or kind.title).casefold()


def _title(service: str) -> str:
    place = registry.navigation.get(service)
    return texts.text(place.title) if place else service.capitalize()
