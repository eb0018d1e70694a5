"""A large file needs no more memory than a small one: nothing of its rows stays in the process."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pytest

from crossforce.duty import mapping
from crossforce.duty.mapping import Mapping
from crossforce.duty.operations import staging
from crossforce.duty.tests.exports import DAYS, NESTED, ROW, SHIFTS, described
from crossforce.intake.choices import quiet

pytestmark = pytest.mark.slow
SMALL, LARGE = 3_000, 30_000
STAFF: Final = 400
SPARE: Final = 2_000_000
"""Bytes: buffers that the small file does not fill, and what is remembered of dates; a row would be 60 of them."""


class Generated:
    """A file that is made while it is read."""

    def __init__(self, pieces: Iterator[str], encoding: str) -> None:
        self._pieces, self._encoding, self._held = pieces, encoding, b""

    def read(self, size: int = -1, /) -> bytes:
        while len(self._held) < size and (piece := next(self._pieces, "")):
            self._held += piece.encode(self._encoding)
        found, self._held = self._held[:size], self._held[size:]
        return found


def days(rows: int) -> Iterator[tuple[int, int, date]]:
    """One row after the other: its number, its person, its day."""
    first = date(2026, 1, 1)
    for number in range(rows):
        yield number, number % STAFF, first + timedelta(days=number // STAFF)


def shifts(rows: int) -> Iterator[str]:
    yield ROW
    for number, person, day in days(rows):
        base = "=1+1" if number % 7 == 0 else "Devizes"
        yield f"{number};{person};{day:%d/%m/%Y};07:00;15:00;SOU;XG{number};{base};AV;;\n"


def codes(rows: int) -> Iterator[str]:
    yield "Person,Day,Duty\n"
    for _, person, day in days(rows):
        yield f"{person},{day},E\n"


def nested(rows: int) -> Iterator[str]:
    yield '{"data": {"people": ['
    for number, person, day in days(rows):
        at = f'"from": "{day}T07:00:00Z", "to": "{day}T15:00:00Z"'
        duty = f'{{"id": "{number}", {at}, "kind": "duty", "unit": "roads"}}'
        comma = "," if number else ""
        yield f'{comma}{{"number": "{person}", "rota": {{"duties": [{duty}]}}}}'
    yield "]}}"


FORMS: Final = {
    "shifts": (described(SHIFTS), shifts, "cp1252"),
    "days": (described(DAYS), codes, "utf-8"),
    "nested": (described(NESTED), nested, "utf-8"),
}


def peak(of: Mapping, source: Generated) -> tuple[int, staging.Report]:
    """The most that reading and staging a file held at once, and what came of it."""
    report, size = staging.Report(), 0
    gc.collect()
    tracemalloc.start()
    try:
        for piece in staging.pieces(mapping.parse(source, of), report, quiet):
            size += len(piece)
            gc.collect(1)  # circles are no rows: whether some wait to be let go is chance
        return tracemalloc.get_traced_memory()[1], report
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_ten_times_as_large_takes_as_much(form: str) -> None:
    of, made, encoding = FORMS[form]
    small, _ = peak(of, Generated(made(SMALL), encoding))
    large, report = peak(of, Generated(made(LARGE), encoding))
    assert report.rows == LARGE
    assert large < small + SPARE
