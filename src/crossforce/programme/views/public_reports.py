"""Performance reports as everybody reads them, in English and Welsh, without signing in."""

from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from crossforce.kernel import civil, pdf, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import dates, downloads, jinja, lists
from crossforce.programme.queries import public_reports as reads
from crossforce.programme.queries.report_drawing import name_of
from crossforce.programme.rules import report_papers as papers
from crossforce.programme.rules import report_tables
from crossforce.programme.rules.report_contents import Content
from crossforce.register.choices import CAPACITIES, ORIGINS

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "papers" / "report.typ"
COLUMNS: Final = [lists.column(name, attrgetter(name)) for name in report_tables.Row._fields]


@web.public
def reports(request: HttpRequest) -> HttpResponse:
    """The newest version of every report, or of those about one agreement or region."""
    asked = {name: _code(request, name) for name in ("agreement", "region")}
    say = saying(jinja.language())
    found = [(row, _title(row, say)) for row in reads.reports(**asked)]
    return web.page(request, "programme/public/reports.html", {"reports": found})


@web.public
def report(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """One version: the newest, or the one that is asked for."""
    found, say = reads.report(code, number), saying(jinja.language())
    sections = papers.sections(found.content, say) if found.content else ()
    context = {
        "found": found,
        "title": say.words(found.title),
        "why": say.words(found.why_withdrawn) if found.why_withdrawn else None,
        "facts": _facts(found, say),
        "lead": papers.lead(found.content, say) if found.content else None,
        "sections": sections,
        "is_partly_english": say.language == "cy" and papers.is_partly_english(sections),
        "agreements": _agreements(found, say),
    }
    return web.page(request, "programme/public/report.html", context)


@web.public
def report_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The same as a tagged PDF."""
    found, language = reads.report(code, number), jinja.language()
    name = f"{code}-{number}-{language}.pdf"
    data = as_paper(found, _content(found), saying(language))
    at = civil.instant(found.row.published_on)
    return downloads.file(name, pdf.render(TEMPLATE, data, at=at), pdf.MEDIA_TYPE)


@web.public
def report_csv(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Its figures, a line each."""
    content = _content(reads.report(code, number))
    return downloads.csv(f"{code}-{number}.csv", COLUMNS, report_tables.rows(content))


@web.public
def report_json(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """All that was published, in both languages, byte for byte what its hash is of."""
    found = reads.report(code, number)
    _content(found)
    return downloads.file(
        f"{code}-{number}.json", found.row.content.encode(), "application/json"
    )


def saying(language: str) -> papers.Saying:
    """How things are said in that language."""
    return papers.Saying(language, papers.Codes(ORIGINS, CAPACITIES, dates.day))


def as_paper(found: reads.Public, content: Content, say: papers.Saying) -> dict[str, Any]:
    """The report as the PDF takes it."""
    sections = papers.sections(content, say)
    return {
        "language": say.language,
        "title": say.words(found.title)._asdict(),
        "lead": papers.lead(content, say).text,
        "facts": [[name, said._asdict()] for name, said in _facts(found, say)],
        "note": _note(sections, say),
        "sections": [
            {
                "title": each.title._asdict(),
                "level": each.level,
                "paragraphs": [text._asdict() for text in each.paragraphs],
                "tables": [_table(table) for table in each.tables],
            }
            for each in sections
        ],
    }


def _table(table: papers.Table) -> dict[str, Any]:
    return {
        "caption": table.caption._asdict(),
        "heads": [each._asdict() for each in table.heads],
        "rows": [[cell._asdict() for cell in row] for row in table.rows],
        "numeric": list(table.numeric),
    }


def _note(sections: tuple[papers.Section, ...], say: papers.Saying) -> str:
    if say.language == "cy" and papers.is_partly_english(sections):
        return gettext("What is written in English only stands in English.")
    return ""


def _facts(found: reads.Public, say: papers.Saying) -> list[tuple[str, papers.Said]]:
    row = found.row
    told = [
        (gettext("Published on"), say.plain(dates.day(row.published_on))),
        (gettext("Decided by"), say.words(found.office)),
        (gettext("Decision"), papers.Said(row.decision, "en")),
        (gettext("Kept by"), say.words(name_of(row.holder))),
        (gettext("Version"), say.plain(str(row.number))),
    ]
    return [(name, value) for name, value in told if value.text]


def _agreements(found: reads.Public, say: papers.Saying) -> list[tuple[str, papers.Said]]:
    if found.content is None:
        return []
    return [
        (one.reference, say.words(one.title)) for one in found.content.figures.collaborations
    ]


def _title(row: Any, say: papers.Saying) -> papers.Said:
    return say.words(reads.title_of(row))


def _content(found: reads.Public) -> Content:
    if found.content is None:
        raise Missing
    return found.content


def _code(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "")[:120]
