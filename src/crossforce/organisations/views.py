"""Pages of organisations: the public directory, a force's own units, and changes to bodies."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import acting, dates, jinja, lists
from crossforce.ledger.api import Acts
from crossforce.organisations import forms, operations, queries
from crossforce.organisations.choices import (
    Enactment,
    OrganisationKind,
    SuccessionRelation,
    source_in_words,
    title_of_body,
    title_of_confidence,
    title_of_kind,
    title_of_office,
    title_of_relation,
)
from crossforce.organisations.directory.areas import FILE
from crossforce.organisations.models import Organisation

TITLES = {
    "source_in_words": source_in_words,
    "title_of_body": title_of_body,
    "title_of_confidence": title_of_confidence,
    "title_of_kind": title_of_kind,
    "title_of_office": title_of_office,
    "title_of_relation": title_of_relation,
}


ActingRequest = acting.ActingRequest[Acts]


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, jinja.in_language(title_of_kind(kind))) for kind in OrganisationKind]


def regions() -> list[tuple[str, str]]:
    known = queries.directory().of_kind(OrganisationKind.REGION)
    return sorted(
        ((each.code, jinja.in_language(each.name)) for each in known), key=lambda pair: pair[1]
    )


def address_of(line: queries.Line) -> str:
    return reverse("organisations:show", args=[line.body.code])


LISTING = lists.Listing(
    name="organisations",
    columns=[
        lists.Column(
            "name", _("Name"), lambda r: jinja.in_language(r.name), address_of, sortable=True
        ),
        lists.Column(
            "kind",
            _("Kind"),
            lambda r: jinja.in_language(title_of_kind(r.body.kind)),
            sortable=True,
        ),
        lists.Column("since", _("From"), lambda r: dates.day(r.body.first_day), sortable=True),
        lists.Column("until", _("Until"), lambda r: dates.day(r.body.end_day), sortable=True),
        lists.Column("code", _("Code"), lambda r: r.body.code, export_only=True),
        lists.Column("force", _("Force"), lambda r: r.body.force_id, export_only=True),
        lists.Column("ons_code", _("ONS code"), lambda r: r.body.ons_code, export_only=True),
        lists.Column("source", _("Source"), lambda r: r.body.source, export_only=True),
    ],
    filters=[
        lists.Filter("q", _("Name or code")),
        lists.Filter("kind", _("Kind"), choices=kinds),
        lists.Filter("region", _("Region"), choices=regions),
        lists.Filter("on", _("Existing on"), hint=_("For example 2012-11-21")),
    ],
    sort="name",
)


@web.public
def directory(request: HttpRequest) -> HttpResponseBase:
    query = partial(_listed, getattr(request, "actor", None))
    return LISTING.answer(request, query, "organisations/list.html")


@web.public
def show(request: HttpRequest, code: str) -> HttpResponse:
    actor = getattr(request, "actor", None)
    found = queries.profile(actor, code, today=civil.day_of(clock.now()))
    shown = {
        "profile": found,
        "may_change": actor is not None and actor.may("organisation.succeed"),
    }
    return web.page(request, "organisations/show.html", shown | TITLES)


@web.public
def areas(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(FILE.read_bytes(), content_type="application/geo+json")
    response.headers["Content-Disposition"] = 'attachment; filename="force-areas.geojson"'
    return response


def units(request: ActingRequest, code: str) -> HttpResponse:
    context = {
        "organisation": queries.organisation(request.actor, code),
        "units": queries.units(request.actor, organisation=code),
        "may_change": request.actor.may("organisation.administer", code),
        "today": civil.day_of(clock.now()),
    }
    return web.page(request, "organisations/units.html", context)


def open_unit(request: ActingRequest, code: str) -> HttpResponse:
    operations.permit(request.actor, "organisation.administer", code)
    organisation = queries.organisation(request.actor, code)
    known = queries.units(request.actor, organisation=code)
    form = forms.OpenUnit(request.POST or None, units=known)
    if form.is_valid():
        unit = operations.NewUnit(
            code=form.cleaned_data["code"],
            name=form.words,
            since=forms.day(form.cleaned_data["since"]),
            above=form.above_id,
        )
        operations.open_unit(actor=request.actor, organisation=code, unit=unit, at=clock.now())
        return redirect("organisations:units", code)
    return _form(request, form, "Open a unit", organisation, "Open the unit")


def change_unit(request: ActingRequest, code: str, unit: UUID) -> HttpResponse:
    operations.permit(request.actor, "organisation.administer", code)
    row = queries.unit(request.actor, unit, organisation=code)
    known = queries.units(request.actor, organisation=code)
    initial = {
        "name_en": row.name_en,
        "name_cy": row.name_cy,
        "above": str(row.parent_id or ""),
    }
    form = forms.PlacedUnit(request.POST or None, initial=initial, units=known)
    if form.is_valid():
        operations.change_unit(
            actor=request.actor,
            unit=unit,
            version=web.forms.version_sent(request),
            name=form.words,
            above=form.above_id,
            at=clock.now(),
        )
        return redirect("organisations:units", code)
    organisation = queries.organisation(request.actor, code)
    return _form(request, form, f"Change {row.name_en}", organisation, "Save", row.version)


def close_unit(request: ActingRequest, code: str, unit: UUID) -> HttpResponse:
    operations.permit(request.actor, "organisation.administer", code)
    row = queries.unit(request.actor, unit, organisation=code)
    form = forms.CloseUnit(request.POST or None)
    if form.is_valid():
        operations.close_unit(
            actor=request.actor,
            unit=unit,
            version=web.forms.version_sent(request),
            on=forms.day(form.cleaned_data["on"]),
            at=clock.now(),
        )
        return redirect("organisations:units", code)
    organisation = queries.organisation(request.actor, code)
    return _form(
        request, form, f"Close {row.name_en}", organisation, "Close the unit", row.version
    )


def rename(request: ActingRequest, code: str) -> HttpResponse:
    operations.permit(request.actor, "organisation.succeed")
    row = queries.organisation(request.actor, code)
    form = forms.Rename(request.POST or None)
    if form.is_valid():
        operations.rename(
            actor=request.actor,
            organisation=code,
            version=web.forms.version_sent(request),
            name=form.words,
            enactment=_enactment(form.cleaned_data),
            at=clock.now(),
        )
        return redirect("organisations:show", code)
    return _form(request, form, f"Rename {row.name_en}", row, "Record the name", row.version)


def succeed(request: ActingRequest, code: str) -> HttpResponse:
    operations.permit(request.actor, "organisation.succeed")
    row = queries.organisation(request.actor, code)
    form = forms.Succeed(request.POST or None)
    if form.is_valid():
        operations.follow_or_end(
            actor=request.actor,
            organisation=code,
            version=web.forms.version_sent(request),
            heir=_heir(form.cleaned_data),
            enactment=_enactment(form.cleaned_data),
            at=clock.now(),
        )
        return redirect("organisations:show", code)
    return _form(request, form, f"End or replace {row.name_en}", row, "Record it", row.version)


def _listed(actor: object, asked: lists.Asked) -> lists.Found:
    return queries.listed(actor, asked, today=civil.day_of(clock.now()))


def _form(
    request: HttpRequest,
    form: Any,
    title: str,
    organisation: Organisation,
    button: str,
    version: int | None = None,
) -> HttpResponse:
    context = {"title": title, "organisation": organisation, "button": button}
    return web.form_page(request, "organisations/form.html", form, context, version=version)


def _enactment(sent: dict[str, Any]) -> Enactment:
    return Enactment(on=forms.day(sent["on"]), source=sent["source"])


def _heir(sent: dict[str, Any]) -> operations.Heir | None:
    if not sent["successor"]:
        return None
    relation = SuccessionRelation(sent["relation"])
    return operations.Heir(sent["successor"], relation, ends=not sent["lives_on"])
