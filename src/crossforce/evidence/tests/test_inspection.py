"""What is sent is looked into by a process that can do nothing else, and is believed little."""

import base64
import io
import json
import struct
import subprocess
import sys
import zlib
from email.message import EmailMessage
from itertools import product
from typing import Any

import pytest
from django.db import connection
from PIL import ExifTags, Image

from crossforce.evidence.inspection import asking, confined, pictures
from crossforce.evidence.inspection.found import DERIVED, PROVEN, STATED, Found
from crossforce.evidence.tests import factories, hostile
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry, Leaf
from crossforce.ledger.tests.logs import appended, integrated

TRIES = """
import json, os, socket, sys
sys.path.insert(0, sys.argv[1])
from crossforce.evidence.inspection import confined
open_before = os.open("/etc/hostname", os.O_RDONLY)
confined.confine()
tries = {
    "open": lambda: os.open("/etc/hostname", os.O_RDONLY),
    "write": lambda: os.open("/tmp/written", os.O_WRONLY | os.O_CREAT),
    "list": lambda: os.listdir("/"),
    "connect": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "unix": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "fork": os.fork,
    "run": lambda: os.execv("/bin/true", ["true"]),
    "signal": lambda: os.kill(os.getppid(), 0),
    "limits": lambda: __import__("resource").setrlimit(7, (9, 9)),
}
refused = []
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, ValueError):
        refused.append(name)
os.write(1, json.dumps([refused, len(tries)]).encode())
os._exit(0)
"""


def camera_picture() -> bytes:
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = "Kamera\nWerke"
    place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (51.0, 30.0, 0.0)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = (
        "W",
        (2.0, 15.0, 0.0),
    )
    written = io.BytesIO()
    Image.new("RGB", (1200, 900), "navy").save(written, "JPEG", exif=tags)
    return written.getvalue()


def endless_picture() -> bytes:
    """A few bytes that claim to be 3.6 thousand million pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def looked_into(media_type: str, content: bytes) -> Found:
    return asking.look_into(media_type, len(content), [content])


def test_nothing_can_be_opened_reached_or_begun() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", TRIES, asking.PACKAGES], capture_output=True, check=True
    )
    refused, tried = json.loads(done.stdout)
    assert len(refused) == tried, refused


def test_another_machine_is_refused() -> None:
    with pytest.raises(confined.NotConfined):
        confined.program("riscv64")


def test_a_picture_that_is_shown_bears_its_line_in_every_part() -> None:
    shown = pictures.shown(camera_picture(), "Shown to J. Doe")
    with Image.open(io.BytesIO(shown)) as image:
        grey = image.convert("L")
    for left, top in product(range(0, 1200, 200), range(0, 900, 150)):
        lightest = grey.crop((left, top, left + 200, top + 150)).getextrema()[1]
        assert isinstance(lightest, int)
        assert lightest > 100, (left, top)


def test_a_picture_tells_its_camera_and_place_and_is_shown_without_them() -> None:
    found = looked_into("image/jpeg", camera_picture())
    told = {each.name: (each.value, each.sure) for each in found.facts}
    assert told["Pixels"] == ("1200 × 900", PROVEN)
    assert told["Camera, make"] == ("Kamera Werke", STATED)
    assert told["Place (WGS 84)"] == ("51.50000, -2.25000", DERIVED)
    with Image.open(io.BytesIO(found.picture)) as small:
        assert max(small.size) == 800
        assert not small.getexif()


def test_an_email_tells_whom_and_what_hangs_on_it() -> None:
    letter = (
        b"From: A <a@example.org>\r\nSubject: Lock 31\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nSee here.\r\n--x\r\n'
        b'Content-Disposition: attachment; filename="lock.txt"\r\n\r\n12345\r\n--x--\r\n'
    )
    told = {each.name: each.value for each in looked_into("message/rfc822", letter).facts}
    assert (told["Subject"], told["Attachment"]) == ("Lock 31", "lock.txt, 5 bytes")


def test_an_email_shows_the_pictures_in_it_and_what_hangs_on_what_hangs_on_it() -> None:
    drawn = base64.b64encode(hostile.picture("PNG")).decode()
    inner, letter = EmailMessage(), EmailMessage()
    inner.set_content("Within.")
    inner.add_attachment(hostile.picture("JPEG"), "image", "jpeg", filename="lock.jpg")
    letter.set_content(f"<p><img src='data:image/png;base64,{drawn}'>", subtype="html")
    letter.make_mixed()
    letter.add_attachment(inner)
    letter.add_attachment(hostile.picture("PNG")[:90], "image", "png", filename="cut.png")
    found = looked_into("message/rfc822", letter.as_bytes())
    told = [each.value for each in found.facts if each.name == "Attachment"]
    assert [each.split(", ")[0] for each in told] == ["letter.eml", "lock.jpg", "cut.png", "picture.png"]  # fmt: skip
    assert told[1].endswith("in 1-letter.eml")
    with Image.open(io.BytesIO(found.picture)) as sheet:
        assert sheet.size == (532, 266)
    assert found.why_not == ""


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf"])
def test_what_would_fill_the_memory_or_is_something_else_is_said_to_be_unreadable(
    media_type: str,
) -> None:
    found = looked_into(media_type, endless_picture())
    assert "cannot be read" in found.why_not
    assert not found.picture


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("import time; time.sleep(600)", asking.KILLED),
        ("print('x' * 5_000_000)", asking.KILLED),
        ("import os; os.abort()", asking.KILLED),
        ("print('{\"facts\": 7}')", asking.MISREAD),
        ("print('[' * 100_000)", asking.MISREAD),
    ],
)
def test_a_process_that_was_taken_over_is_ended_and_not_believed(
    does: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "BEGINNING", does)
    if "sleep" in does:
        monkeypatch.setattr(asking, "SECONDS", 0.2)
    assert looked_into("image/png", b"few") == Found(why_not=said)


@pytest.mark.django_db
def test_page_and_api_tell_it_and_the_look_is_entered(cast: Cast) -> None:
    factories.policy()
    client = cast.asha("investigator").client
    item = factories.kept(factories.exhibit(), camera_picture(), "lock-31.jpg")
    page: Any = client.get(f"/evidence/items/{item.pk}/inside/")
    assert "Kamera Werke" in page.content.decode()
    assert "data:image/jpeg;base64," in page.content.decode()
    told = client.get(f"/api/v1/evidence/items/{item.pk}/inside").json()
    assert ["Format", "JPEG", PROVEN] in [list(each.values()) for each in told["facts"]]
    entries = Entry.objects.filter(operation="evidence.content-read")
    assert [b"looked into" in bytes(each.body) for each in entries] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_it_is_looked_into(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.policy()
    client = cast.asha("investigator").client
    item = factories.kept(factories.exhibit(), camera_picture(), "lock-31.jpg")
    placed: list[bool] = []

    def for_long(*given: Any) -> Found:
        assert connection.connection is None
        others = appended(1)
        integrated()
        placed.append(Leaf.objects.filter(entry__in=others).exists())
        return Found()

    monkeypatch.setattr(asking, "look_into", for_long)
    for address in ("/evidence/items/{}/inside/", "/api/v1/evidence/items/{}/inside"):
        assert client.get(address.format(item.pk)).status_code == 200
    assert placed == [True, True]
    assert Entry.objects.filter(operation="evidence.content-read").count() == 2
