"""The schedules of unused material on paper and as a table: MG6C, MG6D, and the disclosure officer's report MG6E.

What the defence is given of MG6C is the number, what the item is, and what the prosecutor decided: nothing of how the test came out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from crossforce.evidence.choices import DECISIONS, TESTS, TRIGGERS, Schedule
from crossforce.evidence.models import Scheduled, Sensitive
from crossforce.evidence.queries import disclosure as asked
from crossforce.evidence.queries.disclosure import Schedules, SchedulesUnread
from crossforce.kernel import civil, pdf, rulepacks
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import dates, downloads
from crossforce.kernel.web.lists import Column
from crossforce.people.api import Actor
from crossforce.records import api as records

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "papers" / "schedule.typ"
TITLES: Final = {
    "mg6c": "MG6C: schedule of relevant unused material that is not sensitive",
    "mg6d": "MG6D: schedule of relevant unused material that is sensitive",
    "mg6e": "MG6E: disclosure officer's report",
}
NUMBER: Final = Column("number", "Number", lambda row: row.number, numeric=True)
WHAT: Final = Column("description", "What it is", lambda row: row.description)
WHERE: Final = Column("location", "Where it is", lambda row: row.location)
SENSITIVE: Final = Column("why_sensitive", "Why it is sensitive", lambda row: row.why_sensitive)
SCHEDULE: Final = Column("schedule", "Schedule", lambda row: row.schedule.upper())
TEST: Final = Column("test", "Test", lambda row: tested(row))
REASON: Final = Column("test_reason", "Why", lambda row: row.test_reason)
BY: Final = Column("tested_by", "Tested by", lambda row: row.tested_by)
WHEN: Final = Column("tested_at", "When", lambda row: row.tested_at)
DECIDED: Final = Column("decision", "Prosecutor's decision", lambda row: decided(row))
PRESUMED: Final = Column(
    "is_presumed", "Presumed", lambda row: "Yes" if row.is_presumed else "No"
)
COLUMNS: Final[dict[str, Sequence[Column]]] = {
    "mg6c": (NUMBER, WHAT, WHERE, TEST, REASON, BY, WHEN, DECIDED),
    "mg6d": (NUMBER, WHAT, WHERE, SENSITIVE, TEST, REASON, BY, WHEN, DECIDED),
    "mg6e": (SCHEDULE, NUMBER, WHAT, PRESUMED, TEST, REASON, BY, WHEN),
}
FOR_DEFENCE: Final[Sequence[Column]] = (NUMBER, WHAT, DECIDED)
WIDE: Final = {"description": 4, "test_reason": 3, "why_sensitive": 3, "location": 2}


FORMS: Final = {"pdf": pdf.MEDIA_TYPE, "csv": "text/csv; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A schedule or the report as a file, its marking in its name and on it."""

    name: str
    media_type: str
    content: bytes


def open_of(found: Schedules) -> dict[str, str]:
    """The papers that whoever asked may have, by name: the report tells of both schedules."""
    return TITLES if found.has_sensitive else {"mg6c": TITLES["mg6c"]}


def paper(*, actor: Actor, case: UUID, name: str, form: str, at: datetime) -> Paper:
    """A schedule or the report as PDF or CSV. Raises Missing, SchedulesUnread."""
    if name not in TITLES or form not in FORMS:
        raise Missing
    found, marking = records.marked(actor, lambda: asked.schedules_of(actor, case))
    if name not in open_of(found):
        raise SchedulesUnread
    made = (
        drawn(found, name, marking=marking, at=at)
        if form == "pdf"
        else listed(found, name, marking)
    )
    return Paper(f"{name}-{records.in_a_name(marking)}.{form}", FORMS[form], made)


def listed(found: Schedules, name: str, marking: str, columns: Sequence[Column] = ()) -> bytes:
    """A schedule or the report as CSV, its marking in each row."""
    marked = Column("marking", "Marking", lambda row: marking)
    lines = downloads.lines([*(columns or COLUMNS[name]), marked], rows_of(found, name))
    return "".join(lines).encode()


def tested(row: Scheduled) -> str:
    """How the test came out, and whether it is to be looked at again."""
    found = TESTS.get(row.test, "Not tested yet")
    again = TRIGGERS.get(row.reopened_for)
    return f"{found}. Look again: {again}" if again else found


def decided(row: Scheduled) -> str:
    """What the prosecutor decided; where it is withheld, by which order of the court."""
    said = DECISIONS.get(row.decision, "Not decided yet")
    if isinstance(row, Sensitive) and row.order_reference:
        return f"{said}: {row.order_reference}, {dates.day(row.ordered_on)}"
    return said


def rows_of(found: Schedules, name: str) -> list[Scheduled]:
    """The items of a schedule; of the report those that may meet the test."""
    return found.to_tell if name == "mg6e" else found.of(Schedule(name))


def stood(found: Schedules) -> str:
    """Of which state of the schedules the numbers are."""
    row = found.certificate
    if row is None or not found.is_certified:
        return "Not certified as it stands"
    return f"As certified {dates.instant(row.created_at)}"


def drawn(
    found: Schedules, name: str, *, marking: str, at: datetime, columns: Sequence[Column] = ()
) -> bytes:
    """A schedule or the report as a tagged PDF."""
    shown = columns or COLUMNS[name]
    data = {
        "title": f"{TITLES[name]}. {found.case.case_reference}",
        "marking": marking,
        "facts": [("Case", found.case.case_reference), ("As it stood", stood(found))],
        "heads": [each.title for each in shown],
        "widths": [WIDE.get(each.name, 1) for each in shown],
        "rows": [[_said(each, row) for each in shown] for row in rows_of(found, name)],
        "says": _says(found, name, at),
        "made": dates.instant(at),
    }
    return pdf.render(TEMPLATE, data, at=at)


def _said(column: Column, row: Scheduled) -> str:
    ask: Callable[[Any], Any] = column.value
    found = ask(row)
    return dates.instant(found) if isinstance(found, datetime) else str(found or "–")


def _says(found: Schedules, name: str, at: datetime) -> list[str]:
    if name != "mg6e":
        return []
    row = found.certificate
    if row is None or not found.is_certified:
        return ["The schedules are not certified as they stand."]
    words = rulepacks.load("evidence-disclosure").value("certificate", civil.day_of(at))[
        "words"
    ]
    return [words, f"{row.officer}, {dates.instant(row.created_at)}", f"SHA-256 {row.digest}"]


def receipt(title: str, facts: Sequence[tuple[str, str]], marking: str, at: datetime) -> bytes:
    """What stands of a copy or a link, line by line, as a tagged PDF."""
    data = {
        "title": title,
        "marking": marking,
        "facts": [],
        "heads": ["What", "As it stands"],
        "widths": [1, 4],
        "rows": [list(each) for each in facts],
        "says": [],
        "made": dates.instant(at),
    }
    return pdf.render(TEMPLATE, data, at=at)
