"""Every agreement of the sources: read, checked against each other, compiled."""

from collections.abc import Iterator
from pathlib import Path

from bench.measure import Measure, seconds
from crossforce.agreements.check import CheckContext, check
from crossforce.agreements.compile import compile_document
from crossforce.agreements.reading import Reading, read
from crossforce.kernel import clock
from crossforce.kernel.civil import day_of
from crossforce.organisations.directory import shipped

FOLDER = Path(__file__).resolve().parent.parent / "agreements"


def run() -> Iterator[Measure]:
    texts = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*/*.toml"))}
    readings = _read(texts)
    yield Measure(f"read {len(texts)} documents", seconds(lambda: _read(texts)), "s")
    yield Measure("check them against each other", seconds(lambda: _check(readings)), "s")
    yield Measure("compile them", seconds(lambda: _compile(readings)), "s")
    whole = seconds(lambda: _whole(texts))
    yield Measure("read, check and compile the whole set", whole, "s", gate=2.0)


def _read(texts: dict[str, bytes]) -> list[Reading]:
    return [read(data, name) for name, data in texts.items()]


def _check(readings: list[Reading]) -> int:
    documents = [each.document for each in readings]
    day = day_of(clock.now())
    context = CheckContext(directory=shipped(), on=day, in_force=documents)
    return sum(len(check(each, context)) for each in readings)


def _compile(readings: list[Reading]) -> int:
    return sum(len(compile_document(each.document, shipped()).terms) for each in readings)


def _whole(texts: dict[str, bytes]) -> None:
    readings = _read(texts)
    _check(readings)
    _compile(readings)
