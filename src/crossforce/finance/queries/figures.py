"""Figures that forces state of themselves, beside those of the reference files."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from crossforce.acting import api as acting
from crossforce.agreements import api as agreements
from crossforce.agreements.preview.measuring import Stated
from crossforce.finance import models
from crossforce.finance.choices import FIGURE, MARKING
from crossforce.finance.queries.listing import Listing
from crossforce.kernel import guarded
from crossforce.kernel.civil import financial_year
from crossforce.kernel.refusals import Missing
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import Directory, DriverFigure
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.choices import MARKINGS

ORDER: Final = ("driver", "agreement", "force", "-on", "pk")
LAST: Final = ("-created_at", "-pk")
UNUSED: Final = "No clause shares a cost by it."
ASKED: Final = "SELECT DISTINCT driver, force FROM finance_figure"


class NoSuchFigure(Missing):
    """There is no such figure, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures are asked for; empty means all."""

    driver: str = ""
    force: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure, whose it is, and what the reference files say for its year, or last before."""

    row: models.Figure
    holder: str
    beside: DriverFigure | None
    may_edit: bool
    why_not: str
    """Why no cost is shared by it; empty where it counts."""
    is_used: bool
    """Whether a clause shares a cost by such figures; of use and own cost, one of their agreement."""

    @property
    def unused(self) -> str:
        """What is told of one that counts and by which nothing is shared."""
        return "" if self.why_not or self.is_used else UNUSED

    @property
    def is_of_its_year(self) -> bool:
        """Whether the reference files have one of the same financial year, which then does not count."""
        beside = self.beside
        return beside is not None and financial_year(beside.on) == financial_year(self.row.on)


@guarded.acts
def asked_of(actor: Actor) -> tuple[list[str], list[str]]:
    """What is counted, and the forces, of which the actor may read figures."""
    found = records.cursor(models.Figure).figures(ASKED, planning={})
    return sorted({each for each, _ in found}), sorted({each for _, each in found})


@guarded.acts
def one(actor: Actor, figure: UUID) -> Shown:
    """One figure. Raises NoSuchFigure."""
    (found,) = _listed([row_of(figure)])
    return found


def row_of(figure: UUID) -> models.Figure:
    """The figure, while somebody acts. Raises NoSuchFigure."""
    row: models.Figure | None = models.Figure.objects.filter(pk=figure).first()
    if row is None:
        raise NoSuchFigure
    return row


def held_by(holder: str) -> list[models.Figure]:
    """Those that one organisation keeps, as far as whoever acts may read them."""
    rows = list(models.Figure.objects.within_reach())
    places = records.places_of(each.scope_id for each in rows)
    return [each for each in rows if places[each.scope_id].holder == holder]


def stated(driver: str, forces: Collection[str], agreement: str) -> Iterator[Stated]:
    """What shares are worked out from: what whoever acts may read, of two for one day the one stated last.

    A figure counts for the force that its holder is, or is a body of, and for no other. One in a compartment, or marked
    higher than budgets are, counts for none: a budget would tell of it.
    """
    if acting.current() is None:
        return
    of_some = ("", agreement)
    asked = _all().filter(driver=driver, force__in=forces, agreement__in=of_some)
    rows = list(asked.order_by(*LAST))
    if not rows:
        return
    directory = organisations.directory()
    found = [row for row in rows if not _apart(row, directory)]
    for row in found:
        said = f"{_name(row, directory)}: {row.source}"
        yield Stated(driver, row.force, row.on, row.value, said, row.agreement, str(row.pk))


def _apart(row: models.Figure, directory: Directory) -> str:
    """Why a figure counts for nobody, whatever else is stated; empty if it may."""
    place = records.place_of(row.scope_id)
    if place.compartment or MARKINGS.index(place.marking) > MARKINGS.index(MARKING):
        return "It stands in a compartment, or is marked higher than budgets are."
    holder = directory.get(place.holder)
    if holder is None or directory.force_of(holder.code) != row.force:
        return "Whoever states it is of another force."
    return ""


def _name(row: models.Figure, directory: Directory) -> str:
    holder = directory.organisation(records.place_of(row.scope_id).holder)
    return (holder.short_name or holder.name).en


def _known_by(row: models.Figure) -> tuple[str, str, str, date]:
    return row.driver, row.agreement, row.force, row.on


def _counting(
    rows: Sequence[models.Figure], directory: Directory
) -> dict[tuple[str, str, str, date], models.Figure]:
    """Of the figures for one day that are within reach, the one that counts: stated last, however often it was corrected."""
    same = {
        f"{name}__in": {getattr(row, name) for row in rows}
        for name in ("driver", "agreement", "force", "on")
    }
    found: dict[tuple[str, str, str, date], models.Figure] = {}
    for row in _all().filter(**same).order_by(*LAST) if rows else ():
        if not _apart(row, directory):
            found.setdefault(_known_by(row), row)
    return found


def _why_not(row: models.Figure, counts: models.Figure | None, directory: Directory) -> str:
    if counts is None or counts.pk == row.pk:
        return _apart(row, directory)
    return (
        _apart(row, directory)
        or f"{_name(counts, directory)} stated {counts.value:,} for the same day later."
    )


def _all() -> Any:
    return models.Figure.objects.within_reach()


def _figures(wanted: Wanted) -> Any:
    asked = {"driver": wanted.driver, "force": wanted.force}
    given = {name: value for name, value in asked.items() if value}
    return _all().filter(**given)


def _listed(found: Iterable[models.Figure]) -> list[Shown]:
    used = agreements.drivers_shared_by()
    every = {driver for driver, _ in used}
    rows, may = list(found), records.allowed(FIGURE, "edit")
    places = records.places_of(each.scope_id for each in rows)
    directory = organisations.directory()
    counting = _counting(rows, directory)
    return [
        Shown(
            row,
            places[row.scope_id].holder,
            directory.of_year(row.driver, row.force, financial_year(row.on)),
            may(row),
            _why_not(row, counting.get(_known_by(row)), directory),
            (row.driver, row.agreement) in used if row.agreement else row.driver in every,
        )
        for row in rows
    ]


LIST: Final = Listing("figures-to-share-by", ORDER, _figures, _listed)
"""What is counted, of which force, the latest first."""
figures, page, taken_out = LIST.whole, LIST.page, LIST.taken_out
