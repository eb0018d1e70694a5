"""Bytes to document: every refusal is a finding that says where, what and how to mend it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.findings import Finding, Unreadable
from crossforce.agreements.reading.lines import LineIndex
from crossforce.agreements.reading.messages import findings_of
from crossforce.agreements.reading.syntax import LIMIT, parsed, too_large

__all__ = ["LIMIT", "LineIndex", "Reading", "Unreadable", "read", "read_path"]


@dataclass(frozen=True)
class Reading:
    """A document and where its parts stand in the file it came from."""

    document: AgreementDocument
    lines: LineIndex
    file: str = ""


def read(data: bytes, file: str = "") -> Reading:
    """The document in these bytes of TOML. Raises Unreadable."""
    words, raw = parsed(data, file)
    lines = LineIndex(words)
    try:
        document = AgreementDocument.model_validate(raw)
    except ValidationError as error:
        raise Unreadable(findings_of(error, raw, lines, file)) from None
    return Reading(document, lines, file)


def read_path(path: Path, name: str = "") -> Reading:
    """The document in a file, of which never more than the limit is read. Raises Unreadable."""
    file = name or str(path)
    try:
        if not path.is_file() and path.exists():
            raise Unreadable([_no_document(path, file)])
        with path.open("rb") as source:
            data = source.read(LIMIT + 1)
            size = source.seek(0, 2) if len(data) > LIMIT else len(data)
    except OSError as error:
        finding = Finding(
            "error", "reading.no-file", f"The file cannot be opened: {error.strerror}.",
            "Check the name and that you may read it.", file=file,
        )  # fmt: skip
        raise Unreadable([finding]) from error
    if len(data) > LIMIT:
        raise Unreadable([too_large(size, file)])
    return read(data, file)


def _no_document(path: Path, file: str) -> Finding:
    """What is said of a path that is there and must not be opened: it may never end, or never begin."""
    what = "a folder" if path.is_dir() else "a device, a pipe or a socket"
    return Finding(
        "error", "reading.not-a-file", f"This is {what}, not a file.",
        "Name a document that is saved as a file.", file=file,
    )  # fmt: skip


def raw_table(data: bytes, file: str = "") -> dict[str, Any]:
    """The bare tables of a file, for tools that edit them. Raises Unreadable."""
    return parsed(data, file)[1]
