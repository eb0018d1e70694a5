"""Film and sound are read by a program of the machine that can do nothing else, and by no more memory for a longer one."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from crossforce.evidence.inspection import asking, films, fronting, outside
from crossforce.evidence.inspection.found import DERIVED, PROVEN, STATED
from crossforce.evidence.inspection.outside import FFPROBE, Asked, Failed, Limits
from crossforce.evidence.operations import inspecting
from crossforce.evidence.tests import factories, filmed
from crossforce.evidence.tests.filmed import Kept
from crossforce.evidence.tests.test_inspection import TRIES as WHAT_IS_TRIED
from crossforce.kernel.files.sealing import Altered
from crossforce.records.tests.factories import AT, asha

OTHERS = '"others": lambda: os.open("/proc/%d/environ" % os.getppid(), os.O_RDONLY),'
TRIES = (
    WHAT_IS_TRIED.replace("import confined", "import held")
    .replace("confined.confine()", "held.hold(2**30, 10, 10**6, sys.executable)")
    .replace("tries = {", "tries = {" + OTHERS)
)


@filmed.needed
class TestHeld:
    def test_nothing_can_be_opened_reached_or_begun(self) -> None:
        done = subprocess.run(
            [sys.executable, "-I", "-c", TRIES, asking.PACKAGES],
            capture_output=True, check=True, timeout=30,
        )  # fmt: skip
        refused, tried = json.loads(done.stdout)
        assert len(refused) == tried

    def test_it_ends_at_its_limits(self) -> None:
        content = filmed.film()
        asked = Asked(FFPROBE, ("-of", "json", "-show_frames"))
        with pytest.raises(Failed, match="more time or memory"):
            outside.ask(asked, Kept(content), len(content), Limits(most=1_000))

    def test_no_list_leads_it_to_another_file(self) -> None:
        listed = b"ffconcat version 1.0\nfile '/proc/self/fd/0'\n"
        for content in (listed, b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/a.ts\n"):
            assert films.look_into(Kept(content), len(content)).why_not == films.UNREADABLE


@filmed.needed
class TestTelling:
    @pytest.mark.parametrize("in_memory", [outside.IN_MEMORY, 0])
    def test_a_film_tells_its_length_place_and_form_and_is_shown(
        self, in_memory: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outside, "IN_MEMORY", in_memory)
        content = filmed.film()
        found = films.look_into(Kept(content), len(content))
        known = {each.name: (each.value, each.sure) for each in found.facts}
        assert known["Pixels"] == ("320 × 240", PROVEN)
        assert known["Length"] == ("0 min 3.0 s", STATED)
        assert known["Place (WGS 84)"] == ("51.50740, -0.12780", DERIVED)
        assert known["Also in it"] == ("subtitle", PROVEN)
        with Image.open(io.BytesIO(found.picture)) as frame:
            assert frame.size == (320, 240)
            assert frame.convert("L").crop((0, 85, 320, 115)).getextrema() == (128, 255)

    @pytest.mark.parametrize("name", ["a.mp3", "a.flac"])
    def test_sound_of_any_form_is_drawn(self, name: str) -> None:
        content = filmed.sound(name)
        found = films.look_into(Kept(content), len(content))
        with Image.open(io.BytesIO(found.picture)) as drawn:
            assert drawn.size == (800, 200)
        assert found.why_not == ""

    @pytest.mark.django_db
    def test_the_page_has_it_by_the_type_of_the_content(self) -> None:
        factories.policy()
        item = factories.kept(factories.exhibit(), filmed.film(), "a.bin")
        _, found = inspecting.look_into(actor=asha(), item=item.pk, at=AT)
        assert [each.value for each in found.facts if each.name == "Format"] == [
            "QuickTime / MOV"
        ]


class Broken(Kept):
    def parts(self, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        raise Altered("not as it was kept")


@filmed.needed
def test_a_file_that_is_not_as_it_was_kept_is_no_shorter_film(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outside, "IN_MEMORY", 0)
    with pytest.raises(Altered):
        films.probed(Broken(b""), 1)


def test_without_ffmpeg_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert films.look_into(Kept(b""), 0).why_not == outside.ABSENT


def box(name: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + name + body


def test_the_table_of_a_film_comes_first_and_leads_to_the_same_pictures() -> None:
    start, pictures = box(b"ftyp", b"isom"), box(b"mdat", b"frame one, frame two")
    at = (len(start) + 8).to_bytes(4, "big") + (len(start) + 19).to_bytes(4, "big")
    table: Any = box(b"stco", bytes(4) + (2).to_bytes(4, "big") + at)
    for name in (b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        table = box(name, table)
    content = start + pictures + table
    made = b"".join(fronting.in_order(Kept(content), len(content)))
    assert made[: len(start) + len(table)][len(start) + 4 :][:4] == b"moov"
    found = made.index(b"stco") + 12
    first, second = (
        int.from_bytes(made[each : each + 4], "big") for each in (found, found + 4)
    )
    assert (made[first:][:9], made[second:][:9]) == (b"frame one", b"frame two")
    assert b"".join(fronting.in_order(Kept(made), len(made))) == made
