"""Archives for tests, sound and hostile, made in memory."""

import io
import tarfile
import zipfile
from collections.abc import Mapping

MANIFEST = (
    "path,exhibit_reference,case_reference,description,seized_at,seized_by,sha256\n"
    "cam/lock.txt,JAS/7,op-heron,Card of a camera,2026-09-14 09:20,PC 1234,\n"
    "cam/gate.txt,JAS/7,op-heron,,,,\n"
)


def zipped(members: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def taped(members: Mapping[str, bytes], mode: str = "w:gz", *, is_sound: bool = False) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode=mode) as archive:  # type: ignore[call-overload]  # any mode
        for name, content in members.items():
            head = tarfile.TarInfo(name)
            head.size = len(content)
            archive.addfile(head, io.BytesIO(content))
        for name, kind in (
            () if is_sound else (("ln", tarfile.SYMTYPE), ("dev", tarfile.CHRTYPE))
        ):
            head = tarfile.TarInfo(name)
            head.type, head.linkname = kind, "/etc/passwd"
            archive.addfile(head)
    return written.getvalue()


def damaged(content: bytes) -> bytes:
    """A ZIP file, stored, with one byte of its first member changed."""
    at = content.index(b"whole")
    return content[:at] + b"W" + content[at + 1 :]
