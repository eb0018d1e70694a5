"""The first page, the list of a kind, and search."""

from functools import partial

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from crossforce.kernel import civil, clock, web
from crossforce.kernel.registry import RecordKind
from crossforce.kernel.web import dates, lists
from crossforce.records import forms, operations, queries
from crossforce.records.choices import MARKINGS
from crossforce.records.rules import marking
from crossforce.records.views import files
from crossforce.records.views.acting import ActingRequest, address

WIDEST = marking.WIDEST


def start(request: ActingRequest) -> HttpResponse:
    """Every kind of record, and the search over all of them."""
    words = request.GET.get("q", "")
    kind = request.GET.get("kind", "")
    kinds = queries.kinds_of()
    chosen = [kind] if kind in {each.name for each in kinds} else []
    hits = queries.search(request.actor, words, chosen)
    context = {
        "kinds": kinds,
        "titles": {each.name: each.title for each in kinds},
        "words": words,
        "chosen": kind,
        "hits": hits,
        "marking": hits.marking if hits.rows else WIDEST,
    }
    return web.page(request, "records/start.html", context)


def suggest(request: ActingRequest) -> HttpResponse:
    """Titles that complete what is being typed."""
    return JsonResponse({"titles": queries.suggest(request.actor, request.GET.get("q", ""))})


def of_kind(request: ActingRequest, kind: str) -> HttpResponseBase:
    """The records of one kind."""
    declared = queries.kind_of(kind)
    query = partial(queries.listed, request.actor, kind)
    shape = listing(declared)
    if request.GET.get(lists.FORMAT) == "csv":
        return _file(request, kind, shape.read(request).everything())
    found = query(shape.read(request))
    context = {"kind": declared, "marking": queries.marking_of(found.rows)}
    return shape.answer(request, lambda asked: found, "records/list.html", context)


def _file(request: ActingRequest, kind: str, asked: lists.Asked) -> HttpResponse:
    """The list as a file for one's own organisation: a disclosure, with its entry."""
    records, left_out = queries.disclosable(request.actor, kind, asked)
    if not records:
        raise operations.MayNotDisclose
    done = operations.disclose(
        actor=request.actor,
        kind=kind,
        records=records,
        recipient=request.actor.organisation,
        reason="list",
        at=clock.now(),
    )
    return files.csv(kind, done, left_out)


def listing(kind: RecordKind) -> lists.Listing:
    """The columns and filters of a kind's list."""
    return lists.Listing(
        name=kind.name,
        columns=[
            lists.Column("title", "Title", _title, _address, sortable=bool(kind.title_field)),
            lists.Column("marking", "Marking", lambda each: each.place.marking),
            lists.Column("holder", "Held by", lambda each: each.holder),
            lists.Column("collection", "Collection", lambda each: each.collection),
            lists.Column("review_due", "Review due", _due, sortable=True),
            lists.Column("created_at", "Added", _added, sortable=True),
        ],
        filters=[
            lists.Filter("q", "Words"),
            lists.Filter("marking", "Marking", choices=lambda: [(m, m) for m in MARKINGS]),
            lists.Filter("holder", "Held by", choices=holders),
            lists.Filter(
                "purpose",
                "Policing purpose",
                choices=lambda: [(code.value, name) for code, name in forms.PURPOSES.items()],
            ),
        ],
        sort="-created_at",
    )


def holders() -> list[tuple[str, str]]:
    """Forces, for the filter."""
    return queries.forces()


def _title(each: queries.Listed) -> str:
    return each.row.title


def _address(each: queries.Listed) -> str:
    return address(each.row.record_kind, each.row.pk)


def _due(each: queries.Listed) -> str:
    return dates.day(each.row.review_due)


def _added(each: queries.Listed) -> str:
    return dates.day(civil.day_of(each.row.created_at))
