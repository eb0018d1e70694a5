"""The first page, the list of a kind, and search."""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import lru_cache, partial
from operator import attrgetter
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.kernel import civil, clock, ids, web
from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.registry import RecordKind
from crossforce.kernel.web import dates, language, lists, marks, sealed, shown
from crossforce.people.choices import Actor
from crossforce.records import forms, operations, queries
from crossforce.records.choices import MARKINGS, NOT_KNOWN
from crossforce.records.rules import marking
from crossforce.records.views import files, grouping
from crossforce.records.views.acting import ActingRequest, around, pages_for

WORDS: Final = "q"
WIDEST = marking.WIDEST
KNOWN: Final = frozenset({shown.PAGE, lists.SORT, lists.FORMAT, "lang"})
LONGEST_SHOWN: Final = 60
CHOSEN_MARKINGS: Final = tuple((each, each) for each in MARKINGS)
CHOSEN_PURPOSES: Final = tuple(forms.PURPOSES.items())


@marks.repeatable
@marks.only_reads_when_asked
def start(request: ActingRequest) -> HttpResponseBase:
    """Every kind of record, and the search over all of them.

    What is asked is sent, and led to the address of its answer, which says nothing of it: people are asked for here too.
    """
    if request.method == "POST":
        sent = {name: request.POST.get(name, "") for name in ("q", "kind")}
        return redirect(_address(request.actor, sent))
    given = request.GET.dict()
    if of := given.pop(sealed.OF, ""):
        given = sealed.opened(_whose(request.actor), of, clock.now())
    words, kind = given.get("q", ""), given.get("kind", "")
    kinds = queries.kinds_of()
    chosen = [kind] if kind in {each.name for each in kinds} else []
    hits = queries.search(request.actor, words, chosen)
    context = {
        "groups": grouping.grouped(kinds),
        **_shelves(request.actor, kinds, words),
        "titles": {each.name: each.title for each in kinds},
        "words": words,
        "chosen": kind,
        "hits": hits,
        "narrowed": {
            name: _address(request.actor, {"q": words, "kind": name}) for name in hits.kinds
        },
        "button": web.forms.bare(request),
        "marking": hits.marking if hits.rows else WIDEST,
    }
    return web.page(request, "records/start.html", context)


def _shelves(
    actor: Actor, kinds: Sequence[RecordKind], words: str
) -> dict[str, list[grouping.Group]]:
    """The kinds to go through, those apart of which there is nothing to read; an answer to words has none beside it."""
    if words:
        return {"shelves": [], "apart": []}
    apart = grouping.apart(kinds, queries.readable(actor))
    open_ = [each for each in kinds if each not in apart]
    return {"shelves": grouping.grouped(open_), "apart": grouping.grouped(apart)}


def _address(actor: Actor, asked: Mapping[str, str]) -> str:
    """Where the answer is, for this posting alone."""
    of = sealed.sealed(_whose(actor), asked, clock.now())
    return f"{reverse('records:list')}?{sealed.OF}={of}"


def _whose(actor: Actor) -> str:
    return f"records|{actor.posting}"


@marks.only_reads_when_asked
def of_kind(request: ActingRequest, kind: str) -> HttpResponseBase:
    """The records of one kind. Words in the address itself, as in an old bookmark, are led to where they are sealed."""
    declared = queries.kind_of(kind)
    if WORDS in request.GET:
        return redirect(_listed(request.actor, kind, request.GET.dict()))
    query = partial(queries.lines, request.actor, kind)
    shape = listing(declared)
    opened = _opened(request, kind)
    require(opened.GET, shape)
    reading = shape.read(opened)
    if request.GET.get(lists.FORMAT) == "csv":
        return _file(request, kind, reading.everything())
    found = query(reading)
    context = {
        "kind": declared,
        "words": opened.GET.get(WORDS, ""),
        "kept": urlencode(_kept(request, shape)),
        "marking": queries.marking_of(found.rows),
        "pages": () if found.rows else pages_for("kind"),
    }
    return shape.answer(request, lambda asked: found, "records/list.html", context, reading)


def _opened(request: ActingRequest, kind: str) -> ActingRequest:
    """The request with the words that its address does not say."""
    of = request.GET.get(sealed.OF)
    if not of:
        return request
    said = sealed.opened(f"{_whose(request.actor)}|{kind}", of, clock.now())
    found = copy(request)
    plain = {name: value for name, value in request.GET.items() if name != sealed.OF}
    found.GET = QueryDict(urlencode(plain | said))
    return found


@marks.repeatable
def words(request: ActingRequest, kind: str) -> HttpResponse:
    """Words by which records of a kind are listed: sent, and led to the list, whose address does not say them."""
    declared = queries.kind_of(kind)
    kept = _kept(request, listing(declared))
    if request.method == "POST":
        sent = {WORDS: request.POST.get(WORDS, "")}
        return redirect(_listed(request.actor, kind, kept | sent))
    context = {
        "kind": declared,
        "words": _opened(request, kind).GET.get(WORDS, ""),
        "button": web.forms.bare(request),
    }
    return web.page(request, "records/words.html", context)


def _kept(request: ActingRequest, shape: lists.Listing) -> dict[str, str]:
    """What else the list is asked for, and in which order: other words change nothing of that."""
    names = (*(each.name for each in shape.filters if not each.is_sent), lists.SORT, sealed.OF)
    return {name: value for name in names if (value := request.GET.get(name, ""))}


def _listed(actor: Actor, kind: str, given: Mapping[str, str]) -> str:
    """The list that is asked for, at an address that says nothing of its words."""
    asked = {name: value for name, value in given.items() if name not in (WORDS, sealed.OF)}
    if words := given.get(WORDS, "").strip()[: lists.LONGEST_TEXT]:
        whose = f"{_whose(actor)}|{kind}"
        asked[sealed.OF] = sealed.sealed(whose, {WORDS: words}, clock.now())
    where = reverse("records:of-kind", args=[kind])
    return f"{where}?{urlencode(asked)}" if asked else where


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
    return files.csv(kind, done, left_out, to=queries.name_of(done.recipient))


def require(given: Mapping[str, str], shape: lists.Listing) -> None:
    """What is asked of a list is understood or refused, never left out: the answer may be evidence.

    Raises NotUnderstood, which names the field.
    """
    filters = {one.name: one for one in shape.filters}
    for name, value in given.items():
        text, one = value.strip(), filters.get(name)
        if one is None and name not in KNOWN:
            raise NotUnderstood(
                f"This list has no field “{name[:LONGEST_SHOWN]}”. It has: {', '.join(filters)}."
            )
        if (
            text
            and one
            and one.choices
            and text not in {str(code) for code, _ in one.choices()}
        ):
            raise NotUnderstood(
                f"{one.title}: “{text[:LONGEST_SHOWN]}” is none of the choices. Choose one from the list."
            )


def listing(kind: RecordKind) -> lists.Listing:
    """The columns and filters of a kind's list."""
    return _listing(kind, language.current())


@lru_cache(maxsize=256)
def _listing(kind: RecordKind, code: str) -> lists.Listing:
    """It is the same for everybody who reads in that language."""
    day, (before, after) = dates.writer(), around(kind.name)
    return lists.Listing(
        name=kind.name,
        columns=[
            lists.Column(
                "title",
                "Title",
                attrgetter("title"),
                lambda each: f"{before}{ids.text(each.id)}{after}",
                sortable=bool(kind.title_field),
            ),
            lists.Column("marking", "Marking", attrgetter("place.marking")),
            lists.Column("holder", "Held by", attrgetter("holder")),
            lists.Column("collection", "Collection", attrgetter("collection")),
            lists.Column(
                "review_due",
                "Review due",
                lambda each: _due(day, each.review_due),
                sortable=True,
            ),
            lists.Column(
                "created_at",
                "Added",
                lambda each: day(each.created_at.astimezone(civil.LONDON).date()),
                sortable=True,
            ),
        ],
        filters=[
            lists.Filter("q", "Words", is_sent=True),
            lists.Filter("marking", "Marking", choices=lambda: CHOSEN_MARKINGS),
            lists.Filter("holder", "Held by", choices=holders),
            lists.Filter(
                "purpose",
                "Policing purpose",
                choices=lambda: CHOSEN_PURPOSES,
            ),
        ],
        sort="-created_at",
    )


def _due(day: Callable[[date | None], str], due: date | None) -> str:
    return forms.UNKNOWN if due == NOT_KNOWN else day(due)


def holders() -> tuple[tuple[str, str], ...]:
    """Forces, for the filter."""
    return queries.forces()
