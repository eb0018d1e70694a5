"""What the log says that is worth a question: the rules of `log-alerts` over the days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, F, Func, JSONField, Max, Q, QuerySet, Sum, UUIDField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, ExtractHour, TruncDate

from crossforce.kernel import civil, rulepacks
from crossforce.ledger import api as ledger
from crossforce.ledger.choices import Acts, Part
from crossforce.oversight.choices import LOGGED, Alert
from crossforce.oversight.queries.looks import touched
from crossforce.transparency.entry import from_bytes

PACK: Final = "log-alerts"
LEFT: Final = "people.staff-ended"
OWN_RECORD, MANY_RECORDS, MANY_ACTS = "own-record", "many-records", "many-acts"
OUT_OF_HOURS, AFTER_LEAVING = "out-of-hours", "after-leaving"
KNOWN: Final = (OWN_RECORD, MANY_RECORDS, MANY_ACTS, OUT_OF_HOURS, AFTER_LEAVING)
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
    valid = {rule.name: rule for rule in rules(until)}
    acts = _acts(actor, since, until)
    found = [*_in_a_day(acts, valid), *_after_leaving(acts, valid, actor)]
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
        **said,
        staff=staff,
        day=TruncDate("at", tzinfo=civil.LONDON),
        hour=ExtractHour("at", tzinfo=civil.LONDON),
    ).exclude(staff=None)
    return found


def _in_a_day(acts: Rows, valid: Mapping[str, Rule]) -> Iterator[Alert]:
    """The rules that count what somebody did in a day: all of them in one pass over the days."""
    asked = {name: count for name, count in _counts(valid).items() if name in valid}
    if not asked:
        return
    reached = [Q(**{f"{_column(name)}__gte": valid[name].least}) for name in asked]
    counted = acts.order_by().values("staff", "day").annotate(named=Max("name"))
    counted = counted.annotate(**{_column(name): count for name, count in asked.items()})
    for row in counted.filter(reduce(or_, reached)):
        for name in asked:
            if row[_column(name)] >= valid[name].least:
                yield _alert(valid[name], row, row[_column(name)])


def _counts(valid: Mapping[str, Rule]) -> dict[str, Any]:
    """What each rule counts."""
    found: dict[str, Any] = {
        OWN_RECORD: Count(
            "pk", filter=Q(rows__contains=_ArrayOf("staff"), subject__contains=":")
        ),
        MANY_RECORDS: Sum(touched()),
        MANY_ACTS: Count("pk"),
    }
    if night := valid.get(OUT_OF_HOURS):
        hours = Q(hour__gte=night.value["from_hour"]) | Q(hour__lt=night.value["to_hour"])
        by_day = ~Q(office__in=night.value["except_offices"])
        found[OUT_OF_HOURS] = Count("pk", filter=hours & by_day)
    return found


def _after_leaving(acts: Rows, valid: Mapping[str, Rule], actor: Acts) -> Iterator[Alert]:
    """As the log itself tells when each person left."""
    left = _leavers(actor) if AFTER_LEAVING in valid else {}
    if not left:
        return
    acted = acts.filter(staff__in=left).values_list("pk", "staff", "at")
    late = [pk for pk, staff, at in acted if at >= left[staff]]
    grouped = acts.filter(pk__in=late).order_by().values("staff", "day")
    for row in grouped.annotate(named=Max("name"), many=Count("pk")):
        if row["many"] >= valid[AFTER_LEAVING].least:
            yield _alert(valid[AFTER_LEAVING], row, row["many"])


def _alert(rule: Rule, row: Mapping[str, Any], count: int) -> Alert:
    return Alert(rule.name, row["staff"], row["named"], row["day"], count, rule.least)


def _column(name: str) -> str:
    return name.replace("-", "_")


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
