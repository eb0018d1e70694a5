"""A PDF is written of pictures and words, and of nothing else: every byte of it is put there here.

The words lie unseen over their pictures, so that a reader's search finds them; the letters are numbered, and a table says which
each number is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

AT_ONCE: Final = 100
"""A table of letters has at most so many in one part."""
FONT: Final = 3
HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
LETTERS: Final = """\
/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Letters def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{}
endcmap CMapName currentdict /CMap defineresource pop end end"""
MOST_LETTERS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and the dots of the picture that it lies over: left, top, right, bottom."""

    text: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its size in points, its picture as JPEG with its dots, and the words that are seen on it."""

    size: tuple[float, float]
    dots: tuple[int, int]
    picture: bytes
    words: Sequence[Word]


def written(sheets: Sequence[Sheet]) -> bytes:
    """The file."""
    numbers = _numbered(sheets)
    pages = [7 + 3 * place for place in range(len(sheets))]
    kids = " ".join(f"{each} 0 R" for each in pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Letters /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Letters /CIDToGIDMap /Identity /DW 500 /FontDescriptor 5 0 R "
            b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /Letters /Flags 4 /FontBBox [0 -250 500 1000] /ItalicAngle 0 /Ascent 1000 "
            b"/Descent -250 /CapHeight 700 /StemV 80 >>"
        ),
        _stream("", _table(numbers)),
    ]
    for number, sheet in zip(pages, sheets, strict=True):
        objects += _page(number, sheet, numbers)
    return _file(objects)


def _page(number: int, sheet: Sheet, numbers: dict[str, int]) -> list[bytes]:
    across, down = sheet.size
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across:.2f} {down:.2f}] /Contents {number + 1} 0 R "
        f"/Resources << /Font << /F {FONT} 0 R >> /XObject << /I {number + 2} 0 R >> >> >>"
    )
    shown = [f"q {across:.2f} 0 0 {down:.2f} 0 0 cm /I Do Q BT 3 Tr"]
    shown += [_shown(each, sheet, numbers) for each in sheet.words]
    image = (
        f"/Type /XObject /Subtype /Image /Width {sheet.dots[0]} /Height {sheet.dots[1]} /ColorSpace /DeviceRGB "
        "/BitsPerComponent 8 /Filter /DCTDecode "
    )
    contents = "\n".join([*shown, "ET"]).encode()
    return [page.encode(), _stream("", contents), _stream(image, sheet.picture)]


def _shown(word: Word, sheet: Sheet, numbers: dict[str, int]) -> str:
    """A word over its place, as wide as it is there, and a blank after it."""
    left, top, right, bottom = word.box
    scale = sheet.size[0] / sheet.dots[0]
    height, width = max((bottom - top) * scale, 1.0), max((right - left) * scale, 1.0)
    x, y = left * scale, sheet.size[1] - bottom * scale
    stretch = 100 * width / (len(word.text) * 0.5 * height)
    codes = "".join(f"{numbers.get(each, 1):04X}" for each in word.text + " ")
    return f"/F {height:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm <{codes}> Tj"


def _numbered(sheets: Iterable[Sheet]) -> dict[str, int]:
    """Each letter that is written, numbered from 1: the blank."""
    letters = {each for sheet in sheets for word in sheet.words for each in word.text}
    return {
        each: place
        for place, each in enumerate([" ", *sorted(letters - {" "})][:MOST_LETTERS], 1)
    }


def _table(numbers: dict[str, int]) -> bytes:
    rows = [
        f"<{number:04X}> <{each.encode('utf-16-be').hex().upper()}>"
        for each, number in numbers.items()
    ]
    parts = [rows[place : place + AT_ONCE] for place in range(0, len(rows), AT_ONCE)]
    said = [f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts]
    return LETTERS.format("\n".join(said)).encode()


def _stream(said: str, content: bytes) -> bytes:
    return f"<< {said}/Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    parts, places, at = [HEAD], list[int](), len(HEAD)
    for number, each in enumerate(objects, 1):
        part = f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
        parts.append(part)
        places.append(at)
        at += len(part)
    rows = "".join(f"{each:010d} 00000 n \n" for each in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n"
    return b"".join([*parts, end.encode()])
