"""The rows of a JSON export, or the duties within each of its people."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from crossforce.duty.mapping import joining
from crossforce.duty.mapping.document import Mapping
from crossforce.duty.mapping.files import Numbered
from crossforce.records.mapping import items
from crossforce.records.mapping.findings import Wrong


def json_rows(text: io.TextIOBase, mapping: Mapping) -> Numbered:
    """The cells of each row, or of each duty within a person, numbered. Raises Wrong."""
    paths = [path.split(".") for several in mapping.columns.values() for path in several]
    join, row = joining.joiner(mapping), 0
    for item in items.items(text, mapping.file):
        for found in _within(item, mapping):
            row += 1
            yield row, found if isinstance(found, Wrong) else _cells(found, paths, join)


def _within(item: Any, mapping: Mapping) -> Iterator[Any]:
    if isinstance(item, Wrong) or mapping.shape != "nested":
        yield item
        return
    try:
        duties = items.at(item, mapping.file.duties.split("."))
    except Wrong as wrong:
        yield wrong
        return
    if not isinstance(duties, list):
        yield Wrong(
            "duties-missing",
            f"The person has no list {mapping.file.duties!r}, where file.duties looks.",
            "Correct the mapping; a person without duties has an empty list.",
            column=mapping.file.duties,
        )
        return
    for duty in duties:
        yield {"person": item, "duty": duty}


def _cells(
    found: Any, paths: Sequence[Sequence[str]], join: joining.Join
) -> Sequence[str] | Wrong:
    try:
        return join([items.text(items.at(found, path), path) for path in paths])
    except Wrong as wrong:
        return wrong
