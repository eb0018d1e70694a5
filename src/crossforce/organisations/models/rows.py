"""Turns rows into the pure values of the directory, and values into rows."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, cast

from crossforce.kernel.rulepacks import Confidence
from crossforce.kernel.words import Words
from crossforce.organisations import directory
from crossforce.organisations.choices import (
    DriverCode,
    OrganisationKind,
    PolicingBodyKind,
    PreciseDate,
    SuccessionRelation,
)
from crossforce.organisations.models import dated
from crossforce.organisations.models.driver import Driver, DriverFigure
from crossforce.organisations.models.organisation import Organisation
from crossforce.organisations.models.ties import FormerName, RegionMembership, Seat, Succession

Tie = FormerName | RegionMembership | Seat | Succession


def value_of(row: Organisation) -> directory.Organisation:
    """The organisation with its ties; prefetch them when there are many."""
    return directory.Organisation(
        code=row.code,
        kind=OrganisationKind(row.kind),
        name=_words(row.name_en, row.name_cy),
        short_name=_words(row.short_name_en, row.short_name_cy) if row.short_name_en else None,
        sector=row.sector,
        policing_body_kind=_body_kind(row.policing_body_kind),
        force=row.force_id,
        host=row.host_id,
        ons_code=row.ons_code,
        since=dated.precise(row.since, row.since_precision),
        until=dated.precise(row.until, row.until_precision),
        collective=row.collective,
        legal_person=row.legal_person,
        source=row.source,
        confidence=_confidence(row.confidence),
        note=row.note,
        region_memberships=tuple(_membership(each) for each in row.region_memberships.all()),
        former_names=tuple(_former_name(each) for each in row.former_names.all()),
        succeeded_by=tuple(_succession(each) for each in row.successions.all()),
        members=tuple(_members(row.seats.all())),
    )


def columns_of(value: directory.Organisation) -> dict[str, Any]:
    """Every column that the reference rows or an operation set, but version and who changed it."""
    since, since_precision = dated.columns(value.since)
    until, until_precision = dated.columns(value.until)
    short = value.short_name
    return {
        "kind": value.kind.value,
        "name_en": value.name.en,
        "name_cy": value.name.cy or "",
        "short_name_en": short.en if short else "",
        "short_name_cy": (short.cy or "") if short else "",
        "sector": value.sector,
        "policing_body_kind": value.policing_body_kind.value
        if value.policing_body_kind
        else "",
        "force_id": value.force,
        "host_id": value.host,
        "ons_code": value.ons_code,
        "since": since,
        "since_precision": since_precision,
        "until": until,
        "until_precision": until_precision,
        "collective": value.collective,
        "legal_person": value.legal_person,
        "source": value.source,
        "confidence": value.confidence,
        "note": value.note,
    }


def ties_of(value: directory.Organisation) -> Iterator[Tie]:
    """Unsaved rows for the former names, memberships, heirs and seats of the organisation."""
    for name in value.former_names:
        yield former_name_row(value.code, name)
    for membership in value.region_memberships:
        yield _membership_row(value.code, membership)
    for position, step in enumerate(value.succeeded_by):
        yield succession_row(value.code, step, position)
    for group, members in enumerate(value.members):
        for position, code in enumerate(members.of):
            yield Seat(
                board_id=value.code,
                group=group,
                position=position,
                office=members.office,
                of_id=code,
                note=members.note,
            )


def former_name_row(code: str, name: directory.FormerName) -> FormerName:
    """An unsaved row for a former name."""
    return FormerName(
        organisation_id=code,
        name_en=name.name.en,
        name_cy=name.name.cy or "",
        until=name.until.date,
        until_precision=name.until.precision.value,
        policing_body_kind=name.policing_body_kind.value if name.policing_body_kind else "",
        source=name.source,
        confidence=name.confidence,
    )


def succession_row(code: str, step: directory.Succession, position: int) -> Succession:
    """An unsaved row for one heir."""
    return Succession(
        predecessor_id=code,
        successor_id=step.code,
        relation=step.relation.value,
        on=step.on.date,
        on_precision=step.on.precision.value,
        note=step.note,
        position=position,
    )


def driver_of(row: Driver) -> directory.Driver:
    """The driver without its figures."""
    return directory.Driver(
        code=DriverCode(row.code),
        title=_words(row.title_en, row.title_cy),
        unit=row.unit,
        source=row.source,
        licence=row.licence,
        confidence=_confidence(row.confidence),
        note=row.note,
    )


def figure_of(row: DriverFigure) -> directory.DriverFigure:
    """One figure."""
    return directory.DriverFigure(DriverCode(row.driver_id), row.force_id, row.on, row.value)


def _membership_row(code: str, membership: directory.RegionMembership) -> RegionMembership:
    until, until_precision = dated.columns(membership.until)
    return RegionMembership(
        force_id=code,
        region_id=membership.region,
        since=membership.since.date,
        since_precision=membership.since.precision.value,
        until=until,
        until_precision=until_precision,
        source=membership.source,
        confidence=membership.confidence,
    )


def _membership(row: RegionMembership) -> directory.RegionMembership:
    return directory.RegionMembership(
        region=row.region_id,
        since=_day(row.since, row.since_precision),
        until=dated.precise(row.until, row.until_precision),
        source=row.source,
        confidence=_confidence(row.confidence),
    )


def _former_name(row: FormerName) -> directory.FormerName:
    return directory.FormerName(
        name=_words(row.name_en, row.name_cy),
        until=_day(row.until, row.until_precision),
        policing_body_kind=_body_kind(row.policing_body_kind),
        source=row.source,
        confidence=_confidence(row.confidence),
    )


def _succession(row: Succession) -> directory.Succession:
    return directory.Succession(
        code=row.successor_id,
        relation=SuccessionRelation(row.relation),
        on=_day(row.on, row.on_precision),
        note=row.note,
    )


def _members(seats: Iterable[Seat]) -> Iterator[directory.MemberOffice]:
    for _, group in groupby(seats, key=lambda seat: seat.group):
        held = list(group)
        yield directory.MemberOffice(
            office=held[0].office, of=tuple(seat.of_id for seat in held), note=held[0].note
        )


def _day(day: Any, precision: str) -> PreciseDate:
    return cast(PreciseDate, dated.precise(day, precision))


def _words(english: str, welsh: str) -> Words:
    return Words(en=english, cy=welsh or None)


def _body_kind(text: str) -> PolicingBodyKind | None:
    return PolicingBodyKind(text) if text else None


def _confidence(text: str) -> Confidence:
    return cast(Confidence, text)
