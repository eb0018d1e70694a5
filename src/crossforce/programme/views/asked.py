"""The form by which something of the programme is added, changed or moved."""

from typing import Any

from django.http import HttpResponse

from crossforce.insight import api as insight
from crossforce.kernel import web
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


def asked(
    request: ActingRequest, form: Any, title: str, of: str, row: Any = None
) -> HttpResponse:
    """The page; none for a row that its reader may not change. Raises Refused, which says whom to ask."""
    if row is not None:
        insight.require_edit(request.actor, row)
    context = {
        "title": title,
        "row": row,
        "of": of,
        "marking": records.marked_alone(request.actor, row),
    }
    version = row.version if row else None
    return web.form_page(request, "programme/form.html", form, context, version=version)
