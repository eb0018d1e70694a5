"""Files that hold more than is seen: each holds SECRET in every place from which a program takes it out again."""

import io
import wave
from typing import Final

from PIL import ExifTags, Image, PngImagePlugin

SECRET: Final = "Vaughan"
BOX: Final = (10.0, 10.0, 30.0, 30.0)


def _written(
    objects: list[bytes], before: bytes = b"", begin: int = 1, root: str = "1 0 R"
) -> bytes:
    """A PDF; or, after what was before, one more revision of it."""
    out, places = before or b"%PDF-1.7\n", []
    for number, each in enumerate(objects, begin):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    at = len(out)
    rows = "".join(f"{each:010d} 00000 n \n" for each in places)
    earlier = (
        f" /Prev {before.rindex(b'xref', 0, before.rindex(b'startxref'))}" if before else ""
    )
    head = f"xref\n0 1\n0000000000 65535 f \n{begin} {len(objects)}\n{rows}"
    size = begin + len(objects)
    return (
        out
        + f"{head}trailer\n<< /Size {size} /Root {root} /Info 12 0 R{earlier} >>\nstartxref\n{at}\n%%EOF\n".encode()
    )


def _stream(text: str, said: str = "") -> bytes:
    return f"<< {said} /Length {len(text)} >>\nstream\n{text}\nendstream".encode()


def paper() -> bytes:
    """A page of two lines, with the name in the second; and in all that a PDF has beside its pages. An earlier revision names it too."""
    shown = (
        "BT /F 14 Tf 72 720 Td (Statement of the keeper of lock 31) Tj 0 -40 Td "
        f"(The van was driven by {SECRET} that day) Tj ET "
        f"1 g BT /F 14 Tf 72 300 Td (unseen-{SECRET}) Tj ET 0 g"
    )
    first = [
        (
            b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(a) 8 0 R] >> /JavaScript << /Names [(j) 10 0 R] >> >> "
            b"/AcroForm << /Fields [7 0 R] >> /Metadata 11 0 R >>"
        ),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R 7 0 R] /Thumb 13 0 R "
            b"/Resources << /Font << /F 5 0 R >> >> >>"
        ),
        _stream(shown.replace("driven", f"first driven by {SECRET},")),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Type /Annot /Subtype /Text /Rect [20 20 40 40] /Contents (note on {SECRET}) >>".encode(),
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (who) /V ({SECRET}) /Rect [0 0 0 0] /F 2 >>".encode(),
        b"<< /Type /Filespec /F (a.txt) /EF << /F 9 0 R >> >>",
        _stream(f"attached {SECRET}", "/Type /EmbeddedFile"),
        f"<< /S /JavaScript /JS (app.alert('{SECRET}')) >>".encode(),
        _stream(f"<x>{SECRET}</x>", "/Type /Metadata /Subtype /XML"),
        f"<< /Title (On {SECRET}) /Author ({SECRET}) >>".encode(),
        _stream(SECRET, "/Width 1 /Height 7 /ColorSpace /DeviceGray /BitsPerComponent 8"),
    ]
    return _written([_stream(shown)], _written(first), begin=4)


def camera_jpeg() -> bytes:
    """A grey picture whose place BOX is red; the name stands in what a camera writes, with a small picture of the whole."""
    image = Image.new("RGB", (400, 300), (128, 128, 128))
    image.paste((255, 0, 0), (40, 30, 160, 120))
    small = io.BytesIO()
    image.resize((40, 30)).save(small, "JPEG")
    tags = Image.Exif()
    tags[ExifTags.Base.Artist] = SECRET
    tags[ExifTags.Base.ImageDescription] = SECRET
    exif = tags.tobytes() + small.getvalue()
    written = io.BytesIO()
    image.save(
        written,
        "JPEG",
        quality=95,
        exif=exif,
        comment=SECRET.encode(),
        icc_profile=SECRET.encode() * 9,
    )
    return written.getvalue() + SECRET.encode()


def layered_png() -> bytes:
    """A picture whose place BOX is hidden under nothing but transparency, with the name in its chunks."""
    image = Image.new("RGBA", (400, 300), (128, 128, 128, 255))
    image.paste((255, 0, 0, 0), (200, 150, 300, 250))
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Author", SECRET)
    written = io.BytesIO()
    image.save(written, "PNG", pnginfo=chunks)
    return written.getvalue()


def sound() -> bytes:
    """Three seconds of a loud tone, with the name in a chunk behind."""
    written = io.BytesIO()
    with wave.open(written, "wb") as target:
        target.setparams((1, 2, 8000, 0, "NONE", ""))
        target.writeframes(b"\x00\x40\x00\xc0" * 12_000)
    content = (
        bytearray(written.getvalue()) + b"LIST\x0c\x00\x00\x00IART" + SECRET.encode() + b"\0"
    )
    content[4:8] = (len(content) - 8).to_bytes(4, "little")
    return bytes(content)


LETTER: Final = (
    f"From: {SECRET} <a@example.org>\r\nX-Client: {SECRET}\r\nSubject: Lock 31\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n\r\n'
    f"It was {SECRET}, and nobody else.\r\n--x\r\n"
    f'Content-Disposition: attachment; filename="{SECRET}.txt"\r\n\r\n{SECRET}\r\n--x--\r\n'
).encode()
