"""The programme of 500 collaborations: 3,000 projects, 60,000 ledger lines, 15 years.

A page is asked for as a browser asks, by somebody signed in who may see all of it, and is measured from the
request to the last byte, with its ledger entry. The pack is what one board of the twenty-one is given: its
papers, forty projects, five budgets.
"""

from collections.abc import Iterator

from bench import installed
from bench.measure import Measure


def run() -> Iterator[Measure]:
    yield from installed.measured("programme")
