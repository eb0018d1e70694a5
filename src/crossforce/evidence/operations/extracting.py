"""A subject access extract: what is held about somebody, as it was settled and approved, with an index and what they may do.

Of what is withheld stands in it how much, and on what ground, where that may be told: never what it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from crossforce.evidence.choices import ITEM, SUBJECT_REQUEST, Answer
from crossforce.evidence.models import Item
from crossforce.evidence.operations import passing
from crossforce.evidence.queries import called
from crossforce.evidence.queries.subjects import PACK, Held, SubjectFile, request_of
from crossforce.evidence.rules.packages import zipped
from crossforce.kernel import civil, guarded, lengthy, pdf, rulepacks
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Conflict
from crossforce.kernel.web import dates, downloads
from crossforce.kernel.web.lists import Column, column
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records

ANSWERED: Final = "evidence.subject-answered"
TEMPLATE: Final = Path(__file__).resolve().parents[1] / "papers" / "schedule.typ"
SAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


class CannotHandOver(Conflict):
    """There is no extract; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One file of an extract, as its index tells it."""

    path: str
    item: Item
    exhibit: str
    day: str


COLUMNS: Final[tuple[Column, ...]] = (
    column("File", lambda line: line.path),
    column("Type", lambda line: line.item.media_type),
    column("Exhibit", lambda line: line.exhibit),
    column("Seized or captured", lambda line: line.day),
    column("Redacted", lambda line: "Yes" if line.item.is_derived else "No"),
    column("SHA-256", lambda line: line.item.sha256),
)
WIDE: Final = (3, 1, 1, 1, 1, 4)


@dataclass(frozen=True, slots=True)
class Extract:
    """An extract, ready to be handed out. The bytes of its files are read as they go out."""

    marking: str
    at: datetime
    papers: dict[str, bytes]
    files: dict[str, Reading]

    def parts(self) -> Iterator[bytes]:
        """The bytes of the ZIP file, in order. Raises Altered where a file is not as it was kept."""
        return zipped.parts(self._members(), self.at)

    def _members(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        for name, content in self.papers.items():
            yield name, [content]
        for name, reading in self.files.items():
            yield name, reading.parts()


def make(*, actor: Actor, request: UUID, at: datetime) -> Extract:
    """Hand over what is answered to a request, and write down that it is answered. Call it outside of any transaction.

    Raises Missing, CannotHandOver and what `records.disclose` raises.
    """
    made = _disclosed(actor, request, at)
    lengthy.let_go()
    return made


@guarded.acts
def _disclosed(actor: Actor, request: UUID, at: datetime) -> Extract:
    found = request_of(actor, request)
    if found.refusal:
        raise CannotHandOver(found.refusal)
    lines = _lines(found)
    marking = records.marking_line([found.place.marking], [found.place.compartment])
    if lines:
        with passing.owed_by_law():
            gone = records.disclose(
                actor=actor,
                kind=ITEM,
                records=[each.item.pk for each in lines],
                recipient=found.row.subject,
                reason=f"Data Protection Act 2018 s45, {found.row.request_reference}",
                at=at,
            )
        marking = gone.marking
    _enter(actor, found, at)
    stored = StoredFile.objects.in_bulk([each.item.file for each in lines])
    files = {each.path: Reading(stored[each.item.file]) for each in lines}
    return Extract(marking, at, _papers(found, lines, marking, at), files)


def _lines(found: SubjectFile) -> list[Line]:
    """What is handed over. Raises CannotHandOver where something of it is there no more."""
    given = {
        each.answer.given: each for each in found.held if each.answer and each.answer.given
    }
    rows = Item.objects.in_bulk(list(given))
    if len(rows) < len(given):
        raise CannotHandOver("Something that was to be given is not open to you, or is gone.")
    return [_line(number, rows[key], given[key]) for number, key in enumerate(given, 1)]


def _line(number: int, row: Item, held: Held) -> Line:
    path = f"files/{number}-{SAFE.sub('-', row.name)[-80:]}"
    of = held.exhibit
    day = dates.day(civil.day_of(of.seized_at)) if of else ""
    return Line(path, row, of.exhibit_reference if of else "", day)


def _papers(
    found: SubjectFile, lines: list[Line], marking: str, at: datetime
) -> dict[str, bytes]:
    row, asks = found.row, [each.value for each in COLUMNS]
    data = {
        "title": f"What is held about you: {row.request_reference}",
        "marking": marking,
        "facts": [
            ("Who asks", row.subject),
            ("Came on", dates.day(row.received_on)),
            ("Held by", called(found.place.holder)),
            ("For", "; ".join(_purposes(lines)) or "–"),
        ],
        "heads": [str(each.title) for each in COLUMNS],
        "widths": list(WIDE),
        "rows": [[str(ask(each)) or "–" for ask in asks] for each in lines],
        "says": _says(found, at),
        "made": dates.instant(at),
    }
    table = "".join(downloads.lines(COLUMNS, lines))
    return {"index.pdf": pdf.render(TEMPLATE, data, at=at), "index.csv": table.encode()}


def _purposes(lines: list[Line]) -> list[str]:
    return sorted({one.replace("-", " ") for each in lines for one in each.item.purposes})


def _says(found: SubjectFile, at: datetime) -> list[str]:
    """How much is withheld on which ground, where that may be told, and what whoever asks may do."""
    pack, on = rulepacks.load(PACK), civil.day_of(at)
    told = Counter(each.ground for each in found.answers if each.is_told)
    says = []
    for ground, number in sorted(told.items()):
        rule = pack.rule_for(ground, on)
        files = "1 file is" if number == 1 else f"{number:,} files are"
        says.append(f"{files} withheld {rule.value['words']} ({rule.source}).")
    return [*says, str(pack.value("rights", on)["words"])]


def _enter(actor: Actor, found: SubjectFile, at: datetime) -> None:
    row, today = found.row, civil.day_of(at)
    answers = Counter(each.answer for each in found.answers)
    if row.answered_on is None:
        records.edit(
            actor=actor, kind=SUBJECT_REQUEST, record=row.pk, version=row.version, given={"answered_on": today}, at=at
        )  # fmt: skip
    ledger.append(
        actor=actor,
        operation=ANSWERED,
        subject=row.reference.subject,
        detail={each.value: answers[each.value] for each in Answer}
        | {"in_time": found.due is None or today <= found.due},
        at=at,
        about=ledger.About(concerns=[found.place.holder], scopes=[row.scope_id]),
    )
