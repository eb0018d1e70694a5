"""Writing a draft: begin, edit with findings, upload, download, discard, propose."""

from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.agreements import forms, operations
from crossforce.agreements.queries import agreements, drafting
from crossforce.agreements.views.asking import ActingRequest, of_a_draft, said_on
from crossforce.kernel import civil, clock, web
from crossforce.people import api as people


def begin(request: ActingRequest) -> HttpResponse:
    me = request.actor
    people.require(me, "agreement.draft")
    today = civil.day_of(clock.now())
    form = forms.Begin(
        request.POST or None,
        forces=drafting.forces(today),
        longest_title=drafting.longest_title(today),
        initial={"starter": "joint-unit", "forces": drafting.own_forces(me)},
    )
    if form.is_valid():
        with said_on(form):
            given = form.cleaned_data
            operations.begin(
                actor=me,
                owner=me.organisation,
                reference=given["reference"],
                document=drafting.started(given["starter"], form.wanted),
                at=clock.now(),
            )
            return redirect("agreements:draft", given["reference"])
    return web.form_page(request, "agreements/begin.html", form)


def vary(request: ActingRequest, reference: str) -> HttpResponse:
    shown = agreements.of(request.actor, reference)
    if request.method == "POST":
        me = request.actor
        operations.vary(actor=me, owner=me.organisation, reference=reference, at=clock.now())
        return redirect("agreements:draft", reference)
    context = {"agreement": shown, "form": web.forms.bare(request)}
    return web.page(request, "agreements/vary.html", context)


@of_a_draft
def edit(request: ActingRequest, reference: str) -> HttpResponse:
    draft = agreements.draft_of(request.actor, reference)
    form = forms.Write(request.POST or None, initial={"document": draft.document})
    if form.is_valid():
        with said_on(form):
            operations.save(
                actor=request.actor,
                reference=reference,
                document=form.cleaned_data["document"],
                version=web.forms.version_sent(request),
                at=clock.now(),
            )
            return redirect("agreements:draft", reference)
    context = {
        "draft": draft,
        "desk": drafting.desk(request.actor, draft, clock.now()),
        "upload": web.forms.adapt(request, forms.Upload(), version=draft.version),
        "button": web.forms.bare(request, version=draft.version),
    }
    return web.form_page(request, "agreements/draft.html", form, context, version=draft.version)


@of_a_draft
def upload(request: ActingRequest, reference: str) -> HttpResponse:
    draft = agreements.draft_of(request.actor, reference)
    form = forms.Upload(request.POST or None, request.FILES or None)
    if form.is_valid():
        with said_on(form):
            operations.save(
                actor=request.actor,
                reference=reference,
                document=form.cleaned_data["file"],
                version=web.forms.version_sent(request),
                at=clock.now(),
            )
            return redirect("agreements:draft", reference)
    context = {"draft": draft}
    return web.form_page(
        request, "agreements/upload.html", form, context, version=draft.version
    )


@of_a_draft
def download(request: ActingRequest, reference: str) -> HttpResponse:
    draft = agreements.draft_of(request.actor, reference)
    response = HttpResponse(draft.document, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{reference}.toml"'
    return response


@of_a_draft
def propose(request: ActingRequest, reference: str) -> HttpResponse:
    draft = agreements.draft_of(request.actor, reference)
    if request.method == "POST":
        operations.propose(
            actor=request.actor,
            reference=reference,
            version=web.forms.version_sent(request),
            at=clock.now(),
        )
        return redirect("agreements:show", reference)
    context = {
        "draft": draft,
        "desk": drafting.desk(request.actor, draft, clock.now()),
        "form": web.forms.bare(request, version=draft.version),
    }
    return web.page(request, "agreements/propose.html", context)


@of_a_draft
def discard(request: ActingRequest, reference: str) -> HttpResponse:
    draft = agreements.draft_of(request.actor, reference)
    if request.method == "POST":
        operations.discard(
            actor=request.actor,
            reference=reference,
            version=web.forms.version_sent(request),
            at=clock.now(),
        )
        return redirect("agreements:mine")
    context = {"draft": draft, "form": web.forms.bare(request, version=draft.version)}
    return web.page(request, "agreements/discard.html", context)
