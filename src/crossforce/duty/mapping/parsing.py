"""An export, read from beginning to end: duties and findings, in the order of the file."""

from collections.abc import Iterator, Sequence
from typing import Final

from crossforce.duty.mapping import files, nested
from crossforce.duty.mapping.document import Mapping
from crossforce.duty.mapping.rows import Rows
from crossforce.duty.mapping.values import Duty, Finding, Known, Wrong
from crossforce.records.mapping import encodings
from crossforce.records.mapping.files import Source, opened

ANY: Final = Known()


def parse(
    source: Source, mapping: Mapping, *, file: str = "", known: Known = ANY
) -> Iterator[Duty | Finding]:
    """What the file says, row by row, in bounded memory however long it is.

    What rows say against each other is not judged here, since that needs all of them.
    A finding with `is_whole` means that nothing of the file may be used; reading goes on where it
    can, so that everything wrong is told at once.
    """
    row = 0
    try:
        text = opened(source, mapping.file)
        rows = Rows(mapping, list(mapping.columns), known)
        read = files.csv_rows if mapping.file.type == "csv" else nested.json_rows
        for row, cells in read(text, mapping):
            yield _one(row, cells, rows, file)
    except UnicodeError as error:
        yield _undecoded(error, mapping, row).at(file, row)
    except Wrong as wrong:
        yield wrong.at(file, row)


def _undecoded(error: UnicodeError, mapping: Mapping, row: int) -> Wrong:
    """The refusal of bytes that cannot even be marked; not every codec says which they are."""
    what = "Something that is not in it"
    if isinstance(error, UnicodeDecodeError):
        what = f"The byte {error.object[error.start]:#04x}"
    where = f"after row {row}" if row else "in its first rows"
    return encodings.wrong_encoding(mapping.file.encoding, f"{what} stands {where}.")


def _one(row: int, cells: Sequence[str] | Wrong, rows: Rows, file: str) -> Duty | Finding:
    if isinstance(cells, Wrong):
        return cells.at(file, row)
    try:
        return rows.duty(row, cells)
    except Wrong as wrong:
        return wrong.at(file, row, rows.reference(cells))
