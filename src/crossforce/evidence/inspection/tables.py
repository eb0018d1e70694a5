"""The table of a 7z archive, read number after number; what goes beyond its bytes is no table."""

import struct


class Unfit(ValueError):
    """No 7z archive is like that."""


class Table:
    """Bytes, and how far they are read."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def bytes(self, number: int) -> bytes:
        """The next so many. Raises Unfit where there are fewer."""
        found = self._content[self._at : self._at + number]
        if len(found) != number:
            raise Unfit
        self._at += number
        return found

    def byte(self) -> int:
        """The next one."""
        return self.bytes(1)[0]

    def needs(self, what: int) -> None:
        """The next one is that. Raises Unfit where it is not."""
        if self.byte() != what:
            raise Unfit

    def four(self) -> int:
        """A number of four bytes."""
        return int(struct.unpack("<I", self.bytes(4))[0])

    def number(self) -> int:
        """A number of one to nine bytes: as many follow the first as it begins with ones, and the rest of it stands above them."""
        first = self.byte()
        more = 8 - (first ^ 0xFF).bit_length()
        low = int.from_bytes(self.bytes(more), "little")
        high = first & (0x7F >> more) if more < 8 else 0
        return low | high << 8 * more

    def times(self, number: int) -> range:
        """So often; a thing takes a byte at the least. Raises Unfit."""
        if number > len(self._content):
            raise Unfit
        return range(max(number, 0))

    def flags(self, number: int) -> list[bool]:
        """So many of one bit each."""
        held = self.bytes((number + 7) // 8)
        return [bool(held[at // 8] >> 7 - at % 8 & 1) for at in range(number)]

    def all_or_flags(self, number: int) -> list[bool]:
        """The same, where a byte before them may say that all are so."""
        return [True] * len(self.times(number)) if self.byte() else self.flags(number)

    def sums(self, number: int) -> list[int | None]:
        """So many CRC-32, where they are stated."""
        return [self.four() if is_said else None for is_said in self.all_or_flags(number)]

    def name(self) -> str:
        """A name, in UTF-16 up to its end."""
        end = self._at
        while (two := self._content[end : end + 2]) != b"\0\0":
            if len(two) < 2:
                raise Unfit
            end += 2
        found = self.bytes(end - self._at).decode("utf-16-le", "surrogatepass")
        self.bytes(2)
        return found
