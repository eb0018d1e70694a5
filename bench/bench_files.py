"""Files kept for good: sealed, with two digests, on the disk, beside what others copy and hash.

A gigabyte (BENCH_FILES_GB says another number) in files of 100 MB and of 10 MB is kept by two threads, as two workers of the web do: read,
encrypted, hashed with SHA-256 and BLAKE3, on the disk (fsync) and in the database before each counts. The peers get the same
files, encrypt nothing, and have them on the disk at the end (sync): a copy and a bag of it (bagit.py, SHA-256, two processes), a
bag with its defaults that is then validated, an OCFL object by ocfl-py, and cp with sha256sum. Then all is read again, proven, and the memory is told.
"""

from collections.abc import Iterator

from bench import installed
from bench.measure import Measure


def run() -> Iterator[Measure]:
    yield from installed.measured("files")
