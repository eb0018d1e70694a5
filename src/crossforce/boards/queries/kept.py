"""The boards that are kept here, as everybody may know of them who acts: that one decides binds also who may not read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from crossforce.boards.choices import BOARD
from crossforce.boards.queries.agreed import Governing
from crossforce.boards.rules import reporting
from crossforce.organisations import api as organisations
from crossforce.records import api as records


@dataclass(frozen=True, slots=True)
class Known:
    """A board that is kept here, as everybody may know of it."""

    code: str
    agreement: str
    reports_to: str
    since: datetime
    key: UUID


def kept() -> list[Known]:
    """The boards that are kept here, whoever may read their records: the first first."""
    found = [Known(*row) for row in records.told(BOARD, "kept")]
    return sorted(found, key=lambda each: (each.since, each.key))


@dataclass(frozen=True, slots=True)
class Lines:
    """To whom each board reports, by code; and the code of the board of those who govern an agreement jointly."""

    reports_to: Mapping[str, str]
    joint: Mapping[str, str]

    @classmethod
    def known(cls) -> Self:
        """Of every board that is kept here."""
        directory, rows = organisations.directory(), kept()
        joint = {
            row.agreement: row.code for row in reversed(rows) if not directory.get(row.code)
        }
        return cls({row.code: row.reports_to for row in rows if row.reports_to}, joint)

    def is_below(self, governing: Governing, above: str) -> bool:
        """Whether those who govern report to that board, themselves or by the board that they have together."""
        codes = list(governing.answer.bodies)
        if governing.answer.jointly:
            codes = (
                [self.joint[governing.agreement]] if governing.agreement in self.joint else []
            )
        return any(self._reaches(code, above) for code in codes)

    def _reaches(self, code: str, above: str) -> bool:
        try:
            return above in reporting.line(code, self.reports_to)
        except reporting.ReportsInACircle:
            return False
