"""Reading what is kept: all of it or any part, each byte proven before it is handed out."""

from collections.abc import Callable, Iterator
from typing import Final

from crossforce.kernel.files import keyring, sealing, standing
from crossforce.kernel.files.digests import Digests
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.places import Place
from crossforce.kernel.files.sealing import FULL, LAST, OVER, SEGMENT, Altered, Segments, Sums
from crossforce.kernel.refusals import Missing

AT_ONCE: Final = 4
Pace = Callable[[int], None]


class Gone(Missing):
    """This file was destroyed: nothing can read it any more."""


def _at_once(size: int) -> None:
    pass


class Reading:
    """A kept file, open for reading."""

    def __init__(self, file: StoredFile, place: Place | None = None) -> None:
        try:
            held = keyring.inside(file)
        except KeyError:
            raise Gone from None
        if held.sums is None:
            raise Missing("This file has not arrived yet.")
        self.sums: Sums = held.sums
        self._name, self._place = file.name, place or standing.main()
        self._segments = Segments(file.pk, held.key)

    @property
    def _last(self) -> int:
        return self.sums.size // SEGMENT

    def parts(self, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start`, in order. Raises Altered before it hands out what is not as it was kept."""
        end = self.sums.size if length is None else min(start + length, self.sums.size)
        at = start
        while at < end:
            number = at // SEGMENT
            upto = min((end - 1) // SEGMENT, number + AT_ONCE - 1)
            for plain in self._opened(number, upto):
                part = plain[at - number * SEGMENT : end - number * SEGMENT]
                yield part
                at, number = at + len(part), number + 1

    def found(self, pace: Pace = _at_once) -> Sums:
        """What the stored bytes add up to now, all of them read. Raises Altered.

        `pace` hears of every part how long it is, and may wait or raise.
        """
        if self._place.size(self._name) != sealing.stored_size(self.sums.size):
            raise Altered(
                f"File {self._segments.file} is not as long as it was, or is not there."
            )
        if self._stored(0, sealing.HEADER) != self._segments.header:
            raise Altered(f"File {self._segments.file} does not begin as it did.")
        with Digests() as digests:
            for part in self.parts():
                digests.feed(part)
                pace(len(part))
            for plain in self._opened(self._last, self._last):  # of an empty one, too
                if len(plain) != self.sums.size % SEGMENT:
                    raise Altered(f"File {self._segments.file} does not end as it did.")
            return digests.sums()

    def _opened(self, first: int, upto: int) -> Iterator[bytes]:
        at = sealing.place_of(first)
        stored = self._stored(at, sealing.place_of(upto + 1) - at)
        for number in range(first, upto + 1):
            begin = (number - first) * (SEGMENT + OVER)
            box = stored[begin : begin + SEGMENT + OVER]
            yield self._segments.opened(number, box, LAST if number == self._last else FULL)

    def _stored(self, at: int, length: int) -> bytes:
        try:
            return self._place.read(self._name, at, length)
        except FileNotFoundError:
            raise Altered(f"File {self._segments.file} is not where it was kept.") from None
