"""Whatever byte of what is stored is another than it was, fixity names the file, and mends it from the other copy."""

import io
import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from crossforce.kernel.files import fixity, keeping, sealing
from crossforce.kernel.files.models import HolderKey, StoredFile
from crossforce.kernel.files.sealing import NONCE, SEGMENT

AT: Final = datetime(2026, 3, 1, tzinfo=UTC)
DORSET: Final = "dorset-police"
REST: Final = 9_000
TAG: Final = 16
SECOND: Final = sealing.place_of(1)
END: Final = sealing.stored_size(SEGMENT + REST)
PARTS: Final = {
    "magic": (0, 15),
    "format": (15, 16),
    "identifier": (16, sealing.HEADER),
    "first nonce": (sealing.HEADER, sealing.HEADER + NONCE),
    "first segment": (sealing.HEADER + NONCE, SECOND - TAG),
    "first tag": (SECOND - TAG, SECOND),
    "last nonce": (SECOND, SECOND + NONCE),
    "last segment": (SECOND + NONCE, END - TAG),
    "last tag": (END - TAG, END),
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def places(tmp_path: Path, settings: Any) -> dict[str, Path]:
    settings.OBJECT_STORE_URL = ""
    settings.MEDIA_ROOT = tmp_path / "main"
    settings.OBJECT_STORE_COPY_URL = str(tmp_path / "second")
    return {"main": tmp_path / "main", "second": tmp_path / "second"}


def kept() -> StoredFile:
    content = io.BytesIO(os.urandom(SEGMENT + REST))
    return keeping.keep_stream(holder=DORSET, source=content, at=AT)[0]


def flipped(stored: bytes, at: int) -> Iterator[bytes]:
    """With one bit the other way, at random; and with every bit."""
    for bits in (1 << random.randrange(8), 255):
        yield stored[:at] + bytes([stored[at] ^ bits]) + stored[at + 1 :]


def test_in_whatever_part_and_place_it_is_named_and_mended(places: dict[str, Path]) -> None:
    file = kept()
    for part, (first, end) in PARTS.items():
        for name, folder in places.items():
            path = folder / file.name
            whole = path.read_bytes()
            assert len(whole) == END
            for other in flipped(whole, random.randrange(first, end)):
                path.write_bytes(other)
                (found,) = fixity.examine()
                told = (part, name, found.faults)
                assert [str(file.pk) in each for each in found.faults] == [True], told
                assert f"({name} copy)" in found.faults[0], told
                assert found.is_mended
                assert path.read_bytes() == whole, told


def test_in_both_places_it_stays_named(places: dict[str, Path]) -> None:
    file = kept()
    for folder in places.values():
        path = folder / file.name
        path.write_bytes(next(flipped(path.read_bytes(), random.randrange(END))))
    (found,) = fixity.examine()
    assert (len(found.faults), found.is_sound) == (2, False)
    file.refresh_from_db()
    assert not file.is_sound


@pytest.mark.parametrize("key", ["of the file", "of its holder"])
def test_in_a_key_it_is_named(places: dict[str, Path], key: str) -> None:
    file = kept()
    row: Any = file if key == "of the file" else HolderKey.objects.get()
    whole = bytes(row.sealed or b"")
    for at in {0, NONCE, len(whole) - 1, *random.sample(range(len(whole)), 9)}:
        row.sealed = next(flipped(whole, at))
        row.save()
        (found,) = fixity.examine()
        assert found.faults, at
        assert not found.is_sound
    row.sealed = whole
    row.save()
    assert not [each for each in fixity.examine() if each.faults]
