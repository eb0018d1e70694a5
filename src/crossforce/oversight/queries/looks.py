"""Reads of the log about people's looking, for those who answer for an organisation's records.

They see what concerns the organisation: acts of its own people by name, acts of partners' people on
its records by office and organisation. `operations.ask` permits and records every question.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import (
    BinaryField,
    Count,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import TruncMonth

from crossforce.acting import api as acting
from crossforce.kernel import civil
from crossforce.ledger import api as ledger
from crossforce.ledger.choices import Acts, Part, Who
from crossforce.oversight import choices
from crossforce.oversight.choices import LOGGED, Look, Question
from crossforce.transparency import canonical
from crossforce.transparency.entry import Entry, from_bytes

COUNTED: Final = 10_000
"""Beyond so many, acts are not counted: a filter is of more use than a number."""

Rows = QuerySet[ledger.StoredEntry]


def touched() -> Func:
    """How many records an entry names."""
    return Func(F("rows"), function="cardinality", output_field=IntegerField())


def answering(actor: Acts, question: Question) -> Rows:
    """The entries that answer the question, of those that concern the actor's organisation."""
    found = ledger.touching(
        ledger.Touching(
            operations=(question.operation,) if question.operation in LOGGED else tuple(LOGGED),
            since=civil.instant(question.since) if question.since else None,
            until=civil.instant(civil.next_day(question.until)) if question.until else None,
            organisation=actor.organisation if question.staff else question.organisation,
            concerned=actor.organisation,
            recipient=question.recipient,
            row=question.record,
            staff=question.staff,
        )
    )
    if question.record and is_anothers(question.record):
        return found.none()
    if question.shown:
        found = _shown(found, question.shown)
    if question.kind:
        found = found.filter(
            Q(subject=question.kind) | Q(subject__startswith=f"{question.kind}:")
        )
    if question.about:
        about = [question.about, *_records_about(question.about)]
        found = found.filter(rows__overlap=about).exclude(rows=[])
    if question.purpose:
        place = _Place("purpose", question.purpose, "parts__body")
        found = found.filter(parts__part=Part.ACTOR).alias(said=place).filter(said__gt=0)
    return found


def _shown(found: Rows, shown: str) -> Rows:
    """What was consulted so that this much was shown."""
    consulted = found.filter(operation=choices.CONSULTED).alias(
        pointer=_Place("pointer", True, "body")
    )
    if shown == "found":
        return consulted.filter(pointer__gt=0)
    if shown == "counted":
        return consulted.filter(rows=[])
    return consulted.filter(pointer=0).exclude(rows=[])


def shown_of(entry: Entry) -> str:
    """What an entry says was shown of records; "" where nothing was."""
    if entry.operation == choices.DISCLOSED:
        return "taken-out" if entry.detail.get("file") else "handed-over"
    if entry.operation != choices.CONSULTED:
        return ""
    if entry.detail.get("pointer"):
        return "found"
    names_rows = ":" in entry.subject or entry.detail.get("rows")
    return "read" if names_rows else "counted"


def is_anothers(record: UUID) -> bool:
    """Whether the record is there and held by another organisation than that of whoever acts."""
    with connection.cursor() as cursor:
        asked = acting.sealed("anothers", {"record": str(record)})
        cursor.execute("SELECT oversight_is_anothers(%s, %s)", asked)
        return bool(cursor.fetchone()[0])


def _records_about(person: UUID) -> list[UUID]:
    """Records whose scope names the person, for whoever acts; erased ones are known to nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oversight_records_about(%s)", [person])
        found: list[UUID] = cursor.fetchone()[0]
    return found


def looks(actor: Acts, found: Iterable[ledger.StoredEntry]) -> list[Look]:
    """The entries as acts, each with who did it as far as the actor may know."""
    rows = list(found)
    who = ledger.who_acted(actor, rows)
    return [_look(row, who.get(row.pk, Who())) for row in rows]


def counts(found: Rows) -> list[choices.Count]:
    """How many acts, touching how many records, by month, organisation and operation."""
    month = TruncMonth("at", tzinfo=civil.LONDON)
    grouped = found.order_by().values("organisation", "operation", month=month)
    totals = grouped.annotate(acts=Count("pk"), records=Sum(touched()))
    ordered = totals.order_by("-month", "organisation", "operation")
    return [
        choices.Count(
            month=_day(row["month"]),
            organisation=row["organisation"],
            operation=row["operation"],
            acts=row["acts"],
            records=row["records"] or 0,
        )
        for row in ordered
    ]


def _day(at: Any) -> date:
    return civil.day_of(at)


def _look(row: ledger.StoredEntry, who: Who) -> Look:
    entry = from_bytes(bytes(row.body))
    return Look(
        entry=row.pk,
        at=row.at,
        operation=row.operation,
        subject=row.subject,
        organisation=row.organisation,
        who=who,
        records=_records(row, entry.detail.get("count")),
        basis=entry.agreements,
        otherwise=_otherwise(entry.detail.get("without_clause")),
        recipient=str(entry.detail.get("recipient", "")),
        shown=shown_of(entry),
    )


def _otherwise(said: object) -> tuple[str, ...]:
    """Standing access and openings that the entry names, where it cites no clause."""
    return tuple(str(each) for each in said) if isinstance(said, list | tuple) else ()


def _records(row: ledger.StoredEntry, counted: object) -> int:
    """An aggregate says how many records it went over; any other entry names them."""
    return counted if isinstance(counted, int) else len(row.rows)


class _Place(Func):
    """Where canonical JSON says that the member is this; 0 where it does not."""

    function = "position"
    arg_joiner = " IN "
    output_field = IntegerField()

    def __init__(self, member: str, said: canonical.JSON, column: str) -> None:
        written = canonical.to_bytes({member: said})[1:-1]
        super().__init__(Value(written, BinaryField()), F(column))
