"""Ten thousand files that were mutated by chance, looked into and taken apart as what is sent is.

Each is a sound or hostile file (those of the tests of evidence, and those of a folder that BENCH_HOSTILE_FOLDER names) of which bytes
were flipped, cut out, repeated, or put in from another; which ones follows from its number. Each is read by a confined process of
its own: it is forked from one that has read its modules, which saves a tenth of a second and changes nothing else. Counted are those
at which ours raised, those that ended without an answer or a reason, what was written, time and memory; then every file as it is.
BENCH_HOSTILE says another number. There is no peer: nobody else's worker is asked the same.
"""

import os
import random
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from bench.hostile import Ended, looked_into, warm
from bench.measure import Measure
from crossforce.evidence.tests import hostile

NUMBER: Final = int(os.environ.get("BENCH_HOSTILE", "10000"))
PROCESSES: Final = 2
LARGEST: Final = 4 * 1024 * 1024
AT_ONCE: Final = 50


def run() -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = folder
        with ProcessPoolExecutor(PROCESSES, get_context("fork"), warm) as pool:
            found = list(chain.from_iterable(pool.map(_mutated, range(0, NUMBER, AT_ONCE))))
            plain = list(pool.map(_plain, range(len(seeds()))))
        written = len(list(Path(folder).rglob("*")))
    yield Measure("files mutated", len(found), "files")
    yield Measure("seeds as they are", len(plain), "files")
    both = [*found, *plain]
    whole = [each for each in plain[: len(hostile.sound())] if not each.is_refused]
    yield Measure(
        "sound files read whole",
        len(whole),
        "files",
        more_is_better=True,
        gate=len(hostile.sound()),
    )
    yield Measure("raised in ours", sum(each.raised for each in both), "files", gate=0)
    yield Measure("ended unexplained", sum(each.is_silent for each in both), "files", gate=0)
    yield Measure("written to a disk", written, "files", gate=0)
    yield Measure(
        "stopped at a limit, and said so", sum(each.is_stopped for each in both), "files"
    )
    yield Measure(
        "refused or unreadable, with why", sum(each.is_refused for each in both), "files"
    )
    yield Measure("longest", max(each.seconds for each in both), "s", gate=31)
    yield Measure(
        "most memory of a worker", max(each.megabytes for each in both), "MB", gate=1100
    )


@cache
def seeds() -> tuple[bytes, ...]:
    """What is mutated: in one order, whoever asks."""
    known = [*hostile.sound().values(), *hostile.hostile().values()]
    if given := os.environ.get("BENCH_HOSTILE_FOLDER"):
        paths = sorted(each for each in Path(given).rglob("*") if each.is_file())
        known += [each.read_bytes() for each in paths if each.stat().st_size <= LARGEST]
    return tuple(known)


def mutated(number: int) -> bytes:
    """The file of that number."""
    chance = random.Random(number)  # noqa: S311 - the same files each time
    content = bytearray(chance.choice(seeds()))
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(len(content) + 1)
        length = chance.choice((1, 2, 4, 32, 1024))
        match chance.randrange(5):
            case 0:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                content[at : at + 4] = chance.choice(
                    (b"\0" * 4, b"\xff" * 4, b"\x7f\xff\xff\xff")
                )
            case 2:
                del content[at : at + length]
            case 3:
                content[at:at] = content[at : at + length]
            case _:
                other = chance.choice(seeds())
                begin = chance.randrange(len(other) + 1)
                content[at : at + length] = other[begin : begin + length]
    return bytes(content)


def _mutated(first: int) -> list[Ended]:
    last = min(first + AT_ONCE, NUMBER)
    return [looked_into(mutated(number)) for number in range(first, last)]


def _plain(number: int) -> Ended:
    return looked_into(seeds()[number])
