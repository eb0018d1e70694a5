"""What a file is, by what it begins with. Many programs write their documents as ZIP files: these are told by their first members."""

import struct
from collections.abc import Iterator
from typing import Final

import puremagic

from crossforce.evidence.rules import sending

HEAD: Final = 64 * 1024
"""By so much of its beginning a file's type is told."""

ZIP: Final = "application/zip"
LOCAL: Final = struct.Struct("<4s22xHH")
MARK: Final = b"PK\x03\x04"
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
FOLDERS: Final = {
    b"word/": f"{OFFICE}wordprocessingml.document",
    b"xl/": f"{OFFICE}spreadsheetml.sheet",
    b"ppt/": f"{OFFICE}presentationml.presentation",
}
CONTENTS: Final = b"[Content_Types].xml"
OPEN: Final = b"application/vnd.oasis.opendocument."
LONGEST: Final = 100
HEIF: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})


def of(head: bytes) -> str:
    """Its type: its name says what somebody wants it to be."""
    if found := of_zip(head):
        return found
    if head[4:8] == b"ftyp" and head[8:12] in HEIF and b"avif" not in head[16:64]:
        return "image/heif"
    try:
        return sending.media_type(puremagic.from_string(head, mime=True)[:100])
    except (puremagic.PureError, ValueError):
        return sending.UNKNOWN


def of_zip(head: bytes) -> str:
    """The type of what begins so; nothing where that is no ZIP file."""
    if not head.startswith((MARK, b"PK\x05\x06")):
        return ""
    named = list(_names(head))
    if named and named[0][0] == b"mimetype" and named[0][1].startswith(OPEN):
        return _open(named[0][1])
    names = [name for name, _ in named]
    if CONTENTS in names:
        for folder, said in FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return said
    return ZIP


def _names(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Of each member whose head is there its name, and what follows it."""
    at = head.find(MARK)
    while 0 <= at <= len(head) - LOCAL.size:
        _, name, more = LOCAL.unpack_from(head, at)
        begin = at + LOCAL.size
        yield head[begin : begin + name], head[begin + name + more :][:LONGEST]
        at = head.find(MARK, begin + name)


def _open(said: bytes) -> str:
    letters = bytes(OPEN)
    for each in said[len(OPEN) :]:
        if not (chr(each).islower() or each == ord("-")):
            break
        letters += bytes([each])
    return letters.decode()
