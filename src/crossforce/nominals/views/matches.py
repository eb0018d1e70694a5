"""The review queue: two records side by side, why they may be one person, and what people decide."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, marks
from crossforce.nominals.choices import Act, Judged, Lean
from crossforce.nominals.forms.matching import Judging
from crossforce.nominals.models import Match, Weighed
from crossforce.nominals.operations import matching as operations
from crossforce.nominals.queries import matching as reads
from crossforce.nominals.queries import person, reviewing, searching
from crossforce.nominals.queries.matching import WAITING, Pair
from crossforce.nominals.queries.reviewing import Position
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.rules import beside, waterfall
from crossforce.nominals.views import naming
from crossforce.people import api as people
from crossforce.people.api import ActingRequest

STATES: Final[dict[str, str]] = {
    WAITING: "Waits for a look",
    reads.SECOND: "Waits for a second person",
    reads.LEFT: "Left for later",
    Judged.CONFIRMED: "Confirmed: one person",
    Judged.REFUSED: "Refused: not the same person",
    Judged.WITHDRAWN: "Withdrawn: nothing is said",
}
WHEN: Final[dict[str, str]] = {
    Judged.PROPOSED: "When it was confirmed the first time",
    Judged.CONFIRMED: "When it was confirmed",
    Judged.REFUSED: "When it was refused",
    Judged.WITHDRAWN: "When it was withdrawn",
}
Button = tuple[str, str, str, str]
HALF = "Confirmed once: waits for a second person"
LEANS: Final[dict[str, str]] = {Lean.PROPOSE: "Proposed", Lean.REVIEW: "To be looked at"}
ONCE: Final = "Confirmed once. Somebody else has to confirm it as well."
STAYS: Final = "Left as it stands: it waits for a second person. Nothing of it was changed."
DONE: Final = {
    Act.CONFIRM: "Confirmed: one person.",
    Act.REFUSE: "Refused: not the same person.",
    Act.LEAVE: "Left for later.",
    Act.WITHDRAW: "Withdrawn. Nothing is said of the two any more.",
}
HEADING: Final = (
    "Marking", "State", "Weight", "Engine", "One", "One is held by", "Other", "Other is held by", "Why",
    "Weight when decided", "Engine when decided", "Model when decided", "Words when decided",
)  # fmt: skip
COLUMNS: Final = [web.lists.column(title, itemgetter(at)) for at, title in enumerate(HEADING)]
TITLES: Final = {"name": "Names", "birth": "Born", "sex": "Sex", "category": "Known as"}
FILTERS: Final = ("state", "lean", "page", "format")


@dataclass(frozen=True, slots=True)
class Kept:
    """What two records weighed at one act: no bars where nothing was held of them, or where all is as today."""

    when: str
    at: datetime
    odds: str
    lean: str
    floors: str
    waterfall: waterfall.Waterfall | None
    is_same: bool


@marks.in_english
def matches(request: ActingRequest) -> HttpResponseBase:
    """Pairs in a state, by weight."""
    asking.require(request, FILTERS)
    state = asking.one_of(request, "state", STATES) or WAITING
    lean = asking.one_of(request, "lean", [each.value for each in Lean]) or ""
    page = asking.number(request, "page")
    if asking.one_of(request, "format", ("csv",)):
        found = reads.taken_out(request.actor, state=state, lean=lean, page=page)
        return web.downloads.csv(f"matches-{found.marking}.csv", COLUMNS, _cells(found))
    found = reads.listed(request.actor, state=state, lean=lean, page=page)
    context = {
        "found": found,
        "may_take_out": reads.may_take_out(request.actor, found),
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
            found.marking, _stands(each), weight, LEANS.get(each.lean, ""),
            each.one.row.number, each.one.holder, each.other.row.number, each.other.holder,
            each.match.reason if each.match else "", *_decided(each),
        )  # fmt: skip


def _decided(pair: Pair) -> tuple[str | float, ...]:
    """What the two weighed when somebody decided last, as cells."""
    if not pair.weighed:
        return "", "", "", ""
    row = pair.weighed[0]
    weight = "" if row.weight is None else round(row.weight, 1)
    words = " ".join(each["words"] for each in row.evidence)
    return weight, LEANS.get(row.lean, ""), row.model, words


@marks.in_english
@asking.only("after")
def following(request: ActingRequest) -> HttpResponse:
    """On to the next two that wait; to the list when none do."""
    after = Position.read(request.GET.get("after", ""))
    found = reviewing.following(request.actor, after)
    if found is None:
        messages.success(request, "No two records wait that you may both read.")
        return redirect("nominals:matches")
    return redirect(f"{reverse('nominals:match', args=[found.one, found.other])}#pair")


@marks.in_english
def match(request: ActingRequest, one: UUID, other: UUID) -> HttpResponse:
    """Two records, side by side; and what is decided of them."""
    pair = reads.pair(request.actor, one, other)
    onward = _onward(reviewing.position(request.actor, pair))
    act = request.POST.get("act", "")
    form = Judging(request.POST or None, act=act)
    if form.is_valid():
        row = operations.decide(
            actor=request.actor,
            one=pair.one.id,
            other=pair.other.id,
            act=Act(act),
            reason=form.cleaned_data["reason"],
            version=web.forms.version_sent(request),
            at=clock.now(),
        )
        messages.success(request, _done(Act(act), row))
        return redirect(onward)
    context = {
        "pair": pair,
        "state": _stands(pair),
        "acts": _acts(pair, people.one_human(request.actor)),
        "lines": beside.lines(_said(pair.one), _said(pair.other)),
        "waterfall": waterfall.drawn(pair.likeness.evidence) if pair.likeness else None,
        "kept": [_kept(each, pair) for each in pair.weighed],
        "odds": "" if pair.weight is None else waterfall.odds(pair.weight),
        "lean": LEANS.get(pair.lean, ""),
        "onward": onward,
        "named": naming,
        "marking": searching.marking_of([pair.one, pair.other]),
    }
    version = pair.match.version if pair.match else 0
    return web.form_page(request, "nominals/match.html", form, context, version=version)


def _kept(row: Weighed, pair: Pair) -> Kept:
    """What they weighed at one act, to be shown beside what they weigh today."""
    today = pair.likeness
    is_same = today is not None and (row.model, row.evidence) == (
        today.model,
        today.evidence,
    )
    return Kept(
        WHEN[row.state],
        row.acted_at,
        "" if row.weight is None else waterfall.odds(row.weight),
        LEANS.get(row.lean, ""),
        _floors(row),
        waterfall.drawn(row.evidence) if row.evidence and not is_same else None,
        is_same,
    )


def _floors(row: Weighed) -> str:
    if row.proposed_above is None or row.reviewed_above is None:
        return ""
    propose, review = map(waterfall.signed, (row.proposed_above, row.reviewed_above))
    return f"proposed from {propose} bits, looked at from {review}"


def _onward(at: Position | None) -> str:
    """On from a position, which stands whatever is decided there."""
    address = reverse("nominals:match-next")
    return f"{address}?{urlencode({'after': str(at)})}" if at else address


def _done(act: Act, row: Match) -> str:
    """What was done, by how the two stand now."""
    if row.state == Judged.PROPOSED and row.first_by:
        return ONCE if act is Act.CONFIRM else STAYS
    return DONE[act]


def _stands(pair: Pair) -> str:
    """How the two stand; of what waits, for whom."""
    if pair.state == Judged.PROPOSED:
        return HALF if pair.is_half else STATES[reads.LEFT]
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
    """What a record says: what lists show of it first where no statement says it, then statement by statement."""
    row, facts = seen.row, person.facts(seen.row, seen.holder)
    yield beside.Said("Name", seen.title)
    said = {each.about for each in facts}
    shown = {
        "birth": naming.born(row.born),
        "sex": row.sex,
        "category": ", ".join(row.categories),
    }
    for about, words in shown.items():
        if words and about not in said:
            yield beside.Said(TITLES[about], words)
    for fact in facts:
        words = (
            naming.warning(fact.value["code"])
            if "code" in fact.value
            else person.in_words(fact)
        )
        yield beside.Said(
            TITLES.get(fact.about, fact.about.capitalize()),
            words,
            fact.asserted,
            fact.as_of,
            fact.source,
            fact.confidence,
        )
