"""Papers: what boards are asked, and what has become of each, told from the decisions on it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import DECISION, PaperState
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

OPEN: Final = (PaperState.DRAFT, PaperState.OUT)


class NoSuchPaper(Missing):
    """There is no such paper, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of a paper: the day on which it was decided, and the meetings that put it off, with their days."""

    decided_on: date | None = None
    put_off: tuple[tuple[UUID | None, date], ...] = ()

    @property
    def put_before(self) -> tuple[date, ...]:
        """The days of the meetings that put it off."""
        return tuple(sorted(on for _, on in self.put_off))


NOTHING_YET: Final = Fate()


@dataclass(frozen=True, slots=True)
class Standing:
    """A paper and where it stands."""

    row: models.Paper
    state: PaperState
    fate: Fate = NOTHING_YET


def row_of(key: UUID) -> models.Paper:
    """The row itself, as whoever acts may read it. Raises NoSuchPaper."""
    found: models.Paper | None = models.Paper.objects.filter(pk=key).first()
    if found is None:
        raise NoSuchPaper
    return found


def fates(papers: Collection[UUID]) -> dict[UUID, Fate]:
    """What has become of each of these papers that whoever acts may read; nothing yet, of any other."""
    decided: dict[UUID, date] = {}
    put_off: dict[UUID, list[tuple[UUID | None, date]]] = {key: [] for key in papers}
    for key, is_decided, meeting, on in records.told(DECISION, "taken", papers):
        if is_decided:
            decided[key] = on
        else:
            put_off[key].append((meeting, on))
    return {key: Fate(decided.get(key), tuple(put_off[key])) for key in papers}


def standing_of(rows: Iterable[models.Paper]) -> list[Standing]:
    """Where each of these papers stands."""
    listed = list(rows)
    found = fates([row.pk for row in listed])
    return [_standing(row, found[row.pk]) for row in listed]


@guarded.acts
def paper(actor: Actor, key: UUID) -> models.Paper:
    """One paper. Raises NoSuchPaper."""
    return row_of(key)


@guarded.acts
def shown(actor: Actor, key: UUID) -> Standing:
    """One paper and where it stands. Raises NoSuchPaper."""
    return standing_of([row_of(key)])[0]


@guarded.acts
def papers(actor: Actor) -> list[Standing]:
    """The papers that the actor may read: drafts, those that are out, and the decided, the earliest due first."""
    found = standing_of(models.Paper.objects.within_reach().order_by("due_on", "pk"))
    order = list(PaperState)
    return sorted(found, key=lambda each: order.index(each.state))


@guarded.acts
def open_among(actor: Actor, rows: Iterable[models.Paper]) -> set[UUID]:
    """Those of these papers that are neither decided nor taken back."""
    return {each.row.pk for each in standing_of(rows) if each.state in OPEN}


def _standing(row: models.Paper, fate: Fate) -> Standing:
    state = PaperState.DECIDED if fate.decided_on else PaperState(row.state)
    return Standing(row, state, fate)
