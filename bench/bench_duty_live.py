"""Live boards: two hundred open at once, and how long a change takes to all of their screens.

Three forces with 20,000 staff and a month of duties; 120 of them are on duty in a joint unit, with
skills and authorities. Inspectors of the three forces have its board open: 200 screens of ten
inspectors, 200 of forty, and one each of two hundred. Somebody's place is changed by the operation that
pages call; a screen has it when its event has come. The stream runs in a process of its own, as served,
fsync is on, and the readers share the machine with it.
"""

from collections.abc import Iterator

from bench import installed
from bench.measure import Measure


def run() -> Iterator[Measure]:
    yield from installed.measured("duty_live")
