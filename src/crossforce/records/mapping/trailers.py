"""The last row of an export, by which it is known to be whole: its mark, and perhaps how many rows there are."""

from collections.abc import Iterator

from crossforce.records.mapping.findings import Wrong


def rows_before(lines: Iterator[list[str]], mark: str) -> Iterator[list[str]]:
    """The rows before the last one, which begins with the mark. Raises Wrong, for the whole file."""
    number, is_over = 0, False
    for cells in lines:
        if is_over and any(cells):
            raise _cut_off(f"Rows stand after the last row, {mark!r}.")
        if cells and cells[0].strip() == mark:
            _require_count(cells, number)
            is_over = True
            continue
        number += any(cells)
        yield cells
    if not is_over:
        raise _cut_off(f"The last row is not {mark!r}: {number:,} rows stand before its end.")


def _require_count(cells: list[str], number: int) -> None:
    said = cells[1].strip() if len(cells) > 1 else ""
    if said and (not said.isdecimal() or int(said) != number):
        raise _cut_off(f"The last row says {said[:40]!r} rows, and the file has {number:,}.")


def _cut_off(why: str) -> Wrong:
    return Wrong(
        "cut-off",
        f"The file is not whole. {why}",
        "Export it again, or set file.trailer to what stands in the last row of each export.",
        is_whole=True,
    )
