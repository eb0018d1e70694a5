"""What is taken out of film and sound is gone from the copy: tried with what takes frames, samples, words and tags out of films."""

import json
import subprocess
import wave
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from crossforce.evidence.inspection import copies, filming, outside
from crossforce.evidence.operations import redacting
from crossforce.evidence.operations.redacting import NewRedaction, NoBox
from crossforce.evidence.rules import redacting as rules
from crossforce.evidence.rules.redacting import Method, Place
from crossforce.evidence.tests import factories, filmed
from crossforce.evidence.tests.filmed import Kept
from crossforce.evidence.tests.hidden import SECRET
from crossforce.evidence.tests.test_redacting import GROUND, content_of
from crossforce.kernel.testing.cast import Cast
from crossforce.records.tests.factories import AT, asha

pytestmark = filmed.needed
BOX = (1.0, 2.0, 20.0, 30.0, 50.0, 25.0)
MUTE = (0.5, 1.5)
EDGE = 6
"""So many pixels from a border that is drawn sharp a film of few bytes shows something of both its sides."""


def copied(content: bytes, places: list[Place], method: Method = Method.FILM) -> bytes:
    kind = "audio/mpeg" if method is Method.SOUND else "video/mp4"
    made = copies.redact(method, kind, Kept(content), len(content), places)
    assert made.why_not == ""
    return b"".join(made.parts())


def extracted(folder: Path, content: bytes, *told: str, program: str = "ffmpeg") -> bytes:
    path = folder / "a.bin"
    path.write_bytes(content)
    named = [str(path), *told] if program == "ffprobe" else ["-i", str(path), *told, "-"]
    asked = [program, "-v", "error", *named]
    done = subprocess.run(asked, capture_output=True, check=True)
    return done.stdout


def frames(folder: Path, content: bytes) -> Any:
    raw = extracted(folder, content, "-map", "0:v", "-f", "rawvideo", "-pix_fmt", "gray")
    return np.frombuffer(raw, np.uint8).reshape(-1, 240, 320)


def test_without_its_encoder_a_film_says_so_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outside.encodes(filming.H264)
    monkeypatch.setattr(outside, "encodes", lambda name: False)
    content = filmed.film()
    made = copies.redact(Method.FILM, "video/mp4", Kept(content), len(content), [BOX])
    assert made.why_not == filming.NO_ENCODER


class TestFilm:
    def test_in_the_box_nothing_is_left_and_beside_it_all(self, tmp_path: Path) -> None:
        content = filmed.film()
        before, after = (
            frames(tmp_path, each) for each in (content, copied(content, [BOX, MUTE]))
        )
        assert len(before) == len(after) == 30
        rows, columns = slice(72 + EDGE, 132 - EDGE), slice(64 + EDGE, 224 - EDGE)
        assert before[10:21, rows, columns].max() > 200
        assert after[10:21, rows, columns].max() < 30
        assert abs(after[5].astype(int) - before[5]).mean() < 2
        outside_it = np.s_[10:21, 140:, :]
        assert abs(after[outside_it].astype(int) - before[outside_it]).mean() < 2

    def test_while_it_is_silent_there_is_no_sound(self, tmp_path: Path) -> None:
        copy = copied(filmed.film(), [MUTE])
        raw = extracted(tmp_path, copy, "-map", "0:a", "-f", "s16le", "-ac", "1", "-ar", "8000")
        heard = np.abs(np.frombuffer(raw, np.int16).astype(int))
        assert heard[4000:12000].max() < 20
        assert heard[1000:3500].max() > 1000
        assert heard[13000:20000].max() > 1000

    def test_nothing_goes_along_but_picture_and_sound(self, tmp_path: Path) -> None:
        content = filmed.film()
        copy = copied(content, [BOX])
        assert SECRET.encode() in content
        assert SECRET.encode() not in copy
        assert b"x264 - core" not in copy  # what an encoder writes into the picture
        about = ("-show_streams", "-show_format", "-show_chapters", "-of", "json")
        told = json.loads(extracted(tmp_path, copy, *about, program="ffprobe"))
        assert [each["codec_type"] for each in told["streams"]] == ["audio", "video"]
        assert told["chapters"] == []
        tags = [each.get("tags", {}) for each in (told["format"], *told["streams"])]
        named = {name for each in tags for name in each}
        assert named <= {
            "major_brand",
            "minor_version",
            "compatible_brands",
            "language",
            "vendor_id",
            "handler_name",
            "encoder",
        }
        assert not any(tags_of.get("handler_name") for tags_of in tags)

    def test_what_it_has_not_is_not_taken_out(self) -> None:
        content, sound = filmed.film(), filmed.sound()
        late = filming.redact(Method.FILM, Kept(content), len(content), [(9.0, 10.0)])
        assert late.why_not == filming.BEYOND.format(3.0)
        unseen = filming.redact(Method.FILM, Kept(sound), len(sound), [BOX])
        assert unseen.why_not == filming.NO_PICTURE


class TestFollowing:
    def test_a_box_goes_with_what_it_is_drawn_over(self) -> None:
        content, end = filmed.film(), 2.5
        start = (20 - 2) / 3.2, (80 - 2) / 2.4, 44 / 3.2, 44 / 2.4
        found = filming.follow(Kept(content), len(content), (0.0, end, *start))
        assert found.why_not == ""
        assert (found.places[0][0], found.places[-1][1]) == (0.0, end)
        assert [each[1] for each in found.places[:-1]] == [each[0] for each in found.places[1:]]
        for moment in (0.2, 1.0, 1.9, 2.4):
            at = [each for each in found.places if each[0] <= moment < each[1]]
            square = (20 + 60 * moment) / 3.2, 80 / 2.4, 40 / 3.2, 40 / 2.4
            assert any(
                each[2] <= square[0] and each[2] + each[4] >= square[0] + square[2]
                and each[3] <= square[1] and each[3] + each[5] >= square[1] + square[3]
                and each[4] < 45
                for each in at
            ), (moment, at)  # fmt: skip
        assert all(not rules._refusal(Method.FILM, each) for each in found.places)

    def test_one_that_is_drawn_over_nothing_that_lasts_is_lost(self) -> None:
        content = filmed.film()
        place = (0.0, 3.0, 55.0, 30.0, 14.0, 22.0)
        found = filming.follow(Kept(content), len(content), place)
        assert found.places[-1][1] < 3.0


@pytest.mark.parametrize("name", ["a.mp3", "a.flac"])
def test_sound_of_any_form_is_silent_where_it_is_said(name: str, tmp_path: Path) -> None:
    copy = copied(filmed.sound(name), [MUTE], Method.SOUND)
    assert SECRET.encode() not in copy
    (tmp_path / "a.wav").write_bytes(copy)
    with wave.open(str(tmp_path / "a.wav")) as made:
        rate = made.getframerate()
        samples = np.frombuffer(made.readframes(made.getnframes()), np.int16)
    assert not samples[int(0.5 * rate) : int(1.5 * rate)].any()
    assert samples[: int(0.4 * rate)].any()
    assert samples[int(1.6 * rate) :].any()


@pytest.mark.django_db
class TestMaking:
    def test_a_copy_of_a_film_is_made_like_any_other(self) -> None:
        factories.policy()
        item = factories.kept(factories.exhibit(), filmed.film(), "a.mp4")
        new = NewRedaction(item.pk, rules.said([BOX, MUTE]), GROUND)
        copy = redacting.redact(actor=asha(), new=new, at=AT)
        assert (copy.name, copy.media_type) == ("1 (redacted).mp4", "video/mp4")
        assert outside.version() in copy.made_with
        assert content_of(item) == filmed.film()
        with pytest.raises(NoBox):
            redacting.find(actor=asha(), item=item.pk, words=["0 1"], at=AT)

    def test_the_page_follows_a_box_from_the_moment_shown(self, cast: Cast) -> None:
        factories.policy()
        item = factories.kept(factories.exhibit(), filmed.film(), "a.mp4")
        client, address = cast.asha("investigator").client, f"/evidence/items/{item.pk}/redact/"
        asked = {"places": "0.5 1.5\n0 2.5 5 32 15 20", "page": "0", "do": "find"}
        page = client.post(address, {"idempotency_key": str(uuid4())} | asked).content.decode()
        assert "0.5 1.5\n0 " in page
        assert "What is covered" in page


def test_a_film_is_covered_or_silenced_and_nothing_between() -> None:
    assert rules.places(Method.FILM, "0 1\n0 1 2 3 4 5") == [(0, 1), (0, 1, 2, 3, 4, 5)]
    for text in ("0 1 2", "1 1", "2 1 2 3 4 5", "0 1 2 3 99 5"):
        with pytest.raises(rules.NotPlaces):
            rules.places(Method.FILM, text)
