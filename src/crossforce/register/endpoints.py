"""The register over HTTP: public, read only."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from crossforce.kernel import civil, clock
from crossforce.kernel.refusals import Missing
from crossforce.register import catalogues, queries, rules
from crossforce.register.rules.statements import Source

router = Router(tags=["register"])


class Line(Schema):
    """One agreement of the list."""

    reference: str
    title: str
    region: str
    form: str
    stage: str
    origin: str
    forces: str
    state: str


class Page(Schema):
    """A page of the list, and how many there are in all."""

    total: int
    agreements: list[Line]


class Search(Schema):
    """What the list is asked for."""

    q: str = ""
    region: str = ""
    form: str = ""
    stage: str = ""
    force: str = ""
    function: str = ""
    sort: str = "title"
    descending: bool = False
    page: int = 1
    language: str = "en"


class Taking(Schema):
    """One force in one function of one agreement on the day."""

    function: str
    force: str
    status: str
    disciplines: list[str]
    reference: str
    clause: str
    period: str
    assumed: bool


class Participation(Schema):
    """Who takes part in what on a day."""

    day: date
    participation: list[Taking]


class SourceLine(Schema):
    """A source document, and how many statements and queries it has."""

    number: str
    title: str
    form: str
    published: str
    statements: int
    queries: int


PAGE_SIZE = 50


@router.get("/agreements", response=Page, auth=None, summary="Search the register")
def search(request: HttpRequest, asked: Query[Search]) -> Page:
    """Agreements of which something is published, fifty a page."""
    wanted = queries.Wanted(
        words=asked.q,
        **asked.dict(exclude={"q", "page"}),
        offset=(min(max(asked.page, 1), 100_000) - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    rows, total = queries.entries(wanted, clock.now())
    return Page(total=total, agreements=[Line(**each._asdict()) for each in rows])


@router.get(
    "/agreements/{slug:reference}",
    response=dict[str, Any],
    auth=None,
    summary="Read an agreement",
)
def agreement(request: HttpRequest, reference: str) -> dict[str, Any]:
    """What is public of one agreement, in both languages; 404 for one that is not public."""
    at = clock.now()
    return queries.plain(queries.entry(reference, at), at)


@router.get(
    "/participation", response=Participation, auth=None, summary="Who takes part in what"
)
def participation(
    request: HttpRequest, on: date | None = None, region: str = "", function: str = ""
) -> Participation:
    """The participation matrix as lines, on a day (today by default)."""
    day = on or civil.day_of(clock.now())
    at = civil.instant(day)
    grid = rules.grid(queries.participants(at, region=region, function=function), at)
    lines = [
        Taking(
            function=p.function,
            force=p.force,
            status=p.status,
            disciplines=list(p.disciplines),
            reference=p.reference,
            clause=p.clause,
            period=p.period_en,
            assumed=p.assumed,
        )
        for row in grid.values()
        for cell in row.values()
        for p in cell.participants
    ]
    return Participation(day=day, participation=lines)


@router.get("/sources", response=list[SourceLine], auth=None, summary="List source documents")
def sources(request: HttpRequest) -> list[SourceLine]:
    """The documents that the register rests on."""
    return [
        SourceLine(
            number=each.number,
            title=each.title,
            form=each.form,
            published=each.published,
            statements=each.statements,
            queries=len(each.query),
        )
        for each in catalogues.sources().values()
    ]


@router.get(
    "/sources/{slug:number}", response=Source, auth=None, summary="Read a source document"
)
def source(request: HttpRequest, number: str) -> Source:
    """What a document states, where the platform holds it, and what of it is in doubt."""
    found = catalogues.sources().get(number)
    if found is None:
        raise Missing
    return found
