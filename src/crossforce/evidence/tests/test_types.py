"""Film and e-mail are known by their first bytes, whatever they are called; what only looks so is not."""

import pytest

from crossforce.evidence.inspection import films
from crossforce.evidence.rules import types
from crossforce.evidence.tests import filmed

STREAM = (b"\x47\x40\x11\x10" + bytes(184)) * 6


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (STREAM, "video/mp2t"),
        (
            b"".join(bytes(4) + STREAM[at : at + 188] for at in range(0, 1128, 188)),
            "video/mp2t",
        ),
        (b"RIFF\x10\x00\x00\x00AVI LIST", "video/x-msvideo"),
        (b"\x1f\x07\x00\xbf" + bytes(80), "video/x-dv"),
        (b"DHAV\xfd\x00\x01\x00", "video/x-dhav"),
        (b"\x00\x00\x00\x01\x67\x64\x00\x1f", "video/h264"),
        (b"\x00\x00\x00\x01\x40\x01\x0c\x01", "video/h265"),
        (
            b"Delivered-To: a@b.c\r\nReceived: by x;\r\n Mon\r\nFrom: a\r\n\r\nHi",
            "message/rfc822",
        ),
        (b"Date: Mon\nFrom: a@b.c\n\nHi", "message/rfc822"),
        (b"Gate: open\nFrom: nine\n", "application/octet-stream"),
        (b"G" * 1200, "application/octet-stream"),
        (b"Gate and lock, seen at 21:14.\n" * 40, "application/octet-stream"),
    ],
)
def test_what_it_is_by_its_first_bytes(head: bytes, said: str) -> None:
    assert types.of(head) == said


@filmed.needed
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.ts", "video/mp2t"),
        ("a.m2ts", "video/mp2t"),
        ("a.avi", "video/x-msvideo"),
        ("a.mkv", "video/x-matroska"),
        ("a.dv", "video/x-dv"),
        ("a.mxf", "application/mxf"),
        ("a.h264", "video/h264"),
    ],
)
def test_what_ffmpeg_writes_is_known_and_read(name: str, said: str) -> None:
    content = filmed.bare(name)
    assert types.of(content[: types.HEAD]) == said
    found = films.look_into(filmed.Kept(content), len(content))
    assert {each.name: each.value for each in found.facts}["Pixels"] == "720 × 576"
    assert found.picture
