"""The directory over HTTP: open to everybody, as the pages are."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.kernel import civil, clock
from crossforce.kernel.words import Words
from crossforce.organisations import directory, queries
from crossforce.organisations.choices import DriverCode, OrganisationKind, PreciseDate
from crossforce.organisations.models import Organisation, rows

router = Router(tags=["organisations"])
LARGEST_PAGE = 200


class Asked(Schema):
    """What to list; `on` keeps the bodies that exist on the day."""

    q: str = Field("", max_length=200)
    kind: OrganisationKind | None = None
    region: str = Field("", max_length=80)
    on: dt.date | None = None
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=LARGEST_PAGE)


class Row(Schema):
    """One body in a list."""

    code: str
    kind: OrganisationKind
    name: Words
    since: PreciseDate | None
    until: PreciseDate | None
    force: str | None
    legal_person: bool


class Page(Schema):
    """One page of a list."""

    total: int
    items: list[Row]


class Heirs(Schema):
    """Who stands in a body's place on a day."""

    code: str
    on: dt.date
    heirs: list[str]


class Figure(Schema):
    """One figure of a force."""

    driver: DriverCode
    on: dt.date
    value: float
    unit: str
    source: str
    licence: str


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
