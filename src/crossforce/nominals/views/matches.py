"""The review queue: two records side by side, why they may be one person, and what people decide."""

from collections.abc import Iterator, Set
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.kernel import clock, web
from crossforce.kernel.refusals import NotUnderstood
from crossforce.kernel.web import asking, marks
from crossforce.nominals.choices import Act, Judged, Lean
from crossforce.nominals.forms.matching import Judging
from crossforce.nominals.operations import matching as operations
from crossforce.nominals.queries import matching as reads
from crossforce.nominals.queries import person, searching
from crossforce.nominals.queries.matching import WAITING, Pair
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.rules import beside, waterfall
from crossforce.nominals.views import naming
from crossforce.people import api as people
from crossforce.people.api import ActingRequest

STATES: Final[dict[str, str]] = {
    WAITING: "Waits for a look",
    Judged.PROPOSED: "Left for later, or waits for a second person",
    Judged.CONFIRMED: "Confirmed: one person",
    Judged.REFUSED: "Refused: not the same person",
    Judged.WITHDRAWN: "Withdrawn: nothing is said",
}
Button = tuple[str, str, str, str]
HALF, LEFT = "Confirmed once: waits for a second person", "Left for later"
LEANS: Final[dict[str, str]] = {Lean.PROPOSE: "Proposed", Lean.REVIEW: "To be looked at"}
DONE: Final = {
    Act.CONFIRM: "Confirmed: one person.",
    Act.REFUSE: "Refused: not the same person.",
    Act.LEAVE: "Left for later.",
    Act.WITHDRAW: "Withdrawn. Nothing is said of the two any more.",
}
HEADING: Final = (
    "Marking", "State", "Weight", "Engine", "One", "One is held by", "Other", "Other is held by", "Why",
)  # fmt: skip
COLUMNS: Final = [
    web.lists.Column(title, title, lambda row, at=at: row[at])  # type: ignore[misc]
    for at, title in enumerate(HEADING)
]
FILTERS: Final = ("state", "lean", "page", "format")


@marks.in_english
def matches(request: ActingRequest) -> HttpResponseBase:
    """Pairs in a state, by weight."""
    asking.require(request, FILTERS)
    state = asking.one_of(request, "state", reads.STATES) or WAITING
    lean = asking.one_of(request, "lean", [each.value for each in Lean]) or ""
    page = asking.number(request, "page")
    if asking.one_of(request, "format", ("csv",)):
        found = reads.taken_out(request.actor, state=state, lean=lean, page=page)
        return web.downloads.csv(f"matches-{found.marking}.csv", COLUMNS, _cells(found))
    found = reads.listed(request.actor, state=state, lean=lean, page=page)
    context = {
        "found": found,
        "states": STATES,
        "leans": LEANS,
        "state": state,
        "lean": lean,
        "named": naming,
        "signed": waterfall.signed,
        "marking": found.marking,
    }
    return web.page(request, "nominals/matches.html", context)


def _cells(found: reads.Found) -> Iterator[tuple[Any, ...]]:
    for each in found.pairs:
        weight = "" if each.weight is None else round(each.weight, 1)
        yield (
            found.marking, STATES[each.state], weight, LEANS.get(each.lean, ""),
            each.one.row.number, each.one.holder, each.other.row.number, each.other.holder,
            each.match.reason if each.match else "",
        )  # fmt: skip


@marks.in_english
@asking.only("after_one", "after_other")
def following(request: ActingRequest) -> HttpResponse:
    """On to the next two that wait; to the list when none do."""
    after = _after(request)
    found = reads.following(request.actor, after)
    if found is None:
        messages.success(request, "No two records wait that you may both read.")
        return redirect("nominals:matches")
    return redirect(f"{reverse('nominals:match', args=found)}#pair")


def _after(request: HttpRequest) -> tuple[UUID, UUID] | None:
    told = [request.GET.get(name, "") for name in ("after_one", "after_other")]
    if not any(told):
        return None
    try:
        return UUID(told[0]), UUID(told[1])
    except ValueError:
        raise NotUnderstood("There are no such two records.") from None


@marks.in_english
def match(request: ActingRequest, one: UUID, other: UUID) -> HttpResponse:
    """Two records, side by side; and what is decided of them."""
    pair = reads.pair(request.actor, one, other)
    act = request.POST.get("act", "")
    form = Judging(request.POST or None, act=act)
    if form.is_valid():
        operations.decide(
            actor=request.actor,
            one=pair.one.id,
            other=pair.other.id,
            act=Act(act),
            reason=form.cleaned_data["reason"],
            version=web.forms.version_sent(request),
            at=clock.now(),
        )
        messages.success(request, DONE[Act(act)])
        return redirect(_onward(pair))
    context = {
        "pair": pair,
        "state": _stands(pair),
        "acts": _acts(pair, people.one_human(request.actor)),
        "lines": beside.lines(_said(pair.one), _said(pair.other)),
        "waterfall": waterfall.drawn(pair.likeness.evidence) if pair.likeness else None,
        "odds": "" if pair.weight is None else waterfall.odds(pair.weight),
        "lean": LEANS.get(pair.lean, ""),
        "onward": _onward(pair),
        "named": naming,
        "marking": searching.marking_of([pair.one, pair.other]),
    }
    version = pair.match.version if pair.match else 0
    return web.form_page(request, "nominals/match.html", form, context, version=version)


def _onward(pair: Pair) -> str:
    return (
        f"{reverse('nominals:match-next')}?after_one={pair.one.id}&after_other={pair.other.id}"
    )


def _stands(pair: Pair) -> str:
    """How the two stand; of what waits, for whom."""
    if pair.match and pair.state == Judged.PROPOSED:
        return HALF if pair.match.first_by else LEFT
    return STATES[pair.state]


def _acts(pair: Pair, mine: Set[str]) -> list[Button]:
    """What may be done now: its word, what the button says, its key, and how it looks. One confirms once."""
    if pair.state in reads.DECIDED:
        return [(Act.WITHDRAW, "Withdraw the decision", "w", "govuk-button--warning")]
    confirm: Button = (Act.CONFIRM, "One person", "c", "")
    rest: list[Button] = [
        (Act.REFUSE, "Not the same person", "r", "govuk-button--secondary"),
        (Act.LEAVE, "Leave for later", "l", "govuk-button--secondary"),
    ]
    return rest if pair.match and pair.match.first_by in mine else [confirm, *rest]


def _said(seen: Seen) -> Iterator[beside.Said]:
    """What a record says: what lists show of it first, then statement by statement."""
    row = seen.row
    yield beside.Said("Name", seen.title)
    if row.born:
        yield beside.Said("Born", row.born)
    if row.sex:
        yield beside.Said("Sex", row.sex)
    if row.categories:
        yield beside.Said("Known as", ", ".join(row.categories))
    for fact in person.facts(row, seen.holder):
        words = (
            naming.warning(fact.value["code"])
            if "code" in fact.value
            else person.in_words(fact)
        )
        yield beside.Said(
            fact.about.capitalize() if fact.about != "name" else "Names",
            words,
            fact.asserted,
            fact.as_of,
            fact.source,
            fact.confidence,
        )
