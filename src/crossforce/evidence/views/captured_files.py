"""When and where originals were captured, as a file to take away: CSV or GeoJSON, the same by the page, the API and the command line."""

import json
from pathlib import Path
from typing import Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.evidence.choices import CLOCKS
from crossforce.evidence.queries import galleries
from crossforce.evidence.queries.galleries import Captured, Shown
from crossforce.kernel.web import downloads
from crossforce.kernel.web.lists import column
from crossforce.people.api import Actor
from crossforce.records import api as records

NAME: Final = "captured"
COLUMNS: Final = [
    column("Exhibit", lambda each: each.exhibit.exhibit_reference),
    column("Name", lambda each: each.row.name),
    column("Captured, as it says", lambda each: each.row.captured_at),
    column("By what clock", lambda each: CLOCKS.get(each.row.captured_clock, "")),
    column("Device, as it says", lambda each: each.row.captured_with),
    column("Latitude, as it says", lambda each: each.row.latitude),
    column("Longitude, as it says", lambda each: each.row.longitude),
    column("Within metres", lambda each: each.row.within_metres),
    column("SHA-256", lambda each: each.row.sha256),
    column("Original", lambda each: each.row.pk),
]


def as_csv(actor: Actor, reference: str) -> HttpResponseBase:
    """Those that say when or where they were captured. Raises Missing."""
    return records.marked_file(
        actor, NAME, COLUMNS, lambda: galleries.captured(actor, reference).rows
    )


def as_geojson(actor: Actor, reference: str) -> HttpResponse:
    """Those that say where, as points of RFC 7946. Raises Missing."""
    name, told = collection(actor, reference)
    content = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return downloads.file(name, content, "application/geo+json")


def collection(actor: Actor, reference: str) -> tuple[str, dict[str, Any]]:
    """The same as a value, with the name of its file. Raises Missing."""
    found, line = records.marked(
        actor, lambda: galleries.captured(actor, reference, is_placed=True)
    )
    return f"{NAME}-{records.in_a_name(line)}.geojson", _told(found, line)


def write(actor: Actor, reference: str, to: Path) -> None:
    """Write it here, by the name of the file; one that is there stays. Raises Missing."""
    if to.suffix.lower() == ".geojson":
        _, told = collection(actor, reference)
        with to.open("x", encoding="utf-8") as opened:
            json.dump(told, opened, ensure_ascii=False, indent=1)
        return
    out = records.marked_table(
        actor, NAME, COLUMNS, lambda: galleries.captured(actor, reference).rows
    )
    downloads.write(to, out.columns, out.rows)


def _told(found: Captured, line: str) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "marking": line,
        "is_whole": found.is_whole,
        "features": [_feature(each) for each in found.rows],
    }


def _feature(each: Shown) -> dict[str, Any]:
    row = each.row
    return {
        "type": "Feature",
        "id": str(row.pk),
        "geometry": {"type": "Point", "coordinates": [row.longitude, row.latitude]},
        "properties": {
            "exhibit": each.exhibit.exhibit_reference,
            "name": row.name,
            "captured_at": row.captured_at.isoformat() if row.captured_at else None,
            "captured_clock": row.captured_clock,
            "captured_with": row.captured_with,
            "within_metres": row.within_metres,
            "sha256": row.sha256,
        },
    }
