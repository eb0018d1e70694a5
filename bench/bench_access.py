"""Access decided in the database, over a million governed rows, against hand-written conditions and Cedar.

The peer of each statement is the same SQL on the same tables without row security (as their owner), with
the actor's scopes written into its WHERE: it is told them, ours works them out anew. For both a transaction
or session stands already; what beginning to act costs is a measure of its own. A join's peer tests
each table that the policies test; one that trusts lines to lie in their record's scope stands beside it.
Fifty agreements, 5,000 scopes, actors who reach from none to all of them; PostgreSQL with fsync as
served. A ratio is of lower quartiles, taken in turns. A page is timed whole, as lists read it: its
statements, its rows, and noting them for the ledger.
"""

from collections.abc import Iterator

from bench import installed
from bench.measure import Measure


def run() -> Iterator[Measure]:
    yield from installed.measured("access")
