"""Nobody is on a board but by an imported duty and a grant, and whoever has both is on it."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import RequestFactory
from hypothesis import HealthCheck, Phase, given, seed, settings

from crossforce.duty import queries
from crossforce.duty.queries import Filter
from crossforce.duty.views import board
from crossforce.kernel import clock
from tests.worlds import comparing, duties, loading
from tests.worlds.duties import OFF_DUTY, BoardOracle, Rota
from tests.worlds.model import Actor

ROTAS, PARTS = 24, 2
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def base(transactional_db: None) -> datetime:
    """What worlds have in common is in the database; instants lie on whole minutes, as a page asks."""
    loading.stage((duties.KIND, duties.IMPORT))
    return comparing.clock().replace(second=0, microsecond=0)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_a_board_shows_whom_a_duty_and_a_grant_show(base: datetime, part: int) -> None:
    @seed(part)  # each part its own rotas, and the same ones every time
    @settings(
        max_examples=ROTAS // PARTS,
        suppress_health_check=SLOW,
        database=None,
        derandomize=False,
        phases=[Phase.explicit, Phase.generate],
    )
    @given(duties.rotas(base))
    def compare(rota: Rota) -> None:
        with transaction.atomic():
            try:
                loading.grant(rota.sketch.world)
                loading.people_it(rota.sketch.world, {})
                oracle = BoardOracle(rota, duties.load(rota, base), comparing.clock())
                found = [each for actor in rota.sketch.actors for each in unlike(oracle, actor)]
            finally:
                transaction.set_rollback(True)
        assert not found, found[0]

    compare()


def unlike(oracle: BoardOracle, actor: Actor) -> Iterator[tuple[Any, ...]]:
    """Where the pages and the oracle differ: now, at other instants, and where something begins or ends.

    At each instant one of the units is asked for by itself, in turn, and every other time the file.
    """
    for turn, at in enumerate((None, *sorted(instants(oracle.rota)))):
        for question, answer, expected in answers(oracle, actor, at, turn):
            if answer != expected:
                yield question, actor, at, answer, expected


def instants(rota: Rota) -> set[datetime]:
    """Another instant, a moment before one, and the ends of a duty: where something changes."""
    spans = [each.span for each in rota.work[:2]]
    ends = (end for span in spans for end in (span.starts, span.ends) if end)
    return {*rota.sketch.instants, *ends}


def answers(
    oracle: BoardOracle, who: Actor, at: datetime | None, turn: int
) -> Iterator[tuple[str, Any, Any]]:
    """Each question with what the platform answers, and what it should."""
    actor, instant = loading.actor(who), at or clock.now()
    expected = oracle.board(who, instant)
    names = sorted(each.reference for each in expected)
    said = {key: reference for reference, key in oracle.keys.items()}
    found = queries.on_duty(actor, instant, Filter())
    yield "board", sorted(said[row.entry.pk] for row in found.rows), names
    yield "total", found.total, len(names)
    yield "forces", list(found.forces), sorted({each.force for each in expected})
    duty = Counter(each.unit for each in expected if each.what == "duty")
    yield (
        "counts",
        {e.unit: e.has for e in found.counts if not e.function and e.has},
        dict(duty),
    )
    unit = duties.UNITS[1 + turn % 2]
    narrow = queries.on_duty(actor, instant, Filter(unit=unit))
    of = sorted(each.reference for each in expected if each.unit == unit)
    yield unit, sorted(said[row.entry.pk] for row in narrow.rows), of
    lanes = queries.timeline(actor, instant, Filter()).lanes
    of_people = {e.staff: sorted(said[row.pk] for row in e.entries) for e in lanes}
    expected_lanes = oracle.lanes(who, instant)
    yield (
        "timeline",
        of_people,
        {person: sorted(e.reference for e in of) for person, of in expected_lanes.items()},
    )
    on = [
        e.entry
        for lane in lanes
        for e in lane.stretches
        if e.entry and e.what != "absence" and e.starts_at <= instant < e.ends_at
    ]
    yield (
        "timeline at the instant",
        sorted(said[row.pk] for row in on if row.status != OFF_DUTY),
        names,
    )
    if turn % 2 == 0 and (at is None or not (at.second or at.microsecond)):
        keys = sorted(str(oracle.keys[name]) for name in names)
        yield "csv", sorted(row["Duty"] for row in exported(actor, at)), keys


def exported(actor: Any, at: datetime | None) -> list[dict[str, str]]:
    """The lines of the board's file."""
    local = at.astimezone(LONDON) if at else None
    instant = {"on": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"} if local else {}
    request: Any = RequestFactory().get("/duty/", {"format": "csv", **instant})
    request.actor = actor
    response: Any = board.board(request)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
