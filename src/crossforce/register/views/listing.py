"""The list of the register."""

from collections.abc import Mapping
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crossforce.kernel import clock, web
from crossforce.kernel.web import jinja, lists
from crossforce.kernel.words import Words
from crossforce.register import choices, queries


def named(titles: Mapping[str, Words], code: str) -> str:
    """The title of a code in the page's language; an unknown code is read out."""
    return jinja.in_language(titles[code]) if code in titles else code.replace("-", " ")


def standing(row: queries.Row) -> str:
    """What may be claimed of the agreement, in the page's language."""
    words = choices.standing(row.origin, row.state)
    return jinja.in_language(words) if words else ""


def _options(titles: Mapping[str, Words]) -> list[tuple[str, str]]:
    return [(code, jinja.in_language(words)) for code, words in titles.items()]


def listing(facets: queries.Facets) -> lists.Listing:
    """The list as it may be asked for, with the regions, forces and functions there are."""
    regions = facets.regions
    return lists.Listing(
        name="register",
        columns=(
            lists.Column(
                "title",
                _("Collaboration"),
                lambda row: row.title,
                link=lambda row: reverse("register:agreement", args=[row.reference]),
                sortable=True,
            ),
            lists.Column(
                "reference", _("Reference"), lambda row: row.reference, export_only=True
            ),
            lists.Column("forces", _("Forces"), lambda row: row.forces),
            lists.Column(
                "region", _("Region"), lambda row: regions.get(row.region, ""), sortable=True
            ),
            lists.Column(
                "form", _("Form"), lambda row: named(choices.FORMS, row.form), sortable=True
            ),
            lists.Column("stage", _("Stage"), lambda row: named(choices.STAGES, row.stage)),
            lists.Column("state", _("Standing"), standing),
        ),
        filters=(
            lists.Filter("q", _("Words")),
            lists.Filter("region", _("Region"), lambda: facets.regions.items()),
            lists.Filter("force", _("Force"), lambda: facets.forces.items()),
            lists.Filter("function", _("Function"), lambda: facets.functions.items()),
            lists.Filter("form", _("Form"), partial(_options, choices.FORMS)),
            lists.Filter("stage", _("Stage"), partial(_options, choices.STAGES)),
        ),
        sort="title",
    )


def _found(asked: lists.Asked) -> lists.Found:
    wanted = queries.Wanted(
        words=asked.filters.get("q", ""),
        **{
            name: asked.filters.get(name, "")
            for name in ("region", "force", "function", "form", "stage")
        },
        sort=asked.sort,
        descending=asked.descending,
        offset=asked.offset,
        limit=asked.limit,
        language=jinja.language(),
    )
    return lists.Found(*queries.entries(wanted, clock.now()))


@web.public
def entries(request: HttpRequest) -> HttpResponseBase:
    """The register: searched, filtered, sorted, paged; `?format=csv` exports what was found."""
    facets = queries.facets(jinja.language())
    return listing(facets).answer(request, _found, "register/list.html", {"facets": facets})
