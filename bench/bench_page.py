"""A governed list page with its ledger entry against a plain Django list page with its log row.

Ours: somebody signed in, acting in a posting, reads a page of notes under row security; the ledger
commits an entry that names each row and the clause. The peer: Django's own list view, open to all, over
a copy of the same rows without row security, which writes one plain row into a table. Both under
gunicorn over the same PostgreSQL with fsync, in one run and in turns, each with as many workers as `crossforce
serve` starts by default: two a processor and one, sync, so five on two processors. Neither is asked
before the demonstration is indexed and linked, which goes on beside the web at first.
"""

import statistics
from collections.abc import Iterator
from typing import Final

from bench import installed
from bench.load import Load, put, wait_for_rest
from bench.measure import Measure
from bench.plain import peer
from bench.plain.peer import OURS, THEIRS, TURNS

KIND: Final = "records.note"


def run() -> Iterator[Measure]:
    with installed.installation(CROSSFORCE_DEMONSTRATION="1") as made, peer.ours(made):
        cookie = made.inside("page", "prepared")
        with peer.plain(made):
            wait_for_rest()
            many, one = _turns(16, cookie), _turns(1, cookie)
    yield Measure(
        f"governed list of 50 with its ledger entry, 16 connections ({many[0][0].tool})",
        statistics.median(ours.per_second for ours, _ in many), "requests/s",
        "plain Django with a log row", statistics.median(plain.per_second for _, plain in many),
        more_is_better=True, gate=1.5, goal=3,
    )  # fmt: skip
    yield Measure(
        "the same, 1 connection", statistics.median(ours.median_ms for ours, _ in one), "ms",
        "plain Django with a log row", statistics.median(plain.median_ms for _, plain in one),
    )  # fmt: skip


def _turns(connections: int, cookie: str) -> list[tuple[Load, Load]]:
    ours, theirs = (
        f"http://127.0.0.1:{OURS}/records/{KIND}/",
        f"http://127.0.0.1:{THEIRS}/notes/",
    )
    for address in (ours, theirs):
        put(address, connections=connections, seconds=2, cookie=cookie)
    return [
        (
            put(ours, connections=connections, cookie=cookie),
            put(theirs, connections=connections, cookie=cookie),
        )
        for _ in range(TURNS)
    ]
