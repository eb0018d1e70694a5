"""The register's list page of 50 against a plain Django list page of the same rows.

Both under gunicorn with two workers, on one machine, over the same PostgreSQL, in one run: first
one connection, then sixteen. Each turn measures both, and the median of the turns is taken.
"""

import statistics
from collections.abc import Iterator

from bench import installed
from bench.load import Load, put
from bench.measure import Measure
from bench.plain import peer
from bench.plain.peer import OURS, THEIRS, TURNS


def run() -> Iterator[Measure]:
    with (
        installed.installation(CROSSFORCE_DEMONSTRATION="1") as made,
        peer.ours(made),
        peer.plain(made),
    ):
        many = _turns(16)
        one = _turns(1)
    tool = many[0][0].tool
    yield Measure(
        what=f"list of 50, 16 connections ({tool})",
        ours=_median([ours.per_second for ours, _ in many]),
        unit="requests/s",
        peer="plain Django",
        theirs=_median([plain.per_second for _, plain in many]),
        more_is_better=True,
        gate=2,
        goal=5,
    )
    yield Measure(
        what=f"list of 50, 1 connection ({tool})",
        ours=_median([ours.median_ms for ours, _ in one]),
        unit="ms",
        peer="plain Django",
        theirs=_median([plain.median_ms for _, plain in one]),
        gate=2,
    )


def _turns(connections: int) -> list[tuple[Load, Load]]:
    addresses = [f"http://127.0.0.1:{port}/register/" for port in (OURS, THEIRS)]
    for address in addresses:
        put(address, connections=connections, seconds=2)
    return [
        (put(addresses[0], connections=connections), put(addresses[1], connections=connections))
        for _ in range(TURNS)
    ]


def _median(figures: list[float]) -> float:
    return statistics.median(figures)
