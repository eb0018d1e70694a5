"""What is taken out of a file is gone from it: tried with what takes text, metadata and hidden things out of files."""

import io
import re
import wave

import pypdfium2
import pytest
from PIL import Image

from crossforce.evidence.inspection import asking, covering, derived, repapering, rewriting
from crossforce.evidence.inspection.covering import NotRedacted
from crossforce.evidence.rules import redacting
from crossforce.evidence.rules.redacting import Method, NotPlaces
from crossforce.evidence.tests import hidden
from crossforce.evidence.tests.hidden import BOX, SECRET

SHORT = 6


def text_of(content: bytes) -> str:
    paper = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range() for page in paper)


def segments(jpeg: bytes) -> set[int]:
    """The markers of a JPEG up to its pixels."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


class TestImages:
    def test_what_lies_in_a_box_is_black_and_nothing_but_pixels_goes_along(self) -> None:
        content = hidden.camera_jpeg()
        made = covering.redacted(content, [BOX])
        assert SECRET.encode() in content
        assert SECRET.encode() not in made
        assert segments(made) <= {0xE0, 0xDB, 0xC0, 0xC4}
        assert made.count(b"\xff\xd8\xff") == 1  # no small picture of the whole
        with Image.open(io.BytesIO(made)) as image:
            assert (image.size, image.format, len(image.getexif())) == ((400, 300), "JPEG", 0)
            red, _, _ = image.convert("RGB").crop((40, 30, 160, 120)).split()
            assert red.getextrema()[1] < 40  # type: ignore[operator]  # one band: two numbers
            assert image.convert("RGB").getpixel((300, 200)) == (128, 128, 128)

    def test_what_was_transparent_stays_unseen(self) -> None:
        made = covering.redacted(hidden.layered_png(), [(0.0, 0.0, 1.0, 1.0)])
        assert SECRET.encode() not in made
        assert set(re.findall(rb"IHDR|IDAT|IEND|tEXt|tRNS|eXIf", made)) == {
            b"IHDR", b"IDAT", b"IEND",
        }  # fmt: skip
        with Image.open(io.BytesIO(made)) as image:
            assert (image.mode, image.getpixel((250, 200))) == ("RGB", (255, 255, 255))

    def test_a_picture_is_turned_first_so_that_a_box_lies_where_it_was_drawn(self) -> None:
        turned, written = Image.Exif(), io.BytesIO()
        turned[0x0112] = 6
        Image.new("RGB", (300, 200), "white").save(written, "PNG", exif=turned)
        made = covering.redacted(written.getvalue(), [(0.0, 0.0, 50.0, 10.0)])
        with Image.open(io.BytesIO(made)) as image:
            assert image.size == (200, 300)
            assert (image.getpixel((99, 29)), image.getpixel((100, 30))) == (
                (0,) * 3,
                (255,) * 3,
            )

    def test_several_pictures_in_one_are_refused(self) -> None:
        written = io.BytesIO()
        Image.new("L", (9, 9)).save(
            written, "GIF", save_all=True, append_images=[Image.new("L", (9, 9), 200)]
        )
        with pytest.raises(NotRedacted, match="several pictures"):
            covering.redacted(written.getvalue(), [BOX])


class TestPapers:
    def test_the_words_and_all_that_a_paper_has_beside_its_pages_are_gone(self) -> None:
        content = hidden.paper()
        assert content.count(b"%%EOF") == 2
        assert content.count(SECRET.encode()) == 13
        places = repapering.found(content, [SECRET.lower()])
        made = repapering.redacted(content, places)
        assert text_of(made).split() == [
            "Statement", "of", "the", "keeper", "of", "lock", "31",
            "The", "van", "was", "driven", "by", "that", "day",
        ]  # fmt: skip
        assert SECRET.encode() not in made
        assert made.count(b"%%EOF") == 1
        names = set(
            re.findall(rb"/(\w+)", made.split(b"stream")[0] + made.split(b"endstream")[-1])
        )
        assert not names & {
            b"Info",
            b"Annots",
            b"AcroForm",
            b"Names",
            b"Metadata",
            b"Thumb",
            b"Prev",
            b"ID",
        }
        paper = pypdfium2.PdfDocument(made)
        assert (paper.get_metadata_dict(skip_empty=True), paper.count_attachments()) == ({}, 0)
        assert paper[0].get_size() == (595, 842)

    def test_in_a_box_nothing_is_drawn(self) -> None:
        content = hidden.paper()
        (place, *_) = repapering.found(content, [SECRET])
        with repapering.opened(repapering.redacted(content, [place])) as paper:
            image = repapering.drawn(paper[0])
        left, top, right, bottom = covering.edges(place[1:], image.size)
        inside = image.crop((left + 2, top + 2, right - 2, bottom - 2)).convert("L")
        assert inside.getextrema()[1] < 40  # type: ignore[operator]  # one band: two numbers

    def test_a_word_that_nobody_sees_goes_though_no_box_lies_there(self) -> None:
        made = repapering.redacted(hidden.paper(), [(1.0, 90.0, 90.0, 5.0, 5.0)])
        assert "unseen" not in text_of(made)
        assert SECRET in text_of(made)

    def test_a_word_that_a_box_touches_goes_whole(self) -> None:
        content = hidden.paper()
        (_, left, top, width, height), *_ = repapering.found(content, [SECRET])
        made = repapering.redacted(content, [(1.0, left, top, width / 9, height)])
        assert SECRET[2:] not in text_of(made)

    def test_a_page_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(NotRedacted, match="no page 2"):
            repapering.redacted(hidden.paper(), [(2.0, 1.0, 1.0, 1.0, 1.0)])


class TestTextsAndSound:
    def test_of_a_text_neither_the_words_nor_their_number_of_letters_stay(self) -> None:
        lines = rewriting.lines_of("text/plain", f"One\nIt was {SECRET}.\n".encode())
        places = rewriting.found(lines, [SECRET.upper()])
        assert places == [[2.0, 8.0, 14.0]]
        assert rewriting.redacted(lines, places) == b"One\nIt was [redacted].\n"
        with pytest.raises(NotRedacted, match="Line 1"):
            rewriting.redacted(lines, [(1.0, 1.0, 4.0)])

    def test_of_an_email_its_text_stays_and_nothing_that_hangs_on_it(self) -> None:
        lines = rewriting.lines_of("message/rfc822", hidden.LETTER)
        made = rewriting.redacted(lines, rewriting.found(lines, [SECRET])).decode()
        assert SECRET not in made
        assert "Subject: Lock 31" in made
        assert "It was [redacted], and nobody else." in made

    def test_of_an_email_in_html_its_words_stay_and_no_picture_or_address(self) -> None:
        page = (
            b"Subject: Lock 31\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<style>p{}</style><p>It was <b>open</b>"
            b"<br>at 21:14. <img src='data:image/png;base64,AAAA' alt='lock'><a href='mailto:x@example.org'>Write</a>"
        )
        lines = rewriting.lines_of("message/rfc822", page)
        assert lines == ["Subject: Lock 31", "", "It was open", "at 21:14. [picture]Write"]

    def test_sound_is_silent_where_it_is_said_and_as_it_was_elsewhere(self) -> None:
        made = rewriting.muted(hidden.sound(), [(1.0, 2.0)])
        assert SECRET.encode() not in made
        with wave.open(io.BytesIO(made)) as sound:
            samples = sound.readframes(sound.getnframes())
        assert len(samples) == 48_000
        assert not any(samples[16_000:32_000])
        assert samples[:16_000] == b"\x00\x40\x00\xc0" * 4_000
        with pytest.raises(NotRedacted, match=r"3\.0 seconds"):
            rewriting.muted(hidden.sound(), [(3.0, 4.0)])

    @pytest.mark.parametrize("content", [b"\xff\xfe", b"MZ\x00", "right\u202eleft".encode()])
    def test_what_is_no_text_is_refused(self, content: bytes) -> None:
        with pytest.raises(NotRedacted, match="no text"):
            rewriting.lines_of("application/octet-stream", content)


class TestPlaces:
    @pytest.mark.parametrize(
        ("method", "text", "why"),
        [
            (Method.IMAGE, "", "one place a line"),
            (Method.IMAGE, "1 2 3", "Line 1: write 4 numbers"),
            (Method.IMAGE, "1 1 1 1\n\n90 0 20 5", "Line 3: the box goes beyond"),
            (Method.IMAGE, "1 1 0 5", "no width"),
            (Method.IMAGE, "-1 1 5 5", "write 4 numbers"),
            (Method.IMAGE, "nan 1 5 5", "write 4 numbers"),
            (Method.PAPER, "0 1 1 5 5", "whole numbers"),
            (Method.PAPER, "1.5 1 1 5 5", "whole numbers"),
            (Method.TEXT, "1 5 4", "the end does not come after"),
            (Method.SOUND, "2 2", "the end does not come after"),
            (Method.SOUND, "1 2\n" * 501, "at most 500"),
        ],
    )
    def test_what_is_not_understood_is_refused_with_its_line(
        self, method: Method, text: str, why: str
    ) -> None:
        with pytest.raises(NotPlaces, match=why):
            redacting.places(method, text)

    def test_they_are_kept_in_one_way(self) -> None:
        found = redacting.places(Method.PAPER, " 1, 2.50;3 4.125\t5 \n\n2 0 0 100 100")
        assert redacting.said(found) == "1 2.5 3 4.125 5\n2 0 0 100 100"

    def test_a_copy_is_called_by_what_it_is_and_of_which(self) -> None:
        assert redacting.name_of(1, Method.IMAGE, "image/jpeg") == "1 (redacted).jpg"
        assert redacting.name_of(12, Method.PAPER, "application/pdf") == "12 (redacted).pdf"


def test_a_process_that_was_taken_over_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    given = (Method.IMAGE, "image/png", 3, [b"few"], [BOX])
    monkeypatch.setattr(asking, "BEGINNING", "print('{\"why_not\": \"\"}'); print('MZ')")
    assert derived.redact(*given) == derived.Made(why_not=asking.MISREAD)
    monkeypatch.setattr(asking, "BEGINNING", "print('7')")
    assert derived.redact(*given) == derived.Made(why_not=asking.MISREAD)


class TestLongOnes:
    def test_a_long_text_is_shown_in_parts_that_are_all_of_it(self) -> None:
        lines = [f"Line {number}" for number in range(1, 2_501)] + ["x" * 300_000, "end"]
        content = "\n".join(lines).encode()
        shown, first, number = list[str](), 1, 1
        while number:
            drawn = derived.draw(Method.TEXT, "text/plain", len(content), [content], number)
            assert drawn.first == first
            shown += drawn.text.split("\n")
            first = len(shown) + 1
            number = number + 1 if number < drawn.pages else 0
        assert shown == lines

    def test_more_places_than_go_in_one_copy_are_not_cut_but_refused(self) -> None:
        found = [
            derived.find(Method.TEXT, "text/plain", 2 * number, [b"a " * number], ["a"])
            for number in (600, 5_001)
        ]
        assert (len(found[0].places), found[1].places) == (600, ())
        assert "more than 5,000 places" in found[1].why_not
