"""The originals of a case as a gallery and by their places, of those that one may read."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from crossforce.evidence.choices import ITEM, State
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.queries.timelines import MOST
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

ON_A_PAGE: Final = 24
MOST_PLACED: Final = 2_000
AT_A_TIME: Final = 500
FIRST_CAPTURED: Final = (F("captured_at").asc(nulls_last=True), "created_at", "pk")


@dataclass(frozen=True, slots=True)
class Shown:
    """An original, and the exhibit that it is of."""

    row: Item
    exhibit: Exhibit

    @property
    def point(self) -> tuple[float, float]:
        """The longitude and latitude of one that has them."""
        return self.row.longitude or 0.0, self.row.latitude or 0.0


@dataclass(frozen=True, slots=True)
class Gallery:
    """A page of the originals of a case, those captured first before others; how many there are, are placed, and wait to be looked into.

    `may_look`: whether the actor may have some of those that wait looked into.
    """

    reference: str
    rows: list[Shown]
    number: int
    placed: int
    waiting: int
    may_look: bool
    page: int
    is_whole: bool

    @property
    def pages(self) -> int:
        return max(1, -(-self.number // ON_A_PAGE))


@dataclass(frozen=True, slots=True)
class Captured:
    """Originals of a case that say when or where they were captured; there are more where it is not whole."""

    reference: str
    rows: list[Shown]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Originals of a case that nobody looked into: some of those that the actor may, and how many there are in all."""

    may: list[UUID]
    left: int


@guarded.acts
def gallery(actor: Actor, reference: str, page: int = 1) -> Gallery:
    """A page of the originals of a case. Raises Missing."""
    of = _exhibits(reference)
    found = _originals(of)
    number = found.count()
    page = min(max(page, 1), max(1, -(-number // ON_A_PAGE)))
    rows = found.order_by(*FIRST_CAPTURED)[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    left = found.filter(looked_at__isnull=True)
    may = left.filter(records.allowed_among(ITEM, "edit")).exists()
    return Gallery(
        reference=reference,
        rows=[Shown(row, of[row.exhibit]) for row in rows],
        number=number,
        placed=found.filter(latitude__isnull=False).count(),
        waiting=left.count(),
        may_look=may,
        page=page,
        is_whole=len(of) < MOST,
    )


@guarded.acts
def captured(actor: Actor, reference: str, *, is_placed: bool = False) -> Captured:
    """The originals of a case that say when or where they were captured, or where alone. Raises Missing."""
    of = _exhibits(reference)
    found = _originals(of)
    has_place = found.filter(latitude__isnull=False)
    wanted = has_place if is_placed else has_place | found.filter(captured_at__isnull=False)
    rows = list(wanted.order_by(*FIRST_CAPTURED)[: MOST_PLACED + 1])
    is_whole = len(of) < MOST and len(rows) <= MOST_PLACED
    shown = [Shown(row, of[row.exhibit]) for row in rows[:MOST_PLACED]]
    return Captured(reference, shown, is_whole)


@guarded.acts
def waiting(actor: Actor, reference: str) -> Waiting:
    """Those that nobody looked into. Raises Missing."""
    left = _originals(_exhibits(reference)).filter(looked_at__isnull=True)
    may = left.filter(records.allowed_among(ITEM, "edit")).order_by("created_at", "pk")
    return Waiting(list(may.values_list("pk", flat=True)[:AT_A_TIME]), left.count())


def _exhibits(reference: str) -> dict[UUID, Exhibit]:
    rows = Exhibit.objects.filter(case_reference=reference).order_by("seized_at", "pk")[:MOST]
    of = {row.pk: row for row in rows}
    if not of:
        raise Missing
    return of


def _originals(of: dict[UUID, Exhibit]) -> Any:
    return Item.objects.filter(exhibit__in=of, state=State.KEPT, derived_from__isnull=True)
