"""Preview: who would disappear from which board, and who would come onto it. It changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from crossforce.access import api as access
from crossforce.acting import api as acting
from crossforce.agreements import api as agreements
from crossforce.agreements.preview import PreviewContext, Row, Section
from crossforce.agreements.preview.phrases import words
from crossforce.duty.choices import ENTRY
from crossforce.duty.rules import statuses
from crossforce.insight import api as insight
from crossforce.kernel import civil
from crossforce.oversight import preview
from crossforce.oversight.preview import Gain, Line

FORESEEN: Final = "SELECT scope, holder, rota, on_duty FROM duty_foreseen(%s, %s)"
AROUND: Final = timedelta(days=28)
Scopes = frozenset[int]


class People(NamedTuple):
    """How many people the duties of a scope are about: on the rota, and on duty at the instant."""

    holder: str
    rota: int
    on_duty: int


@dataclass(frozen=True, slots=True)
class Change:
    """People of one holder who come onto the boards of some others, or disappear from them."""

    line: Line
    rota: int
    on_duty: int


def boards(context: PreviewContext) -> Section:
    """The preview effect: boards as they are just before, and just after, the change."""
    at = max(context.since, context.at)
    found = _changes(context, at)
    if found is None:
        return Section("", words("boards"), words("boards.untold"))
    rows = tuple(_row(context, each, at) for each in found)
    lead = words("boards.some") if rows else words("boards.same")
    return Section("", words("boards"), lead, rows, (words("boards.note"),) if rows else ())


def _changes(context: PreviewContext, at: datetime) -> list[Change] | None:
    """None where whoever acts may not count."""
    if acting.current() is None:
        return None
    before, after = (
        [
            grant
            for grant in access.grants_of(side)
            if grant.kind == ENTRY and "read" in grant.actions and grant.holds.contains(at)
        ]
        for side in agreements.foreseen(context)
    )
    if before == after:
        return []
    foreseen = insight.foreseen(context.new.reference, before, after, at)
    if foreseen is None:
        return None
    gains = [each for each in preview.gains(foreseen) if each.action == "read"]
    people = _people({scope for each in gains for scope in each.scopes}, context.at, at)
    return list(_by_board(gains, people))


def _by_board(gains: Sequence[Gain], people: Mapping[int, People]) -> Iterator[Change]:
    alike: dict[tuple[str, Scopes], list[Gain]] = defaultdict(list)
    for each in gains:
        alike[each.change, each.scopes].append(each)
    rota = {scope: (ENTRY, each.holder, each.rota) for scope, each in people.items()}
    for (_, scopes), some in alike.items():
        for line in preview.lines(some, rota):
            held = [
                people[s] for s in scopes & people.keys() if people[s].holder == line.holder
            ]
            if line.amount:
                yield Change(line, line.amount, sum(each.on_duty for each in held))


def _people(scopes: set[int], now: datetime, at: datetime) -> dict[int, People]:
    known = statuses.statuses(civil.day_of(now))
    content = {
        "scopes": sorted(scopes),
        "at": at.isoformat(),
        "since": (now - AROUND).isoformat(),
        "until": (now + AROUND).isoformat(),
        "off": [code for code, status in known.items() if not status.is_on],
    }
    with connection.cursor() as cursor:
        cursor.execute(FORESEEN, acting.sealed("duties", content))
        rows: list[Any] = cursor.fetchall()
    return {scope: People(*row) for scope, *row in rows}


def _row(context: PreviewContext, change: Change, at: datetime) -> Row:
    line, is_added = change.line, change.line.change == "added"
    said = words(
        "boards.row",
        holder=context.organisation(line.holder),
        number=f"{change.rota:,}",
        on=f"{change.on_duty:,}",
    )
    none = words("sight.row.none")
    return Row(
        kind=line.change,
        what=preview.who(context, line),
        before=none if is_added else said,
        after=said if is_added else none,
        when=context.period(at, None),
        starts_on=civil.day_of(at),
        ends_on=None,
        clauses=tuple(preview.clauses(context, line)),
        about=(*preview.about(line), ("on-duty", str(change.on_duty))),
    )
