"""The list of the register."""

from collections.abc import Mapping
from functools import cache
from operator import attrgetter

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from markupsafe import escape

from crossforce.kernel import clock, web
from crossforce.kernel.web import jinja, lists
from crossforce.register import choices, queries
from crossforce.register.kinds import beside


def listing(facets: queries.Facets) -> lists.Listing:
    """The list as it may be asked for, with the regions, forces and functions there are.

    Every title is looked up once here and not once a row: this page is read the most.
    """
    forms, stages, standing = _titles(jinja.language())
    root = reverse("register:list")
    title = _title if jinja.language() == "cy" else attrgetter("title")
    return lists.Listing(
        name="register",
        columns=(
            lists.Column(
                "title",
                _("Collaboration"),
                title,
                link=lambda row: f"{root}{row.reference}/",
                sortable=True,
            ),
            lists.Column(
                "reference", _("Reference"), attrgetter("reference"), export_only=True
            ),
            lists.Column("version", _("Version"), attrgetter("version"), export_only=True),
            lists.Column("forces", _("Forces"), attrgetter("forces")),
            lists.Column(
                "region",
                _("Region"),
                lambda row: facets.regions.get(row.region, ""),
                sortable=True,
            ),
            lists.Column(
                "form", _("Form"), lambda row: forms.get(row.form, row.form), sortable=True
            ),
            lists.Column("stage", _("Stage"), lambda row: stages.get(row.stage, row.stage)),
            lists.Column(
                "state", _("Standing"), lambda row: standing.get((row.origin, row.state), "")
            ),
        ),
        filters=(
            lists.Filter("q", _("Words")),
            lists.Filter("region", _("Region"), facets.regions.items),
            lists.Filter("force", _("Force"), facets.forces.items),
            lists.Filter("function", _("Function"), facets.functions.items),
            lists.Filter("form", _("Form"), forms.items),
            lists.Filter("stage", _("Stage"), stages.items),
        ),
        sort="title",
    )


class English(str):
    """A text that a page in Welsh shows in English."""

    __slots__ = ()

    def __html__(self) -> str:
        """Marked, so that it is read out in English."""
        return f'<span lang="en">{escape(str(self))}</span>'


def _title(row: queries.Row) -> str:
    return English(row.title) if row.is_english else row.title


@cache
def _titles(
    language: str,
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[tuple[str, str], str]]:
    """The titles of forms, stages and standings: constants, the same for every reader."""
    forms = {code: words.in_language(language) for code, words in choices.FORMS.items()}
    stages = {code: words.in_language(language) for code, words in choices.STAGES.items()}
    standing = {key: words.in_language(language) for key, words in choices.STANDINGS.items()}
    return forms, stages, standing


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
    return listing(facets).answer(
        request, _found, "register/list.html", {"facets": facets, "beside": beside}
    )
