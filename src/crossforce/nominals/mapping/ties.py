"""Ties that a row makes between its record and others."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from crossforce.nominals.canonical import codes, texts
from crossforce.nominals.mapping.document import Mapping, Tie
from crossforce.nominals.mapping.parts import Blocks, Day
from crossforce.nominals.mapping.records import TieSaid
from crossforce.nominals.mapping.sources import Take


class Made:
    """What makes the ties of one block."""

    def __init__(
        self, block: Tie, take: Callable[[str], Take], of: Mapping, day: Day, on: date
    ) -> None:
        self._blocks = Blocks(block, take, of.codes, day)
        self._is_other, self._makes, self._on = block.is_other, of.makes, on

    def of(self, held: Any, reference: str) -> Iterator[TieSaid]:
        """The ties of a row; none where it names no other. Raises Wrong."""
        columns = self._blocks.columns
        for parts in self._blocks.of(held):
            other = texts.clean(parts["other"], columns.get("other", ""), longest=120)
            if not other:
                continue
            for name, known in (("other_kind", codes.ENDS), ("role", codes.ROLES)):
                if parts[name] not in known:
                    raise codes.one_of(name, parts[name], known, columns.get(name, ""))
            ends = (reference, self._makes), (other, parts["other_kind"])
            (one, one_kind), (last, last_kind) = reversed(ends) if self._is_other else ends
            said = TieSaid(
                one,
                one_kind,
                last,
                last_kind,
                parts["role"],
                parts.get("since", ""),
                parts.get("until", ""),
            )
            codes.tied(
                said._asdict(), columns.get("other", ""), columns.get("until", ""), on=self._on
            )
            yield said
