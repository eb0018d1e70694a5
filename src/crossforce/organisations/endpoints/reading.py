"""Reading the directory: open to everybody."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest
from ninja import Query

from crossforce.kernel import civil, clock
from crossforce.organisations import directory, queries
from crossforce.organisations.choices import OrganisationKind
from crossforce.organisations.endpoints.routing import router
from crossforce.organisations.endpoints.shapes import Asked, Figure, Heirs, Page, Row
from crossforce.organisations.models import Organisation, rows


@router.get("", response=Page, auth=None)
def list_organisations(request: HttpRequest, asked: Annotated[Asked, Query()]) -> Page:
    """List organisations by name."""
    wanted = queries.Wanted(asked.q, asked.kind or "", asked.region, asked.on)
    found = queries.organisations(None, wanted, today=civil.day_of(clock.now()))
    page = found[asked.offset : asked.offset + asked.limit]
    return Page(total=found.count(), items=[_row(each) for each in page])


@router.get("/{code}", response=directory.Organisation, auth=None, by_alias=True)
def show_organisation(request: HttpRequest, code: str) -> directory.Organisation:
    """One organisation with its names, heirs, region and seats."""
    return rows.value_of(queries.organisation(None, code))


@router.get("/{code}/heirs", response=Heirs, auth=None)
def heirs_of_organisation(request: HttpRequest, code: str, on: dt.date | None = None) -> Heirs:
    """Who stands in the body's place on a day (today if none is given)."""
    day = on or civil.day_of(clock.now())
    return Heirs(code=code, on=day, heirs=list(queries.heirs(None, code, on=day)))


@router.get("/{code}/figures", response=list[Figure], auth=None)
def figures_of_force(request: HttpRequest, code: str) -> list[Figure]:
    """Every figure of a force by which costs are shared."""
    return [
        Figure(
            driver=figure.driver,
            on=figure.on,
            value=float(figure.value),
            unit=driver.unit,
            source=driver.source,
            licence=driver.licence,
        )
        for driver, figure in queries.figures(None, code)
    ]


def _row(row: Organisation) -> Row:
    return Row(
        code=row.code,
        kind=OrganisationKind(row.kind),
        name=row.name,
        since=row.first_day,
        until=row.end_day,
        force=row.force_id,
        legal_person=row.legal_person,
    )
