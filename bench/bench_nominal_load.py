"""A force's people brought in: 60,000 rows of CSV by a mapping, under row security, with history, pointers, words for
search, the feed and the ledger.

The file is read, judged and written by the operation that page, API and command call: nine statements a row, each held
to its form and to the check characters of its number. Then the same again, and with corrections. The peer is what the
same server can do at most: the rows that came of it, by COPY into a table without row security, triggers, history,
words and ledger, but with the same indexes, and without reading or judging anything.
"""

from collections.abc import Iterator

from bench import installed
from bench.measure import Measure


def run() -> Iterator[Measure]:
    yield from installed.measured("nominal_load")
