"""The originals of a case as a gallery, and on a map by where they say that they were captured."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.evidence.answering import previewed
from crossforce.evidence.choices import CLOCKS
from crossforce.evidence.inspection import outside
from crossforce.evidence.models import Item
from crossforce.evidence.operations import previewing
from crossforce.evidence.queries import galleries
from crossforce.evidence.queries.galleries import Shown
from crossforce.evidence.views import captured_files
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.organisations.directory import areas
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

NEAREST: Final = 0.75
"""How wide the map is at least, in its units: some 400 metres."""
METRES: Final = 111_195 / areas.SCALE
"""Of one unit of the map."""
TOGETHER: Final = 22
"""How near two marks come, in steps of the drawing, before one is for both."""
LARGEST_RING: Final = 2_000
CSV, GEOJSON = "csv", "geojson"


@dataclass(frozen=True, slots=True)
class Mark:
    """Originals that were captured at one place, by their numbers in the table; how far off it may be, in steps of the drawing."""

    x: int
    y: int
    ring: int
    numbers: list[int]
    rows: list[Shown]

    @property
    def words(self) -> str:
        """Its first number, and how many more there are."""
        more = len(self.numbers) - 1
        return f"{self.numbers[0]}{f' +{more}' if more else ''}"

    @property
    def said(self) -> str:
        """What stands there, for who hears it."""
        names = ", ".join(each.row.name for each in self.rows[:5])
        more = len(self.rows) - 5
        return f"{names}{f' and {more} more' if more > 0 else ''}"


@marks.in_english
@marks.repeatable
@asking.only("case", "page")
def gallery(request: ActingRequest) -> HttpResponseBase:
    """The originals of a case; posted, those that nobody looked into are, for as long as one request may last."""
    reference = _case(request)
    if request.method == "POST":
        done = previewing.go_on(actor=request.actor, reference=reference, at=clock.now())
        left = f" {done.left:,} are left: go on." if done.left else ""
        messages.success(request, f"Looked into {done.done:,} originals.{left}")
        return redirect(_address("evidence:gallery", reference))
    page = asking.number(request, "page")
    found, marking = records.marked(
        request.actor, lambda: galleries.gallery(request.actor, reference, page)
    )
    context = {
        "found": found,
        "query": urlencode({"case": reference}),
        "shown": [(each, captured(each.row)) for each in found.rows],
        "has_films": outside.stands(),
        "button": web.forms.bare(request),
        "marking": marking,
    }
    return web.page(request, "evidence/gallery.html", context)


@marks.in_english
@asking.only("case", "as")
def places(request: ActingRequest) -> HttpResponseBase:
    """Where the originals of a case say that they were captured: drawn, and as a table; or all that they say of it as a file."""
    reference = _case(request)
    form = asking.one_of(request, "as", (CSV, GEOJSON))
    if form == CSV:
        return captured_files.as_csv(request.actor, reference)
    if form == GEOJSON:
        return captured_files.as_geojson(request.actor, reference)
    found, marking = records.marked(
        request.actor, lambda: galleries.captured(request.actor, reference, is_placed=True)
    )
    context: dict[str, Any] = {
        "found": found,
        "query": urlencode({"case": reference}),
        "table": Table("Places", heads("No|Original|Exhibit|Captured|Place|How exact"), [
            _row(number, each) for number, each in enumerate(found.rows, 1)
        ]),
        "marking": marking,
    }  # fmt: skip
    if found.rows:
        context |= _drawn(found.rows)
    return web.page(request, "evidence/places.html", context)


@asking.only()
def preview(request: ActingRequest, item: UUID) -> HttpResponseBase:
    """The preview of an original."""
    return previewed(request, item)


def captured(row: Item) -> list[tuple[str, str]]:
    """What an original says of its capture, and how sure each is; nothing of one that nobody looked into."""
    if row.looked_at is None:
        return []
    when = "It does not say"
    if row.captured_at:
        when = f"{dates.instant(row.captured_at)}, by {CLOCKS[row.captured_clock]}"
    where = "It does not say"
    if row.latitude is not None and row.longitude is not None:
        where = f"{row.latitude:.5f}, {row.longitude:.5f}; {exactness(row)}"
    return [
        ("Captured", when),
        ("Device", row.captured_with or "It does not say"),
        ("Place", where),
    ]


def exactness(row: Item) -> str:
    """How far off its place may be, as far as it says."""
    if row.within_metres is None:
        return "it does not say how exact"
    return f"within {row.within_metres:,} m, as it says"


def _case(request: ActingRequest) -> str:
    return request.GET.get("case", "").strip()[:80]


def _address(name: str, reference: str) -> str:
    return f"{reverse(name)}?{urlencode({'case': reference})}"


def _row(number: int, each: Shown) -> list[Cell | str]:
    row, exhibit = each.row, each.exhibit
    return [
        str(number),
        Cell(row.name, reverse("evidence:item", args=[row.pk])),
        Cell(exhibit.exhibit_reference, reverse("evidence:exhibit", args=[exhibit.pk])),
        dates.instant(row.captured_at) if row.captured_at else "–",
        f"{row.latitude:.5f}, {row.longitude:.5f}",
        exactness(row).capitalize(),
    ]


def _drawn(rows: list[Shown]) -> dict[str, Any]:
    """The ground around the places, the marks on it, and a length to measure by."""
    points = [each.point for each in rows]
    drawn = areas.drawn_near(points, (), NEAREST)
    metres = METRES * drawn.step
    length = next(each for each in _lengths() if each / metres >= areas.STEPS / 9)
    left, top, wide, high = map(int, drawn.view.split())
    return {
        "map": drawn,
        "marks": _marks(rows, drawn, metres),
        "bar": {
            "x": left + 20,
            "y": top + high - 20,
            "steps": round(length / metres),
            "words": f"{length // 1000:,} km" if length >= 1000 else f"{length} m",
        },
        "across": f"{wide * metres / 1000:,.1f} km",
    }


def _lengths() -> Iterable[int]:
    power = 10
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _marks(rows: list[Shown], drawn: areas.Map, metres: float) -> list[Mark]:
    found: list[Mark] = []
    for number, each in enumerate(rows, 1):
        x, y = drawn.point(*each.point)
        ring = min(round((each.row.within_metres or 0) / metres), LARGEST_RING)
        near = next(
            (mark for mark in found if max(abs(mark.x - x), abs(mark.y - y)) < TOGETHER), None
        )
        if near is None:
            found.append(Mark(x, y, ring, [number], [each]))
        else:
            near.numbers.append(number)
            near.rows.append(each)
    return found
