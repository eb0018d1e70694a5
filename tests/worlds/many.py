"""Thousands of worlds, and the time of hidden pages: run by bench/bench_worlds.py, not with the tests."""

import os
import random
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
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
PAPERS = max(1, MANY // 50)
SWEPT = 20
"""After so many worlds what they left behind, rolled back as it is, is cleared away."""
WRITTEN = (
    "access_grant", "access_scope", "access_share", "ledger_entry", "ledger_privatepart",
    "people_posting", "people_staff", "records_document", "records_documentevent", "records_link",
    "records_note", "records_noteevent", "records_pointer", "records_request",
    "records_requestevent", "records_searched",
)  # fmt: skip
NOTE = "records.note"
Owner = psycopg.Connection[tuple[Any, ...]]


class Tally:
    """What was compared so far."""

    def __init__(self, owner: Owner) -> None:
        self.owner = owner
        self.compared, self.differences, self.began = 0, 0, time.monotonic()
        self.before = asking.answered()

    def add(self, found: list[comparing.Difference], sketch: Sketch) -> None:
        self.compared += 1
        self.differences += len(found)
        for each in (*found, sketch) if found else ():
            print(each)  # noqa: T201 - for whoever looks into it
        if self.compared % SWEPT == 0:
            self.owner.execute(f"VACUUM {', '.join(WRITTEN)}")

    def tell(self) -> None:
        told = {
            "compared": self.compared,
            "differences": self.differences,
            "seconds": time.monotonic() - self.began,
            "statements": asking.answered() - self.before,
        }
        for name, value in told.items():
            print(f"worlds.{name} {value}")  # noqa: T201 - read by the benchmark


def test_worlds(owner_connection: Owner) -> None:
    loading.stage(tuple(tables.RECORDS))
    tally, many = Tally(owner_connection), MANY - PAPERS
    while tally.compared < many:
        _worlds(tally, min(AT_ONCE, many - tally.compared))
    tally.tell()


def test_papers(owner_connection: Owner, few_bodies: Path) -> None:
    organisations.load_reference(actor=agreed.loader(), at=agreed.NOW, folder=few_bodies)
    loading.stage(tuple(tables.RECORDS), agreed.FORCES)
    tally = Tally(owner_connection)
    _papers(tally, PAPERS)
    tally.tell()


def _worlds(tally: Tally, many: int) -> None:
    base = comparing.clock()

    @_plainly(many)
    @given(sketches(base))
    def compare(sketch: Sketch) -> None:
        tally.add(comparing.differences(sketch, tables.RECORDS), sketch)

    compare()


def _papers(tally: Tally, many: int) -> None:
    base: datetime = comparing.clock()

    @_plainly(many)
    @given(papers.papers(base))
    def compare(drawn: tuple[Sketch, papers.Writing]) -> None:
        sketch, write = drawn
        tally.add(comparing.differences(sketch, tables.RECORDS, write), sketch)

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
    factories.policy(roles=("investigator", "analyst"))
    put_grants(
        "secret", [factories.grant(NOTE, roles=("investigator",), compartment="special-branch")]
    )
    owner, outsider = cast.asha("investigator"), cast.asha("analyst")
    hidden = [
        factories.note(owner.actor, f"Hidden {n}", compartment="special-branch").pk
        for n in range(20)
    ]
    missing = [
        new_id() for _ in hidden
    ]  # asked for as often as the others, so that both are as well known
    for each in (*hidden, *missing):
        _took(outsider, each)
    times: dict[bool, list[float]] = {True: [], False: []}
    order, drawn = [True, False], random.Random(7)
    for number in range(ROUNDS):
        drawn.shuffle(order)
        for is_hidden in order:
            record = (hidden if is_hidden else missing)[number % len(hidden)]
            times[is_hidden].append(_took(outsider, record))
    slower = sum(a > b for a in times[True] for b in times[False])
    print(f"worlds.timing {abs(slower / ROUNDS**2 - 0.5)}")  # noqa: T201 - read by the benchmark


def _took(player: Player, record: UUID) -> float:
    began = time.perf_counter()
    assert player.client.get(f"/records/{NOTE}/{record}/").status_code == 404
    return time.perf_counter() - began
