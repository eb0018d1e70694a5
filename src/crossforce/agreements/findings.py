"""What reading, checking and compiling find in a document: where, what is wrong, what mends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]

_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a document, at a file, a line and, where there is one, a clause.

    An `error` keeps the document from being proposed, a `warning` must be read, a `note` may be.
    `rule` is a lasting dotted name (`reading.duplicate-key`, `law.party-missing`).
    """

    severity: Severity
    rule: str
    message: str
    remedy: str = ""
    file: str = ""
    line: int | None = None
    clause: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(each) for each in (self.file, self.line) if each)
        clause = f"clause {self.clause}: " if self.clause else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{place + ': ' if place else ''}{self.severity}: {clause}{self.message}{remedy}"


class Unreadable(Exception):
    """The file is not an agreement document; the findings say where and why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class CannotCompile(Exception):
    """The document has no one meaning as terms; the findings say where and why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then by file and line; each finding once."""
    return sorted(
        dict.fromkeys(findings),
        key=lambda each: (
            _ORDER[each.severity],
            each.file,
            each.line or 0,
            each.rule,
            each.message,
        ),
    )
