"""A still or clip is exactly what was asked for, beside its untouched original, and goes and stays with it."""

import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from crossforce.evidence.choices import ITEM, Verdict
from crossforce.evidence.commands import commands
from crossforce.evidence.inspection import cutting as making
from crossforce.evidence.inspection import filming, outside
from crossforce.evidence.inspection.fronting import in_order
from crossforce.evidence.models import Item, Touch
from crossforce.evidence.operations import continuing, cutting, redacting
from crossforce.evidence.operations.cutting import (
    CannotCut,
    MayNotCut,
    NewCut,
    NoReason,
    NotFilm,
    OfACopy,
)
from crossforce.evidence.operations.proving import manifest_of
from crossforce.evidence.operations.redacting import NewRedaction
from crossforce.evidence.queries import StillInClear, continuity_of, kept_of
from crossforce.evidence.rules import cutting as rules
from crossforce.evidence.rules import manifest as manifests
from crossforce.evidence.rules.cutting import NotASpan, Span
from crossforce.evidence.tests import factories, filmed
from crossforce.evidence.tests.filmed import Kept
from crossforce.evidence.tests.hidden import SECRET
from crossforce.evidence.tests.test_packages import run
from crossforce.evidence.tests.test_redacting import GROUND, content_of
from crossforce.evidence.tests.test_sharing import entered
from crossforce.kernel.refusals import Missing
from crossforce.kernel.testing.cast import Cast
from crossforce.records import operations as records
from crossforce.records.tests.factories import AT, LONG_AGO, as_asha, asha

WHY = "Shows who opened the lock"
MOMENTS = st.integers(0, 36_000_000).map(lambda each: each / 1000)


class TestSpans:
    @given(MOMENTS, st.none() | st.integers(1, 600_000))
    def test_what_is_kept_is_read_back(self, start: float, length: int | None) -> None:
        end = None if length is None else round(start + length / 1000, 3)
        made = Span(start, end)
        assert rules.span("video/mp4", made.numbers) == made
        assert rules.span("video/mp4", made.words.replace(" to ", " ")) == made

    @given(MOMENTS, st.integers(1, 600_000), st.integers(1, 40_000_000))
    def test_what_goes_on_after_the_end_is_refused(
        self, start: float, length: int, lasts: int
    ) -> None:
        asked, whole = Span(start, start + length / 1000), lasts / 1000
        goes_beyond = asked.start >= whole or start + length / 1000 > whole + rules.SLACK
        assert bool(rules.refusal(asked, whole)) == goes_beyond
        assert not rules.refusal(asked, 0)

    @pytest.mark.parametrize("text", ["", "x", "5 5", "9 3", "1:75", "1 2 3", "0 600.1"])
    def test_what_is_no_span_is_refused(self, text: str) -> None:
        with pytest.raises(NotASpan):
            rules.span("video/mp4", text)
        with pytest.raises(NotASpan):
            rules.span("audio/mpeg", "7")


def frames(content: bytes, *told: str) -> Any:
    asked = ["ffmpeg", "-v", "error", "-i", "-", "-fps_mode", "passthrough", *told, "-f", "rawvideo", "-pix_fmt", "gray", "-"]  # fmt: skip
    raw = subprocess.run(asked, capture_output=True, check=True, input=content).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, 240, 320).astype(int)


def streamed(content: bytes) -> bytes:
    """The same with its table first, as a stream is read."""
    return b"".join(in_order(Kept(content), len(content)))


def nearest(made: Any) -> list[int]:
    whole = frames(streamed(filmed.film()))
    return [int(np.argmin([abs(each - one).mean() for one in whole])) for each in made]


def cut_of(content: bytes, span: Span, kind: str = "video/mp4") -> bytes:
    made = making.cut(kind, Kept(content), len(content), span)
    assert made.why_not == ""
    return b"".join(made.parts())


@filmed.needed
class TestMaking:
    def test_a_still_is_the_frame_that_is_seen_then(self) -> None:
        still = cut_of(filmed.film(), Span(1.09))
        assert still.startswith(making.PNG)
        assert nearest(frames(still)) == [10]

    def test_a_clip_has_the_frames_of_its_span_and_no_other(self) -> None:
        clip = cut_of(filmed.film(), Span(1.0, 1.55))
        assert nearest(frames(clip)) == [10, 11, 12, 13, 14, 15]
        assert SECRET.encode() not in clip

    def test_a_long_film_is_cut_as_exactly(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(outside, "IN_MEMORY", 1_000)
        assert nearest(frames(cut_of(filmed.film(), Span(2.99)))) == [29]
        assert nearest(frames(cut_of(filmed.film(), Span(2.0, 2.3)))) == [20, 21, 22]

    def test_sound_is_cut_to_the_sample(self) -> None:
        clip = cut_of(filmed.sound(), Span(0.5, 1.25), "audio/mpeg")
        assert clip.startswith(b"RIFF")
        assert len(clip) == 44 + 2 * 16_000 * 3 // 4

    def test_what_is_not_there_is_refused(self) -> None:
        film, sound = filmed.film(), filmed.sound()
        for span in (Span(3), Span(1, 9)):
            assert "nothing after that" in making.cut("video/mp4", Kept(film), len(film), span).why_not  # fmt: skip
        still = making.cut("video/mp4", Kept(sound), len(sound), Span(1))
        assert still.why_not == filming.NO_PICTURE

    def test_a_hostile_film_says_why(self) -> None:
        broken = filmed.film()[:900] + bytes(3_000)
        for content in (
            broken,
            b"\0\0\0\x18ftypmp42",
            b"ffconcat version 1.0\nfile /etc/passwd\n",
        ):
            made = making.cut("video/mp4", Kept(content), len(content), Span(0, 1))
            assert made.why_not


def film(at: Any = AT) -> Item:
    factories.policy()
    return factories.kept(factories.exhibit(at=at), filmed.film(), "lock-31.mp4", at=at)


def cut(item: Item, span: str = "1 2", ground: str = WHY, **more: Any) -> Item:
    by = more.pop("actor", None) or asha()
    return cutting.cut(actor=by, new=NewCut(item.pk, span, ground), at=more.pop("at", AT))


@filmed.needed
@pytest.mark.django_db
class TestKeeping:
    def test_it_says_of_what_it_is_and_is_written_down(self) -> None:
        item, by = film(), asha()
        made = cut(item, actor=by)
        assert made.name == "1 clip 00.01.000 to 00.02.000.mp4"
        assert (made.cut, made.cut_from, made.places, made.ground) == (
            "clip",
            item.sha256,
            "1 2",
            WHY,
        )
        assert outside.version() in made.made_with
        assert made.made_with.endswith(cutting.EXACT[rules.Cut.CLIP])
        assert content_of(item) == filmed.film()
        with as_asha():
            (touch,) = Touch.objects.filter(act="cut")
        assert made.sha256 in touch.note
        assert item.sha256 not in touch.note
        assert not continuity_of(asha(), item.exhibit).breaks
        (entry,) = entered("evidence.cut")
        assert entry.detail["sha256"] == made.sha256
        assert cut(item, actor=by).pk == made.pk
        with as_asha(), pytest.raises(DatabaseError), transaction.atomic():
            Item.objects.filter(pk=made.pk).update(cut_from="")

    def test_what_cannot_be_is_refused(self, cast: Cast) -> None:
        item = film()
        other = factories.kept(
            factories.exhibit(exhibit_reference="JAS/2"), b"A note", "note.txt"
        )
        for fault, asked in (
            (CannotCut, (item, "9 12")),
            (CannotCut, (item, "3 1")),
            (NoReason, (item, "1", " ")),
            (NotFilm, (other, "1")),
        ):
            with pytest.raises(fault):
                cut(*asked)
        with pytest.raises((Missing, MayNotCut)):
            cut(item, actor=cast.cole("investigator").actor)
        copy = redacted(item)
        with pytest.raises(OfACopy):
            cut(copy, "1")
        with as_asha():
            assert not Item.objects.exclude(cut_from="").exists()

    def test_what_is_killed_leaves_nothing_half(self, monkeypatch: pytest.MonkeyPatch) -> None:
        item = film()

        def ends(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr(continuing, "note", lambda **_: ends())
            with pytest.raises(KeyboardInterrupt):
                cut(item)
        with as_asha():
            assert Item.objects.count() == 1
        assert cut(item).is_kept

    def test_it_is_held_back_where_its_original_is_redacted(self) -> None:
        item = film()
        clip = cut(item)
        redacted(item)
        with pytest.raises(StillInClear, match="lies in a file that is redacted"):
            kept_of(asha(), item.exhibit, is_redacted=True)
        redacted(clip)
        assert all(each.is_derived for each in kept_of(asha(), item.exhibit, is_redacted=True))

    def test_it_goes_before_its_original(self) -> None:
        item = film(LONG_AGO)
        cut(item, "1", at=LONG_AGO)
        with as_asha():
            version = Item.objects.get(pk=item.pk).version
        records.dispose(
            actor=asha(), kind=ITEM, record=item.pk, version=version, reason="-", at=AT
        )
        with as_asha():
            assert not Item.objects.exists()


def redacted(item: Item) -> Item:
    new = NewRedaction(item.pk, "0 0.5 1 1 10 10", GROUND)
    copy = redacting.redact(actor=asha(), new=new, at=AT)
    redacting.decide(actor=asha(), item=copy.pk, decision=Verdict.APPROVED, why="", at=AT)
    return copy


@filmed.needed
@pytest.mark.django_db
def test_page_api_and_command_make_the_same(cast: Cast) -> None:
    item, account = film(), cast.asha("investigator")
    client, page = account.client, f"/evidence/items/{item.pk}/"
    assert "Make a still or clip" in client.get(page).content.decode()
    key = {"idempotency_key": str(uuid4())}
    bad = client.post(f"{page}cut/", {"span": "9", "ground": WHY} | key).content.decode()
    assert "nothing after that" in bad
    done = client.post(
        f"{page}cut/", {"span": "0:01.5", "ground": WHY, "idempotency_key": str(uuid4())}
    )
    shown = client.get(done["Location"]).content.decode()
    assert "A still</strong>, and no original: 00:01.500 of" in shown
    (row,) = client.get(f"/api/v1/evidence/items/{item.pk}/cuts").json()
    assert (row["media_type"], row["cut_from"], row["places"]) == ("image/png", item.sha256, "1.5")  # fmt: skip
    asked = ["cut", str(item.pk), "0.5 1", "--ground", WHY, "--as", account.account.username]
    told = CliRunner().invoke(commands, asked)
    assert "1 clip 00.00.500 to 00.01.000.mp4" in told.output
    assert "1 clip 00.00.500 to 00.01.000.mp4" in client.get(page).content.decode()


@filmed.needed
@pytest.mark.django_db
def test_packs_and_packages_tell_what_is_a_part_of_what(cast: Cast, tmp_path: Path) -> None:
    item, by = film(), ["--as", cast.asha("investigator").account.username]
    made = cut(item, "1.5")
    packed = manifest_of(*_all_of(item))
    ((path, of),) = [(each.path, each.of) for each in packed.cuts]
    assert [path, of] == [packed.files[1].path, packed.files[0].path]
    assert (packed.cuts[0].ground, packed.cuts[0].made_by) == ("", "")
    assert manifests.read(packed.to_bytes())[0].cuts == packed.cuts
    asked = ["--exhibit", item.exhibit, "--recipient", "Court", "--reason", "Trial", *by]
    run("export", tmp_path / "bag", *asked)
    run("import", "--collection", "case:other", *by, tmp_path / "bag")
    with as_asha():
        again = Item.objects.get(sha256=made.sha256, cut_from=item.sha256, exhibit__gt=item.exhibit)  # fmt: skip
    assert (again.cut, again.places, again.ground) == ("still", "1.5", WHY)


def _all_of(item: Item) -> tuple[Any, ...]:
    known = continuity_of(asha(), item.exhibit)
    return known.exhibit, known.place, kept_of(asha(), item.exhibit), known.touches, AT
