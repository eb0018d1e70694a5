"""Pictures of telephones (HEIC) tell what the camera wrote, and show the small picture in them, upright."""

import io

import pytest
from PIL import Image

from crossforce.evidence.inspection import asking, films, heifs
from crossforce.evidence.inspection.found import PROVEN, STATED, Fact
from crossforce.evidence.operations import inspecting
from crossforce.evidence.rules import types
from crossforce.evidence.tests import factories, filmed
from crossforce.evidence.tests.telephone import FRAME, heif
from crossforce.records.tests.factories import AT, asha

MADE = (
    Fact("Format", "HEIF", PROVEN),
    Fact("Pixels", "64 × 64", PROVEN),
    Fact("Camera, model", "Telephone 7", STATED),
)


def test_what_the_camera_wrote_is_told_and_the_small_picture_found() -> None:
    content = heif()
    assert types.of(content) == heifs.TYPE
    found = asking.look_into(heifs.TYPE, len(content), [content])
    assert (found.facts, found.why_not) == (MADE, "")
    turned, stream = asking.frame_of(heifs.TYPE, [content])
    assert turned == 3
    assert stream.count(b"\0\0\0\1") == 4
    assert stream.replace(b"\0\0\0\1", b"\0\0\1") == FRAME.replace(b"\0\0\0\1", b"\0\0\1")


@pytest.mark.parametrize("cut", [30, 90, 200, 350])
def test_one_that_is_cut_is_explained(cut: int) -> None:
    content = heif()[:cut]
    found = asking.look_into(heifs.TYPE, len(content), [content])
    assert found.why_not or not found.facts[2:]
    assert asking.frame_of(heifs.TYPE, [content]) == (0, b"") or cut > 300


@filmed.needed
@pytest.mark.django_db
def test_the_page_has_the_small_picture() -> None:
    factories.policy()
    item = factories.kept(factories.exhibit(), heif(), "IMG_0031.HEIC")
    _, found = inspecting.look_into(actor=asha(), item=item.pk, at=AT)
    assert found.facts == MADE
    with Image.open(io.BytesIO(found.picture)) as picture:
        red, green, blue = picture.convert("RGB").getpixel((20, 20))  # type: ignore[misc]  # of three bands
    assert red > 200 > green + blue
    assert films.still_of(films.Held(b"ftyp"), heifs.TYPE) == b""
