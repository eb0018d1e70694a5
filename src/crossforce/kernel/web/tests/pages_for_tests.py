"""A small app of pages that the frame's own tests drive: a note that can be edited."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import include, path

from crossforce.kernel import refusals, web
from crossforce.kernel.models import Answer
from crossforce.kernel.web import api, lists
from crossforce.kernel.web.tests import api_for_tests

ROWS = [(f"row {number:03}", number) for number in range(120)]
DONE: list[str] = []

LISTING = lists.Listing(
    name="rows",
    columns=[
        lists.Column("name", "Name", lambda row: row[0], sortable=True),
        lists.Column("number", "Number", lambda row: row[1], sortable=True, numeric=True),
        lists.Column("formula", "Formula", lambda row: "=1+1", export_only=True),
    ],
    filters=[
        lists.Filter("q", "Words"),
        lists.Filter("half", "Half", choices=lambda: [("low", "Low"), ("high", "High")]),
    ],
    sort="name",
)


class NoteForm(forms.Form):
    text = forms.CharField(label="Text", max_length=20)
    on = web.dateparts.DateField(label="On", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)


def rows(asked: lists.Asked) -> lists.Found:
    found = [row for row in ROWS if asked.filters.get("q", "") in row[0]]
    if half := asked.filters.get("half"):
        found = [row for row in found if (row[1] < 60) == (half == "low")]
    key = 1 if asked.sort == "number" else 0
    found.sort(key=lambda row: row[key], reverse=asked.descending)
    end = None if asked.limit is None else asked.offset + asked.limit
    return lists.Found(found[asked.offset : end], len(found))


@web.public
def listed(request: HttpRequest) -> HttpResponseBase:
    return LISTING.answer(request, rows, "kernel/tests/list.html")


@web.public
def edit(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if text == "stale" and web.forms.version_sent(request) != 7:
            raise refusals.StaleVersion
        DONE.append(text)
        Answer.objects.create(
            asker="test", key=text, fingerprint="", asked_at="2026-01-01T00:00Z"
        )
        if text == "refused":
            raise refusals.Refused("Only Kent may do this.")
        return redirect("/test/list/")
    return web.form_page(request, "kernel/tests/form.html", form, version=7)


@web.public
def hidden(request: HttpRequest, number: int) -> HttpResponse:
    raise refusals.Missing(f"secret {number}")


@web.public
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


def staff_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


interface = api.assemble("api-of-the-tests")
interface.mount("notes", api_for_tests.router)

urlpatterns = [
    path("api/tests/", interface.urls),
    path("test/list/", listed),
    path("test/edit/", edit),
    path("test/hidden/<int:number>/", hidden),
    path("test/broken/", broken),
    path("test/staff/", staff_only),
    path("", include("crossforce.config.urls")),
]
handler404 = "crossforce.kernel.web.refusals.missing"
handler500 = "crossforce.kernel.web.refusals.fault"
