"""Originals of a case are looked into, shown as a gallery and by their places; what they say of their capture is no surer than it is."""

import io
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import ExifTags, Image
from typer.testing import CliRunner

from crossforce.evidence.choices import EXHIBIT, Clock
from crossforce.evidence.commands import commands
from crossforce.evidence.models import Item
from crossforce.evidence.operations import previewing
from crossforce.evidence.operations.previewing import MayNotLook
from crossforce.evidence.queries import case_of, galleries
from crossforce.evidence.rules.capturing import capture
from crossforce.evidence.tests import factories
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.refusals import Missing
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry
from crossforce.records import operations as records
from crossforce.records.tests.factories import AT, LONG_AGO, PARTNER, as_asha, asha, bryn
from crossforce.transparency.entry import from_bytes

LOOKED = datetime(2026, 11, 24, tzinfo=UTC)
CASE = "op-heron"
TAKEN = ("Taken", "2026:07:01 09:00:00")


@pytest.mark.parametrize(
    ("facts", "hour", "clock"),
    [
        ([TAKEN], 8, Clock.LOCAL),
        ([TAKEN, ("Taken, offset from UTC", "-05:00")], 14, Clock.OFFSET),
        ([TAKEN, ("Time by satellite (UTC)", "2026-07-01 08:00:07")], 8, Clock.SATELLITE),
        ([("Made", "2026-07-01T09:00:00.000000Z")], 9, Clock.UTC),
        ([("Made, local time", "2026-07-01T09:00:00+0100")], 8, Clock.OFFSET),
        ([("Made", "2026-07-01")], None, Clock.NONE),
        ([("Made", "1970-01-01T00:00:00Z")], None, Clock.NONE),
        ([("Taken", "2026:13:41 09:00:00")], None, Clock.NONE),
        ([("Taken", "2027:07:01 09:00:00")], None, Clock.NONE),
    ],
)
def test_a_clock_is_said_with_its_time(
    facts: list[tuple[str, str]], hour: int | None, clock: Clock
) -> None:
    found = capture("image/jpeg", facts, looked_at=LOOKED)
    assert (found.at.hour if found.at else None, found.clock) == (hour, clock)
    assert capture("application/pdf", facts, looked_at=LOOKED).at is None


def test_a_place_that_no_device_knew_is_none() -> None:
    place, within = ("Place (WGS 84)", "51.34720, -2.13810"), ("Place, within metres", "12")
    found = capture("image/jpeg", [place, within], looked_at=LOOKED)
    assert (found.latitude, found.longitude, found.within) == (51.3472, -2.1381, 12)
    nowhere = ("Place (WGS 84)", "0.00000, 0.00000")
    assert capture("image/jpeg", [nowhere, within], looked_at=LOOKED).within is None


@cache
def photograph(north: float = 51.5, within: int = 400) -> bytes:
    """What a telephone writes: which it is, when by its own clock and by satellite, and where."""
    tags = Image.Exif()
    tags[ExifTags.Base.Make], tags[ExifTags.Base.Model] = "Kamera", "Kamera 7"
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:07:01 09:00:00"
    gps, place = ExifTags.GPS, tags.get_ifd(ExifTags.IFD.GPSInfo)
    place[gps.GPSLatitudeRef], place[gps.GPSLatitude] = "N", (north, 0.0, 0.0)
    place[gps.GPSLongitudeRef], place[gps.GPSLongitude] = "W", (2.0, 15.0, 0.0)
    place[gps.GPSDateStamp], place[gps.GPSTimeStamp] = "2026:07:01", (8.0, 0.0, 7.0)
    place[gps.GPSHPositioningError] = float(within)
    written = io.BytesIO()
    Image.new("RGB", (120, 90), "teal").save(written, "JPEG", exif=tags)
    return written.getvalue()


def gone_on() -> previewing.Progress:
    return previewing.go_on(actor=asha(), reference=CASE, at=LOOKED)


@pytest.mark.django_db
def test_what_is_found_is_kept_once_beside_its_preview() -> None:
    factories.policy()
    factories.policy(reference="shared", recipient=PARTNER, actions=("find", "read"))
    exhibit = factories.exhibit()
    item = factories.kept(exhibit, photograph(), "quay.jpg")
    factories.kept(exhibit, b"only words", "words.txt")
    with pytest.raises(MayNotLook):
        previewing.go_on(actor=bryn(), reference=CASE, at=LOOKED)
    assert (gone_on(), gone_on()) == (previewing.Progress(2, 0), previewing.Progress(0, 0))
    found = galleries.gallery(bryn(), CASE)
    assert [(each.row.name, each.row.unpictured == "") for each in found.rows] == [
        ("quay.jpg", True), ("words.txt", False),
    ]  # fmt: skip
    row = found.rows[0].row
    assert (row.captured_at, row.captured_clock, row.captured_with, row.within_metres) == (
        datetime(2026, 7, 1, 8, 0, 7, tzinfo=UTC), "satellite", "Kamera 7", 400,
    )  # fmt: skip
    assert (row.latitude, row.longitude) == (51.5, -2.25)
    reading = previewing.preview(actor=bryn(), item=item.pk, at=AT)
    assert b"".join(reading.parts()).startswith(b"\xff\xd8\xff")
    with as_asha():
        entry = Entry.objects.filter(operation="evidence.content-read").order_by("pk").last()
    assert entry is not None
    assert dict(from_bytes(bytes(entry.body)).detail)["part"] == "preview"
    moments = [each for each in case_of(asha(), CASE).moments if each.what == "captured"]
    assert [each.who for each in moments] == [
        "quay.jpg: time by satellite, as the device wrote it"
    ]
    with pytest.raises(Missing):
        galleries.gallery(asha(), "op-none")


@pytest.mark.django_db
def test_a_preview_goes_with_its_original() -> None:
    factories.policy()
    exhibit = factories.exhibit(at=LONG_AGO, seized_at=LONG_AGO)
    item = factories.kept(exhibit, photograph(), "quay.jpg", at=LONG_AGO)
    gone_on()
    with as_asha():
        preview = Item.objects.get(pk=item.pk).preview
    goes: dict[str, Any] = {"kind": EXHIBIT, "record": exhibit.pk, "at": LOOKED}
    proposed = records.propose_disposal(actor=asha(), version=exhibit.version, **goes)
    records.dispose(actor=asha(), version=proposed.version, reason="Over", **goes)
    assert StoredFile.objects.get(pk=preview).destroyed_at is not None


@pytest.mark.django_db
def test_the_same_by_page_api_and_command(cast: Cast, tmp_path: Path) -> None:
    factories.policy()
    exhibit = factories.exhibit()
    near = factories.kept(exhibit, photograph(), "quay.jpg")
    factories.kept(exhibit, photograph(51.6), "mill.jpg")
    member = cast.asha("investigator")
    client, asked, home = member.client, {"reference": CASE}, "/api/v1/evidence/cases"
    page = client.get("/evidence/cases/gallery/", {"case": CASE}).content.decode()
    assert "Nobody looked into 2 of them yet" in page
    made = client.post(
        f"{home}/gallery?reference={CASE}", headers={"Idempotency-Key": str(uuid4())}
    )
    assert made.json() == {"done": 2, "left": 0}
    told = client.get(f"{home}/gallery", asked).json()
    assert (told["placed"], told["waiting"], told["rows"][0]["has_preview"]) == (2, 0, True)
    points = client.get(f"{home}/places", asked).json()
    assert points["marking"] == "OFFICIAL"
    assert {each["geometry"]["coordinates"][1] for each in points["features"]} == {51.5, 51.6}
    picture = client.get(f"/evidence/items/{near.pk}/preview/")
    assert picture.headers["Content-Type"] == "image/jpeg"
    drawn = client.get("/evidence/cases/places/", {"case": CASE}).content.decode()
    assert "Within 400 m, as it says" in drawn
    assert drawn.count('class="cf-places__mark"') == 2
    shown = client.get(f"/evidence/items/{near.pk}/").content.decode()
    assert "by time by satellite" in shown
    taken = client.get("/evidence/cases/places/", {"case": CASE, "as": "csv"})
    assert b"quay.jpg" in b"".join(taken.streaming_content)  # type: ignore[attr-defined]
    by = ["--as", member.account.username]
    run = CliRunner().invoke
    assert json.loads(run(commands, ["gallery", CASE, *by]).output)["waiting"] == 0
    assert run(commands, ["look-into", CASE, *by]).output == "0 looked into\n"
    file = tmp_path / "heron.geojson"
    assert run(commands, ["captured", CASE, "--to", str(file), *by]).exit_code == 0
    assert len(json.loads(file.read_text())["features"]) == 2
    assert run(commands, ["captured", CASE, "--to", "heron.kml", *by]).exit_code == 2
