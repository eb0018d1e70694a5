"""Money of 500 collaborations over 15 years: 7,500 budgets with 60,000 lines, under row security and ledger.

The year-end true-up of all is everything that every party still owes of every budget that was ever opened:
shares to the penny, what was given in kind, charged and spent, with its ledger entry. Beside it one year of
all collaborations, one budget's page, and the journal of a year, sums that balance. The peer of the true-up
is the sum of the same lines by hand-written SQL, as the tables' owner, without row security, ledger or shares.
"""

from collections.abc import Iterator

from bench import installed
from bench.measure import Measure


def run() -> Iterator[Measure]:
    yield from installed.measured("finance")
