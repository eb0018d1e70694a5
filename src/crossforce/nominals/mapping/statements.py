"""The statements that a block makes of a row, judged and written down; those that come again are remembered."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from crossforce.nominals.canonical import Statement, days, deriving, judged, texts
from crossforce.nominals.mapping.parts import Blocks
from crossforce.records.mapping.patterns import keep

RARE: Final = frozenset({"identifier", "contact", "description"})
"""Of these each says something else."""
MOST_KNOWN: Final = 10_000


class Said(NamedTuple):
    """A statement, and as it is kept: JSON."""

    statement: Statement
    text: str


class Known(NamedTuple):
    """What cells say, whenever they come: `is_dated` where they say as of when."""

    statement: Statement
    begins: str
    ends: str
    is_dated: bool


class Makes:
    """What makes the statements of one block."""

    def __init__(self, about: str, block: Blocks, said: Mapping[str, str], on: date) -> None:
        self.block = block
        self._about, self._said, self._on = about, said, on
        self._known: dict[Any, Known | None] | None = None if about in RARE else {}

    def of(self, held: Any, as_of: str) -> Iterator[Said]:
        """The statements of a row, as of its day where they say none. Raises Wrong."""
        for element in self.block.elements(held):
            known = self._made(element, as_of)
            if known is None:
                continue
            said = known.statement
            if not known.is_dated and said.as_of != as_of:
                if as_of:
                    days.checked(as_of, self.block.columns.get("as_of", ""), on=self._on)
                said = Statement(*said[:3], as_of, *said[4:])
            yield Said(said, f"{known.begins}{said.as_of}{known.ends}")

    def _made(self, element: Any, as_of: str) -> Known | None:
        if self._known is None:
            return self._judged(element, as_of)
        key = self.block.cells(element)
        if key is None:
            return self._judged(element, as_of)
        try:
            return self._known[key]
        except KeyError:
            found = self._judged(element, as_of)
        keep(self._known, key, found, MOST_KNOWN)
        return found

    def _judged(self, element: Any, as_of: str) -> Known | None:
        """Nothing where the parts that it needs are empty."""
        parts, said = self.block.parts(element), self._said
        if self.block.says:
            said = {**said, **{name: parts.pop(name) for name in self.block.says}}
        value = texts.whole_name(parts) if self._about == "name" else parts
        for name in deriving.ESSENTIAL.get(self._about) or value:
            if value.get(name):
                break
        else:
            return None
        say = said.get
        dated = say("as_of", "")
        found = judged(
            Statement(
                self._about, value, say("asserted", ""), dated or as_of, say("from", ""), say("to", ""),
                say("source", ""), say("confidence", ""), say("verified_by", ""),
            ),
            self.block.columns,
            on=self._on,
        )  # fmt: skip
        return Known(found, *found.written(), bool(dated))
