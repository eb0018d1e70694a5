"""What is wrong with a file that somebody sends: where, and what would mend it."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

FORMULA: Final = frozenset("=+-@\t\r")
"""How a cell begins that a spreadsheet would take for a formula."""
HARMLESS: Final = re.compile(r"[+-]?(\d+([.,]\d+)?)?", re.ASCII)


LONGEST: Final = 120
"""So many characters has a text at most that a duty keeps as it is written."""


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text; a number, and a dash that stands for nothing, are none."""
    return text[:1] in FORMULA and not HARMLESS.fullmatch(text)


class Finding(NamedTuple):
    """What is wrong, where, and what would mend it.

    One with `is_whole` refuses the whole file; any other refuses its row, and the rest go on.
    `reference` is the row's own, where it could be read: a row refused is not a row deleted.
    """

    rule: str
    message: str
    remedy: str
    file: str = ""
    row: int = 0
    column: str = ""
    reference: str = ""
    is_whole: bool = False

    def __str__(self) -> str:
        row = f"row {self.row}" if self.row else ""
        place = ", ".join(each for each in (self.file, row, self.column) if each)
        return f"{place + ': ' if place else ''}{self.message} {self.remedy}".strip()


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """As somebody reads them beside the file: what refuses all of it first, then row by row."""
    return sorted(findings, key=lambda each: (not each.is_whole, each.row))


class Wrong(ValueError):
    """A row, or with `is_whole` the file, is refused; unless it says its row, that is added on the way."""

    def __init__(
        self,
        rule: str,
        message: str,
        remedy: str,
        *,
        column: str = "",
        row: int = 0,
        is_whole: bool = False,
    ) -> None:
        self.rule, self.message, self.remedy = rule, message, remedy
        self.column, self.row, self.is_whole = column, row, is_whole
        super().__init__(message)

    def at(self, file: str, row: int, reference: str = "") -> Finding:
        """The finding that this is, at its place."""
        return Finding(
            self.rule,
            self.message,
            self.remedy,
            file,
            self.row or row,
            self.column,
            reference,
            self.is_whole,
        )


def plain(text: str, column: str = "", *, what: str = "cell") -> str:
    """A text that is safe to keep and to hand on. Raises Wrong."""
    if is_formula(text):
        raise Wrong(
            "formula",
            f"The {what} begins with {text[0]!r}, which a spreadsheet would run as a formula.",
            "Take the sign away where the export is made.",
            column=column,
        )
    if len(text) > LONGEST or not text.isprintable():
        raise Wrong(
            "cell",
            f"The {what} is longer than {LONGEST} characters or holds characters that are not text.",
            "Shorten or correct it.",
            column=column,
        )
    return text


class CannotRead(Exception):
    """The mapping file describes no export; the findings say what is wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(each) for each in self.findings))
