"""The regional summary, as a page and as a tagged PDF."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse

from crossforce.kernel import civil, clock, pdf, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import dates, downloads, jinja
from crossforce.kernel.words import Language
from crossforce.register import choices, queries, rules

TEMPLATE = Path(__file__).resolve().parents[1] / "papers" / "summary.typ"


@web.public
def summaries(request: HttpRequest) -> HttpResponse:
    """The regions there is a summary of."""
    return web.page(
        request, "register/summaries.html", {"facets": queries.facets(jinja.language())}
    )


@web.public
def summary(request: HttpRequest, region: str) -> HttpResponse:
    """What the forces of a region do together: existing, in development, with whom."""
    return web.page(request, "register/summary.html", _paper(region, clock.now()))


@web.public
def summary_pdf(request: HttpRequest, region: str) -> HttpResponse:
    """The same paper as a tagged PDF."""
    at = clock.now()
    paper = _paper(region, at)
    language = jinja.language()
    data = paper | {
        "chapters": [_chapter(each) for each in paper["chapters"]],
        "language": language,
    }
    return downloads.file(
        f"{region}-{civil.day_of(at)}-{language}.pdf",
        pdf.render(TEMPLATE, data, at=at),
        pdf.MEDIA_TYPE,
    )


def _paper(region: str, at: datetime) -> dict[str, Any]:
    language: Language = "cy" if jinja.language() == "cy" else "en"
    facets = queries.facets(language)
    if region not in facets.regions:
        raise Missing
    entries = (
        replace(each, forces=tuple(facets.forces.get(force, force) for force in each.forces))
        for each in queries.views(at, region=region, language=language)
    )
    chapters = rules.regional_summary(entries)
    return {
        "region": region,
        "title": facets.regions[region],
        "forces": queries.forces_of(region, at, facets),
        "chapters": chapters,
        "headings": {
            name: words.in_language(language) for name, words in choices.CHAPTERS.items()
        },
        "count": sum(len(each.paragraphs) for each in chapters),
        "day": dates.day(civil.day_of(at)),
        "texts": {key: words.in_language(language) for key, words in choices.PAPER.items()}
        | ({"language": choices.IN_ENGLISH} if language == "cy" else {}),
    }


def _chapter(chapter: rules.Chapter) -> dict[str, Any]:
    return {
        "name": chapter.name,
        "paragraphs": [
            {
                "title": _text(each.title),
                "forces": each.forces,
                "words": [_text(part) for part in each.words],
                "progress": _text(each.progress) if each.progress else None,
                "mark": each.mark,
            }
            for each in chapter.paragraphs
        ],
    }


def _text(said: rules.Said) -> dict[str, str]:
    return {"text": said, "language": said.language}
