"""A command begins soon: it imports what it needs, and what it leaves for later is there."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from django.utils.module_loading import import_string

from crossforce.config import main
from crossforce.kernel import doctor, registry
from crossforce.kernel.later import Later


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("keys list", "kernel"),
        ("restore one.tar --yes", "kernel"),
        ("ledger verify-log", "oversight"),
        ("ledger", "world"),
        ("no such", "world"),
    ],
)
def test_no_rooms_above_the_one_that_has_the_command(
    monkeypatch: pytest.MonkeyPatch, words: str, last: str
) -> None:
    imported: list[str] = []

    def noted(name: str) -> Iterator[ModuleType]:
        for room in rooms(name):
            imported.append(room.__name__)
            yield room

    rooms = main.rooms
    monkeypatch.setattr(main, "rooms", noted)
    main.Tree.for_words(words.split())
    assert imported[-1] == f"crossforce.{last}.commands"


def test_whatever_is_called_later_is_there() -> None:
    shelves = (
        registry.companions,
        registry.start_ups,
        registry.restored_hooks,
        registry.announcements,
        doctor.more_looks,
    )
    called = [each for shelf in shelves for each in shelf]
    called += [part.run for part in registry.world_parts]
    paths = [each.path for each in called if isinstance(each, Later)]
    assert paths
    assert all(callable(import_string(path)) for path in paths)
