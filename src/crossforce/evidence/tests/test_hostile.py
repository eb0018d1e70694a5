"""Every hostile file is kept as it is, looked into and taken apart: contained, explained and entered."""

from typing import Any, Final

import pytest

from crossforce.evidence.inspection import asking, unpacking
from crossforce.evidence.inspection.unpacking import Archive, Damaged
from crossforce.evidence.rules import types
from crossforce.evidence.rules.members import Beyond, Judge
from crossforce.evidence.tests import factories
from crossforce.evidence.tests.hostile import hostile, sound
from crossforce.kernel.testing.cast import Cast
from crossforce.ledger.models import Entry

ON_PAGES: Final = {
    "bomb.zip": "made to fill a disk",
    "slip.zip": "leads out of its folder",
    "huge.png": "cannot be read to its end",
    "empty.bin": "not read",
}
ALONE: Final = {
    "cut.zip": "cannot be read to its end",
    "bomb.gz": "",
    "both.jpg": "",
    "nested.zip": "",
    "link.zip": "It is a link",
    "twice.zip": "Another file of this name",
    "lies.zip": "made to fill a disk",
    "many.zip": "",
    "bomb.7z": "made to fill a disk",
    "slip.7z": "leads out of its folder",
    "link.7z": "It is a link",
    "cut.7z": "cannot be read to its end",
    "locked.7z": "cannot be read to its end",
    "out.tar": "leads out of its folder",
    "endless.tar": "cannot be read",
    "cut.png": "cannot be read to its end",
    "sums.png": "cannot be read to its end",
    "no-end.png": "cannot be read to its end",
    "nothing.png": "cannot be read to its end",
    "text-bomb.png": "cannot be read to its end",
    "exif.jpg": "",
    "page.jpg": "",
    "script.svg": "cannot be read to its end",
    "laughs.xml": "",
    "deep.json": "",
    "deep.eml": "",
}


def test_every_sound_file_is_told_by_its_content() -> None:
    for name, content in sound().items():
        found = types.of(content[: types.HEAD])
        assert asking.is_read(found) or found in unpacking.READ_AS, (name, found)


def taken_apart(media_type: str, content: bytes) -> str:
    """Why any of it is refused; never more bytes than a member says to have."""
    judge, why = Judge(len(content)), []
    with Archive(
        media_type, len(content), lambda at, length: [content[at : at + length]]
    ) as archive:
        try:
            for held in archive:
                if not (reason := judge.why_not(held.member)):
                    assert sum(map(len, held.parts())) <= held.member.size
                why.append(reason)
        except (Beyond, Damaged) as fault:
            why.append(str(fault))
    return " ".join([*why, archive.why_not])


def test_each_is_contained_and_explained() -> None:
    files = hostile()
    assert {*ON_PAGES, *ALONE} == set(files)
    wrong = {}
    for name, why in ALONE.items():
        content = files[name]
        found = types.of(content[: types.HEAD])
        told = ""
        if found in unpacking.READ_AS:
            told = taken_apart(found, content)
        elif asking.is_read(found):
            told = asking.look_into(found, len(content), [content]).why_not
        if why not in told or bool(why) != bool(told.strip()):
            wrong[name] = found, told
    assert not wrong


@pytest.mark.django_db
def test_pages_say_why_and_each_look_is_entered(cast: Cast) -> None:
    factories.policy()
    client, exhibit, files = cast.asha("investigator").client, factories.exhibit(), hostile()
    for name, why in ON_PAGES.items():
        item = factories.kept(exhibit, files[name], name)
        view = "unpack" if item.media_type in unpacking.READ_AS else "inside"
        page: Any = client.get(f"/evidence/items/{item.pk}/{view}/")
        assert (page.status_code, why in page.content.decode()) == (200, True), name
    entries = Entry.objects.filter(operation="evidence.content-read")
    told = [b"looked into" in each.body or b"taken apart" in each.body for each in entries]
    assert told == [True] * (len(ON_PAGES) - 1)
