"""Recordings and office documents tell of themselves, confined like everything else."""

import io
import struct

import pytest
from PIL import Image

from crossforce.evidence.inspection import asking
from crossforce.evidence.inspection.found import DERIVED, PROVEN, STATED, Found
from crossforce.evidence.rules import types
from crossforce.evidence.tests.hostile import LAUGHS, office, recorded


def told(found: Found) -> dict[str, tuple[str, str]]:
    return {each.name: (each.value, each.sure) for each in found.facts}


def looked_into(content: bytes) -> Found:
    return asking.look_into(types.of(content[: types.HEAD]), len(content), [content])


@pytest.mark.parametrize("width", [2, 3])
def test_a_recording_tells_its_length_and_is_drawn(width: int) -> None:
    found = looked_into(recorded(width=width))
    known = told(found)
    assert known["Length"] == ("0 min 0.5 s", PROVEN)
    assert known["Loudest"] == ("-6.0 dB of the loudest there can be", DERIVED)
    with Image.open(io.BytesIO(found.picture)) as drawn:
        red = drawn.convert("RGB").getchannel("R")
        assert red.crop((0, 60, 380, 80)).getextrema() == (255, 255)
        lowest = red.crop((420, 60, 780, 80)).getextrema()[0]
        assert isinstance(lowest, int)
        assert lowest < 80


def test_a_recording_that_is_broken_off_or_none_says_so() -> None:
    content = recorded()
    assert told(looked_into(content[:-100]))["Broken off"][1] == PROVEN
    strange = content.replace(struct.pack("<HH", 1, 1), struct.pack("<HH", 85, 1), 1)
    assert "cannot be read" in looked_into(strange).why_not
    endless = content.replace(struct.pack("<HHI", 1, 1, 8000), struct.pack("<HHI", 1, 1, 0), 1)
    assert "cannot be read" in looked_into(endless).why_not


def test_a_document_tells_its_author_what_it_says_and_its_macros() -> None:
    found = looked_into(office(more={"word/vbaProject.bin": b"macro"}))
    known = told(found)
    assert known["Format"] == ("Word", PROVEN)
    assert known["Author"] == ("PC 1234", STATED)
    assert known["It says"] == ("The lock was open.", PROVEN)
    assert known["Macros"] == ("1", PROVEN)
    assert found.picture.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "part", [LAUGHS + b"]><l>&m;</l>", b"<a>" + b" " * 20_000_000 + b"</a>", b"<a>" * 200_000]
)
def test_a_document_made_to_fill_the_memory_is_unreadable(part: bytes) -> None:
    found = looked_into(office(more={"docProps/app.xml": part}))
    assert "cannot be read" in found.why_not
    assert told(found)["Author"] == ("PC 1234", STATED)
