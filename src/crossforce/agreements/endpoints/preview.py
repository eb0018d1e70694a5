"""Preview over the API: what a document, a draft or a version would change; it changes nothing."""

import datetime as dt
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from crossforce.agreements.endpoints.asking import actor
from crossforce.agreements.endpoints.routing import router
from crossforce.agreements.preview import as_plain
from crossforce.agreements.queries import preview
from crossforce.kernel import civil, clock
from crossforce.kernel.words import Words


class Cited(Schema):
    """The clause that one side of a row rests on; `reference` where it is another agreement's."""

    side: Literal["before", "after"]
    clause: str
    heading: Words | None
    assumed: str | None
    reference: str | None


class Pence(Schema):
    """Money of a row in pence; null where nothing can be said."""

    before: int | None
    after: int | None
    difference: int


class PreviewRow(Schema):
    """One thing: how it is, how it would be, from when, and why."""

    kind: Literal["added", "removed", "changed", "moved", "same"]
    what: Words
    before: Words
    after: Words
    when: Words
    starts_on: dt.date | None
    ends_on: dt.date | None
    words: Words
    pence: Pence | None
    lines: list[Words]
    clauses: list[Cited]
    about: list[tuple[str, str]]


class PreviewSection(Schema):
    """One question, its answer in a sentence, and row by row."""

    code: str
    title: Words
    lead: Words
    rows: list[PreviewRow]
    notes: list[Words]


class Preview(Schema):
    """Every question about one draft or one leave (docs/formats/preview.md)."""

    format: Literal[1]
    reference: str
    title: Words
    on: dt.date
    before: Words
    after: Words
    starts_on: dt.date | None
    since: Words
    leaving: str | None
    changes: bool
    summary: list[Words]
    sections: list[PreviewSection]


class Asked(Schema):
    """As of which day (none means now), and which force is taken to leave (none means nobody,
    `all` that the agreement ends on that day)."""

    on: dt.date | None = Field(None, ge=dt.date(1964, 1, 1), le=dt.date(2999, 12, 31))
    leave: str = Field("", max_length=100)


class AskedOf(Asked):
    """A document, as TOML, with the same questions."""

    document: str = Field(min_length=1, max_length=2_000_000)


@router.post("/preview", response=Preview, summary="What a document would change")
def of_document(request: HttpRequest, asked: AskedOf) -> object:
    return as_plain(
        preview.of_document(
            actor(request), asked.document, _at(asked), leave=asked.leave.strip()
        )
    )


@router.get("/{reference}/preview", response=Preview, summary="What the draft would change")
def of_agreement(request: HttpRequest, reference: str, asked: Query[Asked]) -> object:
    return as_plain(
        preview.of_agreement(actor(request), reference, _at(asked), leave=asked.leave.strip())
    )


def _at(asked: Asked) -> dt.datetime:
    return civil.instant(asked.on) if asked.on else clock.now()
