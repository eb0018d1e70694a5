"""Facts of records that are told beyond who reads them, while somebody acts."""

from collections.abc import Iterable
from typing import Any

from crossforce.kernel import registry, statements


def told(kind: str, fact: str, asked: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """What the fact of that name says, as its kind declares it: columns, days and sums, in no order.

    `asked` are values of the column by which it is asked; of none nothing is told.
    """
    of = registry.record_kinds.get(kind)
    found = next(each for each in of.facts if each.name == fact) if of else None
    assert found, f"{kind} declares no fact {fact}"
    function, values = found.told_by(kind).encode(), list(asked)
    if not found.by:
        return statements.rows(b"SELECT * FROM %b()" % function)
    return statements.rows(b"SELECT * FROM %b(%%s)" % function, [values]) if values else []
