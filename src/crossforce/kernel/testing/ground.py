"""The ground that several tests begin on: loaded once, and every test is rolled back to it.

`@ground.fixture` in the place of `@pytest.fixture` says that a fixture only fills the database, at instants of
its own, and leans on nothing but other grounds and what a whole run shares. Tests that begin on one follow each
other; each has a savepoint of its own. A test that commits has no such ground: there the fixture loads itself.
"""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from itertools import takewhile
from typing import Any, Final, TypeVar

import pytest
from django.db import connection, transaction

LoadT = TypeVar("LoadT", bound=Callable[..., Any])
DATABASE: Final = "db"
OPENS: Final = "_django_db_helper"
"""The fixture of pytest-django that opens the savepoint of a test."""
COMMIT: Final = {"transactional_db", "live_server", "may_make_temporary"}
"""Fixtures of tests that commit; a right that is given meanwhile counts from the next transaction on."""


@dataclass
class Level:
    """One ground upon another, in a savepoint of its own, and what loading it answered."""

    load: Callable[..., Any]
    savepoint: transaction.Atomic
    told: Any = None


_levels: Final[list[Level]] = []


def fixture(load: LoadT) -> LoadT:
    """A fixture whose rows may stay for the tests that follow."""

    @wraps(load)
    def stood(**given: Any) -> Any:
        for level in _levels:
            if level.load is load:
                return copy.deepcopy(level.told)
        return load(**given)

    stood.is_ground = True  # type: ignore[attr-defined]
    made: Any = pytest.fixture(stood)
    answer: LoadT = made
    return answer


def of(item: pytest.Item) -> tuple[str, ...]:
    """The grounds of a test by fixture, each before those that lean on it; none for a test that commits."""
    names: list[str] = []
    if isinstance(item, pytest.Function) and not commits(item):
        for name in item.fixturenames:
            _gather(item, name, names)
    return tuple(names)


def begin(request: pytest.FixtureRequest) -> None:
    """Stand on the ground of the test: what is common stays, the rest is rolled back and loaded."""
    leave(request.node)
    for name in of(request.node)[len(_levels) :]:
        found = _found(request.node, name)
        given = {each: _given(request, each) for each in found.argnames}
        level = Level(_load(found), transaction.atomic())
        level.savepoint.__enter__()
        _levels.append(level)
        try:
            level.told = level.load(**given)
            connection.check_constraints()
        except Exception:  # noqa: BLE001 - it is told where the fixture is asked for
            leave()
            return


def leave(but: pytest.Item | None = None) -> None:
    """Roll back to where there was nothing, or to the ground that this test begins on too."""
    wanted = [] if but is None else [_load(_found(but, name)) for name in of(but)]
    pairs = zip(_levels, wanted, strict=False)
    common = len(list(takewhile(lambda pair: pair[0].load is pair[1], pairs)))
    while len(_levels) > common:
        transaction.set_rollback(True)
        _levels.pop().savepoint.__exit__(None, None, None)


def commits(item: pytest.Item) -> bool:
    """Whether the test commits what it writes."""
    marker = item.get_closest_marker("django_db")
    said = bool(marker and (marker.args or marker.kwargs))
    return said or not COMMIT.isdisjoint(getattr(item, "fixturenames", ()))


def asks_database(item: pytest.Item) -> bool:
    """Whether the test needs the database to be there."""
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or "django_db_setup" in getattr(item, "fixturenames", ())


def _gather(item: pytest.Function, name: str, names: list[str]) -> None:
    if name in names or not any(map(_is_ground, _definitions(item, name))):
        return
    for each in _found(item, name).argnames:
        _gather(item, each, names)
    names.append(name)


def _given(request: pytest.FixtureRequest, name: str) -> Any:
    """What a ground leans on: another one, or what the whole run shares."""
    if name == DATABASE:
        return None
    load = _load(_found(request.node, name))
    for level in _levels:
        if level.load is load:
            return copy.deepcopy(level.told)
    return request.getfixturevalue(name)


def _definitions(item: pytest.Item, name: str) -> Iterator[pytest.FixtureDef[Any]]:
    """The one fixture of that name that counts for this test, if there is any."""
    assert isinstance(item, pytest.Function)
    yield from item._fixtureinfo.name2fixturedefs.get(name, [])[-1:]


def _found(item: pytest.Item, name: str) -> pytest.FixtureDef[Any]:
    return next(_definitions(item, name))


def _is_ground(found: pytest.FixtureDef[Any]) -> bool:
    return hasattr(found.func, "is_ground")


def _load(found: pytest.FixtureDef[Any]) -> Callable[..., Any]:
    load: Callable[..., Any] = getattr(found.func, "__wrapped__", found.func)
    return load
