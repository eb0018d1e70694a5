"""Files that were made to do harm or are broken, as few bytes as will do; and sound ones of each type, to be broken."""

import gzip
import io
import math
import struct
import tarfile
import wave
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from PIL import ExifTags, Image

from crossforce.evidence.tests.archives import taped, zipped
from crossforce.evidence.tests.sevens import seven, seven_of_zeros
from crossforce.evidence.tests.telephone import heif

PNG = b"\x89PNG\r\n\x1a\n"
LETTER = (
    b"From: A <a@example.org>\r\nSubject: Lock 31\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\nSee here.\r\n--x\r\n'
    b'Content-Disposition: attachment; filename="lock.txt"\r\n\r\n12345\r\n--x--\r\n'
)
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter + 1, b"&%c;" % letter * 10) for letter in range(97, 109)
)


def chunks(parts: Iterable[tuple[bytes, bytes]], wrong: int = 0) -> bytes:
    """A PNG of these chunks, the sums of which are off by so much."""
    return PNG + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body) ^ wrong)
        for name, body in parts
    )  # fmt: skip


def pixels(width: int, height: int, rows: bytes = bytes(1000)) -> list[tuple[bytes, bytes]]:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]


def picture(form: str, make: str = "Kamera Werke") -> bytes:
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = make
    written = io.BytesIO()
    more = {"exif": tags} if form == "JPEG" else {}
    Image.radial_gradient("L").convert("RGB").resize((64, 48)).save(written, form, **more)
    return written.getvalue()


def recorded(seconds: float = 0.5, width: int = 2) -> bytes:
    """A WAV: silence, then a tone of half the loudest."""
    number = int(8000 * seconds)
    tone = (
        int(16_384 * math.sin(each / 4)) if each > number // 2 else 0 for each in range(number)
    )
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setparams((1, width, 8000, number, "NONE", ""))
        sound.writeframes(
            b"".join(
                (each << 8 * (width - 2)).to_bytes(width, "little", signed=True)
                for each in tone
            )
        )
    return written.getvalue()


def office(text: str = "The lock was open.", more: Mapping[str, bytes] | None = None) -> bytes:
    """A Word document with an author and a small picture of itself."""
    core = b'<c xmlns:d="d"><d:creator>PC 1234</d:creator></c>'
    body = f'<w:d xmlns:w="w"><w:p><w:t>{text}</w:t></w:p></w:d>'.encode()
    known = {
        "[Content_Types].xml": b"<t/>",
        "docProps/core.xml": core,
        "word/document.xml": body,
        "docProps/thumbnail.jpeg": picture("JPEG"),
    }
    return zipped(known | dict(more or {}))


def bomb(megabytes: int = 20) -> bytes:
    return zipped({"zeros.bin": bytes(megabytes * 1024 * 1024)})


def linked() -> bytes:
    """A ZIP file with a link that leads out."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        link = zipfile.ZipInfo("ln")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return written.getvalue()


def endless_tape() -> bytes:
    """A head that describes the next in terms of itself, without end."""
    head = tarfile.TarInfo("a")
    head.type, head.size = tarfile.XHDTYPE, 11
    body = b"11 path=aa\n".ljust(512, b"\0")
    return (head.tobuf() + body) * 400


def hostile() -> dict[str, bytes]:
    sound, twice = zipped({"a.txt": b"a" * 99}), zipped({"aa.txt": b"1", "ab.txt": b"2"}, 0)
    return {
        "empty.bin": b"",
        "bomb.zip": bomb(),
        "nested.zip": zipped({f"{each}.zip": bomb(2) for each in range(3)}),
        "bomb.gz": gzip.compress(bytes(4_000_000)),
        "slip.zip": zipped({"../../out.txt": b"1", "/abs.txt": b"2", "C:\\x.txt": b"3"}),
        "link.zip": linked(),
        "twice.zip": twice.replace(b"ab.txt", b"aa.txt"),
        "cut.zip": sound[: len(sound) // 2],
        "lies.zip": sound.replace(struct.pack("<I", 99), struct.pack("<I", 2**31)),
        "many.zip": zipped({f"{each}": b"" for each in range(300)}, 0),
        "bomb.7z": seven_of_zeros(),
        "slip.7z": seven("slip"),
        "link.7z": seven("tree"),
        "cut.7z": seven("lzma2")[:150],
        "locked.7z": seven("locked-names"),
        "out.tar": taped({"../out.txt": b"1", "/abs.txt": b"2"}, "w"),
        "endless.tar": endless_tape(),
        "cut.png": picture("PNG")[:200],
        "sums.png": chunks(pixels(32, 32), wrong=1),
        "no-end.png": chunks(pixels(32, 32)[:2]),
        "nothing.png": chunks(pixels(0, 32)),
        "huge.png": chunks(pixels(60_000, 60_000)),
        "text-bomb.png": chunks(
            [pixels(1, 1)[0], (b"zTXt", b"a\0\0" + zlib.compress(bytes(5_000_000))), *pixels(1, 1, b"\0" * 4)[1:]]
        ),
        "exif.jpg": picture("JPEG").replace(b"Exif\0\0II*\0", b"Exif\0\0II*\xff"),
        "page.jpg": b"<html><script>alert(1)</script></html>",
        "both.jpg": picture("JPEG") + sound,
        "script.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "laughs.xml": LAUGHS + b"]><l>&m;</l>",
        "deep.json": b"[" * 100_000,
        "deep.eml": LETTER.replace(b"12345", b"Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n" * 200),
    }  # fmt: skip


def sound() -> dict[str, bytes]:
    """A file of each type that is looked into or taken apart."""
    two = {"cam/lock.txt": b"lock " * 40, "cam/gate.txt": b"gate " * 40}
    return {
        **{f"a.{form.lower()}": picture(form) for form in ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP", "PDF")},
        "a.eml": LETTER,
        "a.heic": heif(),
        "a.wav": recorded(),
        "a.docx": office(),
        "a.zip": zipped(two),
        "a.7z": seven("lzma2"),
        **{f"a.tar{mode}": taped(two, f"w:{mode}", is_sound=True) for mode in ("", "gz", "bz2", "xz")},
    }  # fmt: skip
