"""Inside the installation of bench_programme: the world is made, pages are asked for, the pack is drawn."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from time import perf_counter
from uuid import UUID

from django.urls import reverse

from bench import programme as world
from bench.measure import Measure, seconds
from crossforce.kernel import clock, guarded, serving
from crossforce.kernel.testing.cast import Player
from crossforce.programme import models
from crossforce.programme.choices import MILESTONE
from crossforce.programme.operations import packs
from crossforce.records import api as records

PAGES = {
    "projects, a page of 3,000": "programme:projects",
    "register of 500 entries": "programme:register",
    "what comes": "programme:calendar",
    "boards": "boards:boards",
}
LEAST_PAGES = 60
CHANGES = 5
PAGES_OF_IT = re.compile(rb"/Count (\d+)")
"""A tree of pages says how many are below it; its root has most."""
ADDRESS = "127.0.0.1"


def measures() -> Iterator[Measure]:
    serving.collect_static()
    reader, meeting = world.build()
    dashboard = partial(_page, reader, reverse("programme:dashboard"))
    began = perf_counter()
    dashboard()
    yield Measure(
        what="dashboard of 3,000 projects, for the first time in a process, nothing remembered",
        ours=1000 * (perf_counter() - began),
        unit="ms",
    )
    yield Measure(
        what="dashboard of 3,000 projects, whole answer of the server",
        ours=1000 * seconds(dashboard),
        unit="ms",
        gate=100,
    )
    yield Measure(
        what="dashboard of 3,000 projects, once a milestone has changed",
        ours=1000 * _changed(reader, dashboard),
        unit="ms",
    )
    for what, name in PAGES.items():
        yield _of_page(reader, what, reverse(name))
    yield _of_page(reader, "page of a meeting", reverse("boards:meeting", args=[meeting]))
    yield from _pack(reader, meeting)


def _changed(reader: Player, dashboard: Callable[[], None]) -> float:
    """How long it takes after each of several changes: the middle one."""
    took = []
    for number in range(CHANGES):
        with guarded.acting(reader.actor):
            row = models.Milestone.objects.order_by("pk").first()
            assert row
            given = {"title": f"Changed {number}"}
            records.edit(
                actor=reader.actor, kind=MILESTONE, record=row.pk, version=row.version, given=given, at=clock.now(),
            )  # fmt: skip
        began = perf_counter()
        dashboard()
        took.append(perf_counter() - began)
    return sorted(took)[CHANGES // 2]


def _of_page(reader: Player, what: str, address: str) -> Measure:
    ours = 1000 * seconds(partial(_page, reader, address))
    return Measure(what=f"{what}, whole answer of the server", ours=ours, unit="ms", goal=100)


def _page(reader: Player, address: str) -> None:
    answer = reader.client.get(address, HTTP_HOST=ADDRESS)
    assert answer.status_code == 200, (address, answer.status_code)


def _pack(reader: Player, meeting: UUID) -> Iterator[Measure]:
    (took, told, data) = sorted(_drawn(reader, meeting) for _ in range(3))[1]
    pages = max(int(each) for each in PAGES_OF_IT.findall(data))
    assert pages >= LEAST_PAGES, pages
    yield Measure(
        what=f"board pack of {pages} pages as a tagged PDF", ours=took, unit="s", gate=10
    )
    yield Measure(
        what=f"of it the longest without word of its progress, which comes {len(told) - 2} times",
        ours=max(after - before for before, after in pairwise(told)),
        unit="s",
    )


def _drawn(reader: Player, meeting: UUID) -> tuple[float, list[float], bytes]:
    """How long it took, the instants at which something was told with beginning and end, and the file."""
    told = [perf_counter()]
    found = packs.draw(reader.actor, meeting, lambda *_: told.append(perf_counter()))
    told.append(perf_counter())
    return told[-1] - told[0], told, found.data
