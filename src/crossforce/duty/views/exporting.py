"""Duties written out as the exports that they came from."""

from typing import Any

from django.http import HttpResponse

from crossforce.duty import forms, queries
from crossforce.duty import mapping as exports
from crossforce.duty.choices import MARKING
from crossforce.duty.operations import mappings
from crossforce.duty.queries.exporting import EndsBefore, Exported, SeesNone
from crossforce.duty.views.importing import FIRST, chosen
from crossforce.kernel import civil, web
from crossforce.people.api import ActingRequest


def export(request: ActingRequest) -> HttpResponse:
    """Write duties as the export that a mapping describes; say first which it cannot."""
    form = forms.ExportAsked(request.POST or None)
    kept = chosen(request, form)
    context: dict[str, Any] = {"marking": MARKING, "mappings": kept}
    if form.is_valid():
        of = mappings.understood(kept[form.cleaned_data["mapping"]].text)
        try:
            written = _written(request, form, of)
        except SeesNone as wrong:
            form.add_error("mapping", wrong.message)
        except EndsBefore as wrong:
            form.add_error("last_day", wrong.message)
        else:
            if form.cleaned_data["give"] or not written.left_out:
                return _file(form, of, written)
            context |= {
                "number": written.number,
                "left_out": written.left_out[:FIRST],
                "all_left_out": len(written.left_out),
            }
    return web.form_page(request, "duty/import-export.html", form, context)


def _written(request: ActingRequest, form: forms.ExportAsked, of: exports.Mapping) -> Exported:
    given = form.cleaned_data
    starts_at = civil.instant(given["first_day"])
    ends_at = civil.instant(civil.next_day(given["last_day"]))
    return queries.exported(request.actor, of, starts_at, ends_at)


def _file(form: forms.ExportAsked, of: exports.Mapping, written: Exported) -> HttpResponse:
    """What can be written, or the list of what cannot."""
    name = f"{of.name}-{form.cleaned_data['first_day']}"
    if form.cleaned_data["give"] == "list":
        report = exports.report(written.left_out, MARKING)
        named = f"{name}-left-out-{MARKING}.csv"
        return web.downloads.file(named, report, "text/csv; charset=utf-8")
    named = f"{name}-{MARKING}.{of.file.type}"
    return web.downloads.file(named, written.content, "application/octet-stream")
