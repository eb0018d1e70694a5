"""Thousands of worlds, and the time of hidden pages: run by bench/bench_worlds.py, not with the tests."""

import os
import time
from datetime import datetime
from pathlib import Path
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings

from crossforce.access.operations import put_grants
from crossforce.agreements.tests import factories as agreed
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.organisations import api as organisations
from crossforce.records.tests import factories
from tests.worlds import asking, comparing, loading, papers, tables
from tests.worlds.strategies import Sketch, sketches

MANY = int(os.environ.get("WORLDS_MANY", "100"))
ROUNDS = int(os.environ.get("WORLDS_ROUNDS", "100"))
AT_ONCE = 250
"""Worlds on one base: the present of the last must not be an hour from that of the first."""
ONE_PAPER_IN = 50
NOTE = "records.note"


class Tally:
    """What was compared so far."""

    def __init__(self) -> None:
        self.compared, self.differences, self.began = 0, 0, time.monotonic()

    def add(self, found: list[comparing.Difference]) -> None:
        self.compared += 1
        self.differences += len(found)
        for each in found:
            print(each)  # noqa: T201 - read by the benchmark, and by whoever looks into it

    def told(self) -> dict[str, float]:
        return {
            "compared": self.compared,
            "differences": self.differences,
            "seconds": time.monotonic() - self.began,
            "answers": asking.answered(),
        }


def test_worlds(transactional_db: None, few_bodies: Path) -> None:
    loading.stage(tuple(tables.RECORDS))
    tally = Tally()
    while tally.compared < MANY - MANY // ONE_PAPER_IN:
        _worlds(tally, min(AT_ONCE, MANY - MANY // ONE_PAPER_IN - tally.compared))
    organisations.load_reference(actor=agreed.loader(), at=agreed.NOW, folder=few_bodies)
    loading.stage(tuple(tables.RECORDS), agreed.FORCES)
    _papers(tally, MANY - tally.compared)
    for name, value in tally.told().items():
        print(f"worlds.{name} {value}")  # noqa: T201 - read by the benchmark


def _worlds(tally: Tally, many: int) -> None:
    base = comparing.clock()

    @_plainly(many)
    @given(sketches(base))
    def compare(sketch: Sketch) -> None:
        tally.add(comparing.differences(sketch, tables.RECORDS))

    compare()


def _papers(tally: Tally, many: int) -> None:
    base: datetime = comparing.clock()

    @_plainly(many)
    @given(papers.papers(base))
    def compare(drawn: tuple[Sketch, papers.Writing]) -> None:
        sketch, write = drawn
        tally.add(comparing.differences(sketch, tables.RECORDS, write))

    compare()


def _plainly(many: int) -> settings:
    return settings(
        max_examples=many,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def test_the_time_of_a_page(db: None, cast: Cast) -> None:
    """How often a hidden page is slower than a missing one: half the time, when nothing can be told."""
    if os.environ.get("WORLDS_PART", "0") != "0":
        return
    factories.policy(roles=("investigator", "analyst"))
    put_grants(
        "secret", [factories.grant(NOTE, roles=("investigator",), compartment="special-branch")]
    )
    owner, outsider = cast.asha("investigator"), cast.asha("analyst")
    hidden = [
        factories.note(owner.actor, f"Hidden {n}", compartment="special-branch").pk
        for n in range(20)
    ]
    for each in hidden[:5]:
        _took(outsider, each)
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(ROUNDS):
        order = (True, False) if number % 2 else (False, True)
        for is_hidden in order:
            record = hidden[number % len(hidden)] if is_hidden else new_id()
            times[is_hidden].append(_took(outsider, record))
    slower = sum(a > b for a in times[True] for b in times[False])
    print(f"worlds.timing {abs(slower / ROUNDS**2 - 0.5)}")  # noqa: T201 - read by the benchmark


def _took(player: Player, record: UUID) -> float:
    began = time.perf_counter()
    assert player.client.get(f"/records/{NOTE}/{record}/").status_code == 404
    return time.perf_counter() - began
