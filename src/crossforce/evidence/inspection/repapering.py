"""PDF with places covered: each page is drawn as a picture, and a new paper is written of pictures and of the words left.

Nothing of the old paper goes along but what is seen: no object, earlier version, attachment, note, form, script or statement.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref, c_int
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from crossforce.evidence.inspection import covering, rewriting
from crossforce.evidence.inspection.covering import NotRedacted, per_cent
from crossforce.evidence.inspection.writing_paper import Sheet, Word, written
from crossforce.evidence.rules.redacting import MOST_OF_WORDS

DOTS: Final = 150 / 72
"""Pages are drawn with 150 dots to the inch."""
MOST_DOTS, MOST_POINTS, MOST_PAGES = 5_000, 20_000.0, 300
NO_PAGE: Final = "It has no page {}."
TOO_MANY: Final = "It has more than 300 pages. Have it parted, and redact the parts."
TOO_LARGE: Final = "A page of it is larger than any paper."
AROUND: Final = 2
"""A word so many dots from a box counts as touched, and goes whole."""
SEEN: Final = 24
"""Where the lightest and the darkest dot differ by less, nothing is seen: a word that lies there was hidden, and goes."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a page and the dots it covers; without any where the reader put it in between words."""

    text: str
    box: tuple[int, int, int, int] | None


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    """The paper, with what stands in its forms. Raises NotRedacted."""
    paper = pypdfium2.PdfDocument(content)
    paper.init_forms()
    if len(paper) > MOST_PAGES:
        raise NotRedacted(TOO_MANY)
    try:
        yield paper
    finally:
        paper.close()


def page_of(paper: Any, number: int) -> Any:
    """A page, the first is 1. Raises NotRedacted."""
    if not 1 <= number <= len(paper):
        raise NotRedacted(NO_PAGE.format(number))
    page = paper[number - 1]
    if max(page.get_size()) > MOST_POINTS:
        raise NotRedacted(TOO_LARGE)
    return page


def drawn(page: Any) -> Image.Image:
    """The page as it is seen."""
    longest = max(*page.get_size(), 1.0)
    image: Image.Image = page.render(scale=min(DOTS, MOST_DOTS / longest)).to_pil()
    return image.convert("RGB")


def redacted(content: bytes, places: Sequence[Sequence[float]]) -> bytes:
    """A paper of the same pages with what lies in the boxes gone: as dots, and as words. Raises NotRedacted."""
    with opened(content) as paper:
        for place in places:
            page_of(paper, int(place[0]))
        sheets = []
        for number in range(1, len(paper) + 1):
            boxes = [place[1:] for place in places if place[0] == number]
            sheets.append(_sheet(page_of(paper, number), boxes))
        return written(sheets)


def found(content: bytes, words: Sequence[str]) -> list[list[float]]:
    """A box for each place at which one of the words stands, page by page."""
    wanted, places = rewriting.pattern(words), list[list[float]]()
    with opened(content) as paper:
        for number in range(1, len(paper) + 1):
            page = page_of(paper, number)
            image_size = drawn(page).size
            letters = list(_letters(page, image_size))
            text = "".join(each.text for each in letters)
            for one in wanted.finditer(text):
                for box in _lines(letters[one.start() : one.end()]):
                    places.append([float(number), *per_cent(box, image_size)])
    return places[: MOST_OF_WORDS + 1]


def words_left(content: bytes, number: int) -> str:
    """What a search would find on a page, for whoever checks it."""
    with opened(content) as paper:
        text: str = page_of(paper, number).get_textpage().get_text_range()
        return text


def _sheet(page: Any, boxes: Sequence[Sequence[float]]) -> Sheet:
    image = drawn(page)
    covering.cover(image, boxes)
    covered = [covering.edges(box, image.size) for box in boxes]
    grey = image.convert("L")
    words = [
        Word(text, box)
        for text, box in _words(_letters(page, image.size))
        if not any(_touch(box, each) for each in covered) and _is_seen(grey, box)
    ]
    picture = io.BytesIO()
    Image.frombytes("RGB", image.size, image.tobytes()).save(picture, "JPEG", quality=85)
    return Sheet(page.get_size(), image.size, picture.getvalue(), words)


def _letters(page: Any, size: tuple[int, int]) -> Iterator[Letter]:
    """The letters in the order in which they are read, each where it is drawn."""
    text = page.get_textpage()
    units = [raw.FPDFText_GetUnicode(text, place) for place in range(text.count_chars())]
    for place, unit in enumerate(units):
        if 0xDC00 <= unit < 0xE000:
            continue
        letter = _letter(unit, units[place + 1] if place + 1 < len(units) else 0)
        if (
            letter.isspace()
            or not letter.isprintable()
            or raw.FPDFText_IsGenerated(text, place) == 1
        ):
            yield Letter("\n" if letter in "\r\n" else " ", None)
            continue
        left, bottom, right, top = text.get_charbox(place)
        corners = [_dot(page, size, x, y) for x, y in ((left, bottom), (right, top))]
        across, down = zip(*corners, strict=True)
        yield Letter(letter, (min(across), min(down), max(across) + 1, max(down) + 1))


def _letter(unit: int, after: int) -> str:
    if 0xD800 <= unit < 0xDC00:
        if not 0xDC00 <= after < 0xE000:
            return " "
        unit = 0x10000 + ((unit - 0xD800) << 10) + after - 0xDC00
    return chr(unit) if 0 < unit < 0x110000 and unit != 0xFFFE else " "


def _dot(page: Any, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    """Where a point of the page lies in its picture, whichever way it is turned and cut."""
    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, byref(across), byref(down))
    return across.value, down.value


def _words(letters: Iterator[Letter]) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    held: list[Letter] = []
    for letter in (*letters, Letter(" ", None)):
        if letter.box is not None:
            held.append(letter)
        elif held:
            yield "".join(each.text for each in held), _around(held)
            held = []


def _lines(letters: Sequence[Letter]) -> Iterator[tuple[int, int, int, int]]:
    """A box for each line on which the letters stand."""
    held: list[Letter] = []
    for letter in (*letters, Letter("\n", None)):
        if letter.box is not None:
            held.append(letter)
        elif letter.text == "\n" and held:
            yield _around(held)
            held = []


def _around(letters: Sequence[Letter]) -> tuple[int, int, int, int]:
    boxes = [each.box for each in letters if each.box is not None]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _touch(box: Sequence[int], other: Sequence[int]) -> bool:
    return (
        box[0] < other[2] + AROUND and other[0] < box[2] + AROUND
        and box[1] < other[3] + AROUND and other[1] < box[3] + AROUND
    )  # fmt: skip


def _is_seen(grey: Image.Image, box: tuple[int, int, int, int]) -> bool:
    left, top = max(box[0], 0), max(box[1], 0)
    right, bottom = min(box[2], grey.width), min(box[3], grey.height)
    if left >= right or top >= bottom:
        return False
    darkest, lightest = grey.crop((left, top, right, bottom)).getextrema()
    return lightest - darkest >= SEEN  # type: ignore[operator]  # one band: two numbers
