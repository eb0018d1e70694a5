"""What a file is, by what it begins with. Many programs write their documents as ZIP files: these are told by their first members."""

import re
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
BEGINS: Final = (
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01", "application/mxf"),
    (b"\x1f\x07\x00\x3f", "video/x-dv"),
    (b"\x1f\x07\x00\xbf", "video/x-dv"),
    (b"DKIF\x00\x00\x20\x00", "video/x-ivf"),
    (b"DHAV", "video/x-dhav"),
    (b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", "audio/x-w64"),
    (b"\x00\x00\x00\x01\x67", "video/h264"),
    (b"\x00\x00\x00\x01\x09\x10\x00\x00\x00\x01\x67", "video/h264"),
    (b"\x00\x00\x00\x01\x09\xf0\x00\x00\x00\x01\x67", "video/h264"),
    (b"\x00\x00\x00\x01\x40\x01\x0c", "video/h265"),
    (b"\x00\x00\x00\x01\x46\x01\x10\x00\x00\x00\x01\x40\x01", "video/h265"),
)
"""What cameras, recorders and broadcasters write, by its first bytes."""
PACKETS: Final = ((0, 188), (4, 192), (0, 204))
"""Where an MPEG transport stream has its first mark, and how long its packets are: as sent, with times before them, with sums behind."""
ENOUGH: Final = 5
PICTURES: Final = {b"AVI ": "video/x-msvideo", b"AVIX": "video/x-msvideo"}
LETTER: Final = "message/rfc822"
NAMED: Final = re.compile(rb"([!-9;-~]{1,70}):[ \t\r]")
STATED: Final = frozenset(
    {b"to", b"date", b"subject", b"message-id", b"received", b"mime-version"}
)
MOST_LINES: Final = 300
HEIF: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})


def of(head: bytes) -> str:
    """Its type: its name says what somebody wants it to be."""
    if found := of_zip(head):
        return found
    if head[4:8] == b"ftyp" and head[8:12] in HEIF and b"avif" not in head[16:64]:
        return "image/heif"
    if found := of_film(head):
        return found
    try:
        found = sending.media_type(puremagic.from_string(head, mime=True)[:100])
    except (puremagic.PureError, ValueError):
        found = sending.UNKNOWN
    return LETTER if found == sending.UNKNOWN and is_letter(head) else found


def is_letter(head: bytes) -> bool:
    """Whether it begins as e-mail does: lines that are named, one of them by whom, and one of what else a letter states."""
    names = set[bytes]()
    for line in head.split(b"\n", MOST_LINES)[:MOST_LINES]:
        found = NAMED.match(line)
        if found:
            names.add(found[1].lower())
        elif not names or not line.startswith((b" ", b"\t")):
            break
    return b"from" in names and bool(names & STATED)


def of_film(head: bytes) -> str:
    """The type of what begins as film, sound or a 7z archive of a form that is known here by itself; nothing where none is."""
    if head[:4] == b"RIFF" and head[8:12] in PICTURES:
        return PICTURES[head[8:12]]
    for begin, said in BEGINS:
        if head.startswith(begin):
            return said
    for first, length in PACKETS:
        places = range(first, first + ENOUGH * length, length)
        marks = [
            head[at] == 0x47 and head[at + 3] & 0x30 for at in places if at + 3 < len(head)
        ]
        if len(marks) == ENOUGH and all(marks):
            return "video/mp2t"
    return ""


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
