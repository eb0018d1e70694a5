"""Questions of the data protection officer to the log: acts, counts, alerts."""

from datetime import date, timedelta
from typing import Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from crossforce.kernel import civil, clock, rulepacks, subjects, web
from crossforce.kernel.web import dates, lists
from crossforce.oversight import choices, operations, queries
from crossforce.oversight.choices import LOGGED
from crossforce.oversight.queries.ledger import day_in
from crossforce.oversight.views import asking, choosing, lines
from crossforce.people import api as people
from crossforce.people.api import ActingRequest

FILTERS: Final = [
    lines.OPERATION,
    lines.SHOWN,
    lists.Filter("kind", "Record kind", choices=lines.kinds_offered),
    lists.Filter("purpose", "Purpose", choices=lines.purposes_offered),
    lists.Filter("organisation", "Acting for", choices=lines.organisations_offered),
    lists.Filter("staff", "Member of staff", hint="Name or number; your own people only"),
    lists.Filter("record", "Record", hint="Words of its title, or its identifier"),
    lists.Filter("recipient", "Recipient", hint="As it was recorded, in full"),
    lines.SINCE,
    lines.UNTIL,
]
ACTS: Final = lists.Listing(
    name="log-query-OFFICIAL-SENSITIVE", columns=lines.COLUMNS, filters=FILTERS, sort="-at"
)
COUNTS: Final = lists.Listing(
    name="log-counts-OFFICIAL-SENSITIVE",
    columns=[
        lists.Column("marking", "Marking", lambda r: choices.MARKING, export_only=True),
        lists.Column("month", "Month", lambda r: dates.month(r[0].month)),
        lists.Column("organisation", "Acting for", lambda r: r[1]),
        lists.Column("operation", "Did what", lambda r: LOGGED[r[0].operation]),
        lists.Column("acts", "Acts", lambda r: r[0].acts, numeric=True),
        lists.Column("records", "Records touched", lambda r: r[0].records, numeric=True),
        lists.Column("begins", "Month begins", lambda r: r[0].month, export_only=True),
        lists.Column("code", "Organisation", lambda r: r[0].organisation, export_only=True),
    ],
    filters=FILTERS,
    page_size=200,
)


def acts(request: ActingRequest) -> HttpResponseBase:
    """Every logged act that answers the filters."""
    asking.require(request.GET, FILTERS)

    def query(asked: lists.Asked) -> lists.Found:
        answer = operations.query_log(
            actor=request.actor,
            question=lines.question(choosing.resolved(request.actor, asked.filters)),
            page=lines.page_of(asked),
            at=clock.now(),
        )
        return lines.found(answer)

    return ACTS.answer(request, query, "oversight/log/acts.html", {"counted": lines.COUNTED})


def counts(request: ActingRequest) -> HttpResponseBase:
    """The same, counted by month, organisation and operation."""
    asking.require(request.GET, FILTERS)

    def query(asked: lists.Asked) -> lists.Found:
        rows = operations.count_log(
            actor=request.actor,
            question=lines.question(choosing.resolved(request.actor, asked.filters)),
            at=clock.now(),
        )
        named = subjects.names_of(f"organisation:{row.organisation}" for row in rows)
        found = [(row, named[f"organisation:{row.organisation}"]) for row in rows]
        end = None if asked.limit is None else asked.offset + asked.limit
        return lists.Found(found[asked.offset : end], len(found))

    return COUNTS.answer(request, query, "oversight/log/counts.html")


def alerts(request: ActingRequest) -> HttpResponse:
    """What the own people's looking gives to ask about."""
    people.require(request.actor, operations.QUERY)
    asking.require(request.GET, (lines.SINCE, lines.UNTIL))
    since, until = _period(request)
    found = operations.look_for_alerts(
        actor=request.actor, since=since, until=until, at=clock.now()
    )
    context = {
        "alerts": found,
        "rules": queries.rules(until),
        "since": since,
        "until": until,
        "address": _looks_of,
    }
    return web.page(request, "oversight/log/alerts.html", context)


def _looks_of(alert: choices.Alert) -> str:
    day = alert.day.isoformat()
    return f"{reverse('oversight:looks-by', args=[alert.staff])}?since={day}&until={day}"


def _period(request: ActingRequest) -> tuple[date, date]:
    """The days asked for, or the last of them that the rule pack says."""
    until = day_in(request.GET.get("until", "")) or civil.day_of(clock.now())
    days = rulepacks.load("log-alerts").value("period.days", until)
    since = day_in(request.GET.get("since", "")) or until - timedelta(days=days - 1)
    return min(since, until), until
