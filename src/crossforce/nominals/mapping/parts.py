"""What the columns of a block say of a row: texts, lists, codes. Made once for a mapping, used for each row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from crossforce.nominals.mapping.document import SAID, Block, Within
from crossforce.nominals.mapping.sources import Take, path
from crossforce.records.mapping.findings import Wrong

LISTS: Final = frozenset({"given", "lines"})
DAYS: Final = frozenset({"on", "as_of", "from", "to", "since", "until"})
Part = Callable[[Any], Any]
Day = Callable[[str, str], str]
Codes = Mapping[str, Mapping[str, str]]
ITSELF: Final = "."


def text(take: Take, column: str) -> Part:
    """What reads a column that holds one text. Raises Wrong for a list."""

    def read(held: Any) -> str:
        found = take(held)
        if isinstance(found, str):
            return found
        raise Wrong(
            "shape",
            "A list stands where a text belongs.",
            "Read it with `each`, or correct the row.",
            column=column,
        )

    return read


def joined(takes: Sequence[Part]) -> Part:
    """What reads several columns as one text."""
    if len(takes) == 1:
        return takes[0]
    return lambda held: " ".join(filter(None, (take(held) for take in takes)))


def listed(takes: Sequence[Take], splits: bool, column: str) -> Part:
    """What reads several columns, or a list in one, as a list of texts."""

    def read(held: Any) -> list[str]:
        found: list[str] = []
        for take in takes:
            value = take(held)
            several = value if isinstance(value, list) else [value]
            if not all(isinstance(each, str) for each in several):
                raise Wrong(
                    "shape", "The list holds what is no text.", "Correct it.", column=column
                )
            found += several
        parts = " ".join(found).split() if splits else [each.strip() for each in found]
        return [each for each in parts if each]

    return read


def coded(read: Part, codes: Mapping[str, str], field: str, column: str) -> Part:
    """What reads a column whose codes the mapping lists. Raises Wrong for another."""

    def look(held: Any) -> str:
        found = read(held)
        if not found and "" not in codes:
            return ""
        try:
            return codes[found]
        except KeyError:
            raise Wrong(
                "unknown-code",
                f"{found[:40]!r} is no {field} that the mapping knows.",
                f"Add it to codes.{field}, or correct the row.",
                column=column,
            ) from None

    return look


def dated(read: Part, day: Day, column: str) -> Part:
    """What reads a column that holds a day."""
    return lambda held: day(read(held), column)


class Blocks:
    """What reads the parts of a block from a row, or from each element of a list in it."""

    def __init__(
        self, block: Block, take: Callable[[str], Take], codes: Codes, day: Day
    ) -> None:
        self._each = _each(block.each, take) if block.each else None
        self.within = block.each.column if block.each else ""
        self.columns = {name: " + ".join(several) for name, several in block.columns.items()}
        if self.within:
            self.columns = dict.fromkeys(block.columns, self.within)
        inner = _of_element if block.each else take
        every = {**codes, **block.codes}
        self._parts = {
            name: self._part(name, several, inner, every, day)
            for name, several in block.columns.items()
        }
        self._fixed = {
            name: value for name, value in block.values.items() if name not in self._parts
        }
        self._reads = tuple(self._parts.items())
        self._takes = [inner(each) for several in block.columns.values() for each in several]
        self.says = [name for name in SAID if name in {**self._fixed, **self._parts}]

    def _part(
        self,
        name: str,
        several: Sequence[str],
        take: Callable[[str], Take],
        codes: Codes,
        day: Day,
    ) -> Part:
        column = self.columns[name]
        takes = [take(each) for each in several]
        if name in LISTS:
            return listed(takes, name == "given", column)
        read = joined([text(each, column) for each in takes])
        if name in codes:
            read = coded(read, codes[name], name, column)
        return dated(read, day, column) if name in DAYS else read

    def of(self, held: Any) -> Iterable[dict[str, Any]]:
        """The parts, once for each element. Raises Wrong."""
        return map(self.parts, self.elements(held))

    def elements(self, held: Any) -> Sequence[Any]:
        """What the block is read from: the row, or each element of its list."""
        return (held,) if self._each is None else self._each(held)

    def cells(self, element: Any) -> tuple[str, ...] | None:
        """What the parts are read from, all of it, where it is texts alone; a list is None."""
        found = tuple([take(element) for take in self._takes])
        for each in found:
            if type(each) is not str:
                return None
        return found

    def parts(self, element: Any) -> dict[str, Any]:
        """The parts of one element. Raises Wrong."""
        found = dict(self._fixed)
        for name, part in self._reads:
            found[name] = part(element)
        return found


def _of_element(column: str) -> Take:
    if column == ITSELF:
        return lambda element: element if isinstance(element, str) else str(element)
    return path(column)


def _each(within: Within, take: Callable[[str], Take]) -> Callable[[Any], list[Any]]:
    read = take(within.column)

    def elements(held: Any) -> list[Any]:
        found = read(held)
        if isinstance(found, list):
            return found
        if not found:
            return []
        several = found.split(within.split) if within.split else [found]
        return [each.strip() for each in several if each.strip()]

    return elements
