"""The duty board: 20,000 staff of three forces and a year of duties, five million, under row security and ledger.

Two who look: an inspector of a joint unit of 240, who sees its people in three forces and nobody else; and
one who sees everybody, 10,171 on duty at once, while two shifts overlap. A board query is everything that a
page shows: who is there, with skills and authorities in date, counts, and gaps of 24 hours against minimum
cover, with its ledger entries. A page is timed inside the server, sign-in, frame and template included. The
peer of the query is the same rows and counts by hand-written SQL, as the tables' owner, without row security
or ledger.
The rows are made by the owner; what only writing needs (history, pointers, the constraint that nobody is
in two duties at once) is left off while they are made, and does not matter to reading.
"""

from collections.abc import Iterator

from bench import installed
from bench.measure import Measure


def run() -> Iterator[Measure]:
    yield from installed.measured("duty_board", CROSSFORCE_DEMONSTRATION="1")
