"""What everybody reads of a report: put up and taken back by the keeper of the register."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from crossforce.access import api as access
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict
from crossforce.kernel.words import Words
from crossforce.people import api as people
from crossforce.programme import models
from crossforce.programme.choices import REPORT
from crossforce.programme.queries.reports import content_of
from crossforce.records import api as records

KEEPER = "registrar"
POWER = "agreement.publish"


class Taken(Conflict):
    """Another organisation has published reports under that code. Give this one another."""


def put(
    *, actor: people.Actor, report: models.PerformanceReport, office: Words, at: datetime
) -> None:
    """Put the version before everybody. Raises Taken, Refused where whoever acts may not disclose it."""
    access.require(REPORT, report.pk, "disclose")
    holder = records.place_of(report.scope_id).holder
    content = content_of(report, holder)
    assert content is not None
    text = content.model_dump_json(exclude_none=True)
    row = models.PublicReport(
        code=report.code,
        number=report.number,
        agreement=report.agreement,
        agreements=[each.reference for each in content.figures.collaborations],
        region=report.region,
        year=report.year,
        holder=holder,
        title_en=report.title,
        title_cy=report.title_cy,
        content=text,
        content_sha256=hashlib.sha256(text.encode()).hexdigest(),
        published_on=report.published_on,
        published_by=office.model_dump(exclude_none=True),
        decision=report.decision,
    )
    try:
        with guarded.acting(_keeper(at)), transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Taken from None


def take_back(*, actor: people.Actor, report: models.PerformanceReport, at: datetime) -> None:
    """Take the content of the version from everybody; why it went stands instead."""
    access.require(REPORT, report.pk, "disclose")
    said = Words(en=report.withdrawn_why, cy=report.withdrawn_why_cy or None)
    with guarded.acting(_keeper(at)):
        models.PublicReport.objects.filter(code=report.code, number=report.number).update(
            content="",
            withdrawn_on=report.withdrawn_on,
            withdrawn_why=said.model_dump(exclude_none=True),
        )


def refuse_taken(report: models.PerformanceReport) -> None:
    """A code belongs to whoever published under it first. Raises Taken."""
    holder = records.place_of(report.scope_id).holder
    others = models.PublicReport.objects.filter(code=report.code).exclude(holder=holder)
    if others.exists():
        raise Taken


def _keeper(at: datetime) -> people.Actor:
    keeper = people.system_actor(KEEPER, on=civil.day_of(at))
    people.require(keeper, POWER)
    return keeper
