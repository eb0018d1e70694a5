"""Why one can see this; who can see this."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.kernel import civil, clock, registry, web
from crossforce.kernel.web import lists
from crossforce.oversight import operations, queries
from crossforce.oversight.queries.ledger import day_in
from crossforce.oversight.views import asking, called, choosing, lines, words
from crossforce.people.api import ActingRequest
from crossforce.sharing import api as sharing


def start(request: ActingRequest) -> HttpResponse:
    """Where somebody asks what they may do, and finds what waits."""
    given = {
        name: request.GET.get(name, "").strip()[:200]
        for name in ("kind", "action", "record", "on")
    }
    record = lines.uuid_in(given["record"])
    is_known = given["kind"] in registry.record_kinds
    is_day = not given["on"] or day_in(given["on"]) is not None
    if is_known and is_day and (record or not given["record"]):
        return redirect(_answer_to(given, record))
    hits = choosing.records_called(request.actor, given["record"], given["kind"])
    context = {
        "given": given,
        "kinds": lines.kinds_offered(),
        "actions": words.actions_offered(),
        "hits": [(hit, _answer_to({**given, "kind": hit.kind}, hit.id)) for hit in hits],
        "is_day": is_day,
        "may_explain": request.actor.may("access.explain"),
        "may_decide": request.actor.may(sharing.DECIDE),
        "waiting": queries.waiting(request.actor, words.instant_of("")),
        "posting": request.actor.posting,
    }
    return web.page(request, "oversight/access/start.html", context)


def _answer_to(given: dict[str, str], record: UUID | None) -> str:
    arguments = [given["kind"], *([record] if record else [])]
    name = "oversight:why" if record else "oversight:why-kind"
    asked = f"action={words.action_of(given['action'])}&on={given['on']}"
    return f"{reverse(name, args=arguments)}?{asked}"


def why(request: ActingRequest, kind: str, record: UUID | None = None) -> HttpResponse:
    """Why whoever acts may, or may not, do this to a record or to any of the kind."""
    action, at = _asked(request)
    found = queries.why(request.actor, kind, action, at, record)
    context = {"why": found, "who": "You", "record": record, "action": action, "at": at}
    if record is not None:
        context |= called.of(request.actor, kind, record)
    return _shown(request, kind, context)


def why_for(request: ActingRequest, posting: UUID, kind: str) -> HttpResponse:
    """The same about somebody else of the organisation, and any record of the kind."""
    action, at = _asked(request)
    purpose = request.GET.get("purpose", "")
    found = queries.why_for(request.actor, posting, purpose, kind, action, at)
    holder = queries.holders(request.actor, {posting}, at).get(posting)
    who = (
        (holder.name or f"Whoever is posted as {words.role(holder.role)}")
        if holder
        else "Nobody"
    )
    context = {"why": found, "who": who, "record": None, "action": action, "at": at}
    return _shown(request, kind, context)


def _asked(request: HttpRequest) -> tuple[str, Any]:
    given = request.GET
    return words.action_of(given.get("action", "")), words.instant_of(given.get("on", ""))


def _shown(request: ActingRequest, kind: str, context: dict[str, Any]) -> HttpResponse:
    said, today = context["why"].said, civil.day_of(clock.now())
    asked = words.asked(context["action"], is_record=context["record"] is not None)
    shown = {
        "kind": kind,
        "kind_title": lines.kind_title(kind),
        "actions": words.actions_offered(),
        "may_explain": request.actor.may("access.explain"),
        "may_audit": request.actor.may(operations.AUDIT),
        "words": words,
        "asked": asked,
        "title": words.question(context["who"], context["action"], asked, said, today),
        "when": words.as_of(said, today),
        "is_past": civil.day_of(said.at) < today,
    }
    return web.page(request, "oversight/access/why.html", {**context, **shown})


def _by_what(ground: queries.Ground) -> str:
    """The agreement, the rule of standing access, or how the single record was opened."""
    said = f"{ground.title}: {ground.heading}" if ground.heading else ground.title
    return words.how_opened(ground) + said


AUDIENCE: Final = lists.Listing(
    name="who-can-OFFICIAL-SENSITIVE",
    columns=[
        lists.Column("whom", "Who", lambda r: words.for_whom(r)),
        lists.Column(
            "purposes",
            "For which purposes",
            lambda r: words.purposes(r.reason.purposes) or "Any",
        ),
        lists.Column("title", "By what", _by_what),
        lists.Column("clause", "Clause", lambda r: r.reason.clause),
        lists.Column("period", "When", lambda r: words.period(r.reason)),
        lists.Column("text", "Its text", lambda r: r.text, export_only=True),
        lists.Column("agreement", "Agreement", lambda r: r.reason.agreement, export_only=True),
        lists.Column("version", "Version", lambda r: r.reason.version, export_only=True),
    ],
    filters=[
        lists.Filter("action", "To do what", choices=words.actions_offered, empty="Read"),
        lists.Filter("on", "On", hint="For example 2026-03-27"),
    ],
    page_size=200,
)


def who_can(request: ActingRequest, kind: str, record: UUID) -> HttpResponseBase:
    """Every clause and opening by which anybody can do this to a record of one's organisation."""
    asking.require(request.GET, AUDIENCE.filters)

    def query(asked: lists.Asked) -> lists.Found:
        at = words.instant_of(asked.filters.get("on", ""))
        action = words.action_of(asked.filters.get("action", ""))
        found = queries.who_can(request.actor, kind, record, action, at)
        end = None if asked.limit is None else asked.offset + asked.limit
        return lists.Found(found[asked.offset : end], len(found))

    context = {
        "kind": kind,
        "record": record,
        "title": called.of(request.actor, kind, record)["subject"],
        "may_open": request.actor.may(sharing.DECIDE),
    }
    return AUDIENCE.answer(request, query, "oversight/access/who-can.html", context)
