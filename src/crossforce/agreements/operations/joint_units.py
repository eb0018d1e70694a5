"""The joint units that an agreement creates come into the directory of units when it is settled."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from crossforce.agreements import models
from crossforce.agreements.document import AgreementDocument, Unit
from crossforce.agreements.document.values import CivilDate, Dated
from crossforce.agreements.operations import reach
from crossforce.agreements.queries import documents
from crossforce.kernel import civil
from crossforce.kernel.refusals import Conflict
from crossforce.kernel.words import Words
from crossforce.ledger import api as ledger
from crossforce.organisations import api as organisations
from crossforce.people import api as people

POWER = "unit.bring-in"


@transaction.atomic
def bring_in_units(*, actor: people.Actor, version: UUID, at: datetime) -> list[str]:
    """Bring in the version's joint units that are not there yet; answers their codes.

    A unit that cannot stand as written is left out and named in the ledger: the agreement holds
    all the same. A force's own unit is that force's to open.
    """
    people.require(actor, POWER)
    row = models.Version.objects.select_related("agreement").get(pk=version)
    document = documents.document_of(row)
    known = {
        each.code: each.pk
        for each in organisations.joint_units(actor, agreement=row.agreement.reference)
    }
    opened, left_out = [], []
    for unit in _parents_first(document):
        if unit.code in known:
            continue
        try:
            known[unit.code] = _bring_in(actor, row, document, unit, known, at)
            opened.append(unit.code)
        except Conflict:
            left_out.append(unit.code)
    if opened or left_out:
        ledger.append(
            actor=actor,
            operation="agreement.units-brought-in",
            subject=reach.subject(row.agreement),
            detail={"opened": opened, "left-out": left_out},
            at=at,
            about=reach.about(row.agreement, row),
        )
    return opened


def _parents_first(document: AgreementDocument) -> Iterator[Unit]:
    waiting = [each for each in document.unit if each.form != "force-unit"]
    codes = {each.code for each in waiting}
    done: set[str] = set()
    while waiting:
        ready = [u for u in waiting if u.part_of not in codes or u.part_of in done] or waiting
        yield from ready
        done |= {each.code for each in ready}
        waiting = [each for each in waiting if each.code not in done]


def _bring_in(
    actor: people.Actor,
    version: models.Version,
    document: AgreementDocument,
    unit: Unit,
    known: dict[str, UUID],
    at: datetime,
) -> UUID:
    wanted = organisations.NewUnit(
        code=unit.code,
        name=unit.title or Words(en=unit.code.replace("-", " ").capitalize()),
        since=_first_day(unit, document, at),
        until=_precise(unit.until or document.until),
        above=known.get(unit.part_of or ""),
    )
    made = organisations.bring_in_joint_unit(
        actor=actor, agreement=version.agreement.reference, unit=wanted, at=at
    )
    return made.pk


def _first_day(unit: Dated, document: Dated, at: datetime) -> organisations.PreciseDate:
    """The unit's own first day, else the agreement's, else the day on which it became known here."""
    stated = _precise(unit.from_ or document.from_)
    return stated or organisations.PreciseDate(date=civil.day_of(at))


def _precise(day: CivilDate | None) -> organisations.PreciseDate | None:
    if day is None:
        return None
    return organisations.PreciseDate.model_validate(
        {"date": day.date, "precision": day.precision}
    )
