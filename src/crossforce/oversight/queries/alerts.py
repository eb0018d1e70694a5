"""What the log says that is worth a question: one query over the days for each rule of `log-alerts`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, JSONField, Max, Q, QuerySet, Sum, UUIDField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, ExtractHour, TruncDate

from crossforce.kernel import civil, rulepacks
from crossforce.ledger import api as ledger
from crossforce.ledger.choices import Acts, Part
from crossforce.ledger.entry import from_bytes
from crossforce.oversight.choices import LOGGED, Alert
from crossforce.oversight.queries.looks import touched

PACK: Final = "log-alerts"
LEFT: Final = "people.staff-ended"
Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the pack, valid on a day, with where it comes from and how sure it is."""

    name: str
    title: str
    least: int
    counts: str
    value: dict[str, Any]
    source: str
    confidence: str
    note: str


def rules(on: date) -> list[Rule]:
    """The rules valid on the day."""
    valid = (
        rule
        for rule in rulepacks.load(PACK).rule
        if rule.key.startswith("alert.") and rule.applies(on)
    )
    return [
        Rule(
            name=rule.key.removeprefix("alert."),
            title=rule.value["title"],
            least=rule.value["least"],
            counts=rule.value["counts"],
            value=rule.value,
            source=rule.source,
            confidence=rule.confidence,
            note=rule.note,
        )
        for rule in valid
    ]


def alerts(actor: Acts, since: date, until: date) -> list[Alert]:
    """Everything in the days that a rule speaks of, newest first: about own people only."""
    acts = _acts(actor, since, until)
    found = [
        alert
        for rule in rules(until)
        for alert in _days(rule, FINDERS[rule.name](acts, rule, actor))
    ]
    return sorted(found, key=lambda each: (each.day, each.rule, each.name), reverse=True)


def _acts(actor: Acts, since: date, until: date) -> Rows:
    """Logged acts of the organisation's people, with who did each, and on which day in London."""
    rows = ledger.StoredEntry.objects.filter(
        organisation=actor.organisation,
        operation__in=tuple(LOGGED),
        at__gte=civil.instant(since),
        at__lt=civil.instant(civil.next_day(until)),
        parts__part=Part.ACTOR,
    )
    said = {name: KeyTextTransform(name, _Opened("parts__body")) for name in ("name", "office")}
    staff = Cast(KeyTextTransform("staff", _Opened("parts__body")), UUIDField())
    found: Rows = rows.annotate(
        **said, staff=staff, day=TruncDate("at", tzinfo=civil.LONDON)
    ).exclude(staff=None)
    return found


def _days(rule: Rule, rows: Rows) -> Iterator[Alert]:
    counted = Sum(touched()) if rule.counts == "records" else Count("pk")
    grouped = rows.order_by().values("staff", "day").annotate(many=counted, named=Max("name"))
    for row in grouped.filter(many__gte=rule.least):
        yield Alert(rule.name, row["staff"], row["named"], row["day"], row["many"], rule.least)


def _everything(rows: Rows, rule: Rule, actor: Acts) -> Rows:
    return rows


def _own_record(rows: Rows, rule: Rule, actor: Acts) -> Rows:
    return rows.filter(rows__contains=_ArrayOf("staff"))


def _out_of_hours(rows: Rows, rule: Rule, actor: Acts) -> Rows:
    hour = ExtractHour("at", tzinfo=civil.LONDON)
    night = Q(hour__gte=rule.value["from_hour"]) | Q(hour__lt=rule.value["to_hour"])
    found: Rows = rows.alias(hour=hour).filter(night)
    return found.exclude(office__in=rule.value["except_offices"])


def _after_leaving(rows: Rows, rule: Rule, actor: Acts) -> Rows:
    """As the log itself tells when each person left."""
    left = _leavers(actor)
    acted = rows.filter(staff__in=left).values_list("pk", "staff", "at")
    return rows.filter(pk__in=[pk for pk, staff, at in acted if at >= left[staff]])


def _leavers(actor: Acts) -> dict[UUID, datetime]:
    ended = ledger.StoredEntry.objects.filter(
        operation=LEFT, concerns__contains=[actor.organisation]
    )
    found: dict[UUID, datetime] = {}
    for row in ended.order_by("at", "id").only("body", "subject"):
        ends_at = from_bytes(bytes(row.body)).detail.get("ends_at")
        staff = UUID(row.subject.partition(":")[2])
        if isinstance(ends_at, str):
            found[staff] = datetime.fromisoformat(ends_at)
    return found


FINDERS: Final[dict[str, Callable[[Rows, Rule, Acts], Rows]]] = {
    "own-record": _own_record,
    "many-records": _everything,
    "many-acts": _everything,
    "out-of-hours": _out_of_hours,
    "after-leaving": _after_leaving,
}


class _Opened(Func):
    """A private part as JSON."""

    template = "convert_from(%(expressions)s, 'UTF8')::jsonb"
    output_field = JSONField()

    def __init__(self, field: str) -> None:
        super().__init__(F(field))


class _ArrayOf(Func):
    """An array of one identifier."""

    template = "ARRAY[%(expressions)s]"
    output_field = ArrayField(UUIDField())
