"""Shared by every test, beside the code and under tests/."""

import gc
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, filterfalse, groupby, islice
from operator import attrgetter

import pytest
from hypothesis import HealthCheck, settings

from crossforce.kernel.testing import ground, soon

pytest_plugins = [
    "crossforce.kernel.testing.fixtures",
    "crossforce.kernel.testing.browser",
    "crossforce.kernel.testing.live",
    "crossforce.organisations.tests.shipped",
    "crossforce.people.tests.cast",
    "crossforce.records.tests.forgetting",
]

# A slow machine is no fault of the code: time is measured by the benchmarks. What is drawn follows from the
# test, so that a change is judged by its own faults; `pytest --hypothesis-profile searching` draws afresh.
plain = settings(
    max_examples=50,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("house", plain, derandomize=True)
settings.register_profile("searching", plain)
settings.load_profile("house")
gc.set_threshold(20_000)  # a twentieth of the time of tests went into looking for what had gone
gc.disable()  # thousands of tests are gathered and none goes: a third of that time was spent on looking
LASTS, LASTS_LONG = 5, 90
"""Seconds that a test may take, and one of those that are marked as long."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Iterator[None]:
    """The long ones first, so that at the end no worker is left alone with one."""
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, ground.of(item)))
    yield
    if any(map(ground.of, items)):
        workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
        items[:] = chain.from_iterable(shared_out(items, workers))


def shared_out(items: Sequence[pytest.Item], workers: int) -> Iterator[list[pytest.Item]]:
    """What each worker begins with: first a share of those that commit.

    A log takes nothing in while an older transaction is open. Later on those that commit would wait for a ground that
    another worker keeps (`kernel.testing.ground`). While the first makes the database, the second does before them
    what is long and needs none. Those that stand on one loaded world are of one worker: another would wait for it.
    """
    aside = [each for each in items if workers > 1 and is_aside(each)]
    committing = groupby(filter(ground.commits, items), attrgetter("path"))
    modules = [list(each) for _, each in committing]
    loading = list(filter(asks_worlds, modules))
    others = list(filterfalse(asks_worlds, modules))
    begun = {*aside, *chain.from_iterable(modules)}
    left = filterfalse(begun.__contains__, items)
    for worker in range(workers):
        first = [
            *(aside if worker == 1 else ()),
            *chain.from_iterable(() if worker else loading),
        ]
        mine = [*first, *chain.from_iterable(others[worker::workers])]
        room = max(len(items) // workers - len(mine), 0)
        yield [*mine, *islice(left, room)]
    yield list(left)


def is_aside(item: pytest.Item) -> bool:
    """Whether it is long and needs no database."""
    is_long = item.get_closest_marker("slow") and not item.get_closest_marker("crash")
    return bool(is_long) and not ground.asks_database(item)


def asks_worlds(module: Sequence[pytest.Item]) -> bool:
    """Whether one of its tests stands on what is loaded once in a run; journeys have many such worlds."""
    asked = (set(getattr(item, "fixturenames", ())) for item in module)
    return any("worlds" in names and "live_server" not in names for names in asked)


def pytest_collection_finish() -> None:
    """What was gathered stays; from here on there is something to clear away."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    """At the end all goes, or compiled libraries tell of what they think is left behind."""
    gc.unfreeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test begins and ends on one day: by midnight the next one waits for the new day."""
    is_long = any(map(item.get_closest_marker, ("slow", "journey", "crash")))
    if seconds := soon.in_one_day(LASTS_LONG if is_long else LASTS, datetime.now(UTC)):
        time.sleep(seconds)
