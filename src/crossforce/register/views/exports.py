"""The matrix to take away."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.http.response import HttpResponseBase

from crossforce.kernel.web import downloads, lists
from crossforce.register import rules

FORMATS = ("csv", "json")
Grid = Mapping[str, Mapping[str, rules.Cell]]


class Line(NamedTuple):
    """One force in one function of one agreement on the day."""

    function: str
    force: str
    status: str
    disciplines: str
    reference: str
    clause: str
    period: str
    assumed: bool


COLUMNS = [lists.column(name, attrgetter(name)) for name in Line._fields]


def matrix(wanted: str, grid: Grid, day: date) -> HttpResponseBase:
    """The lines of the matrix as CSV or JSON."""
    lines = [
        Line(
            p.function,
            p.force,
            p.status,
            " ".join(p.disciplines),
            p.reference,
            p.clause,
            p.period_en,
            p.assumed,
        )
        for row in grid.values()
        for cell in row.values()
        for p in cell.participants
    ]
    if wanted == "csv":
        return downloads.csv(f"participation-{day}.csv", COLUMNS, lines)
    rows = [line._asdict() for line in lines]
    return downloads.json(
        f"participation-{day}.json", {"day": day.isoformat(), "participation": rows}
    )
