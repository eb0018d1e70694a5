"""A ZIP file of plain members, written as it goes out: nothing of it is held, however long it is."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from crossforce.evidence.rules.packages.parts import Member


def parts(members: Iterable[Member], made_at: datetime) -> Iterator[bytes]:
    """Its bytes, in order."""
    sink, made = _Sink(), made_at.timetuple()[:6]
    with zipfile.ZipFile(sink, "w") as pack:
        for name, content in members:
            with pack.open(zipfile.ZipInfo(name, made), "w", force_zip64=True) as member:
                for part in content:
                    member.write(part)
                    yield sink.taken()
    yield sink.taken()


class _Sink:
    """What a ZIP file is written to that goes out as it is made."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        held, self._held = self._held, []
        return b"".join(held)
