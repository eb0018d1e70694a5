"""Public performance reports: drafted, drawn, published, withdrawn, corrected by another version."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.boards import api as boards
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import PURPOSES, REPORT, ReportState
from crossforce.programme.operations import report_public
from crossforce.programme.operations.places import require_known
from crossforce.programme.queries import report_drawing, reports
from crossforce.programme.queries.report_release import Release
from crossforce.programme.rules.report_release import OPEN, Why
from crossforce.records import api as records

WRITTEN: Final = frozenset(
    {"code", "agreement", "region", "year", *reports.TEXTS}
)  # fmt: skip
KEPT: Final = ("code", "agreement", "region", "year", *reports.TEXTS)
PUBLIC: Final = "everybody: the public register"


class ByActs(NotUnderstood):
    """The state, the figures and the days of a report change by drawing, publishing and withdrawing it."""


class NotADraft(Conflict):
    """Only a draft is changed. Correct a published report by beginning another version."""


class NotPublished(Conflict):
    """Only a published report is withdrawn."""


class CannotPublish(Conflict):
    """The report cannot be published yet; the message says what is lacking."""


class NoGround(NotUnderstood):
    """Say by which decision the report is published, or why it is published without one."""


class NoWords(NotUnderstood):
    """Say why it is withdrawn: readers are told."""


class AlreadyBegun(Conflict):
    """The next version is begun already, or this is not the newest. Go on with that one."""


class NotYoursToLower(Refused):
    """None of these records is your organisation's to lower. Ask their holders."""


@guarded.acts
def add_report(*, actor: Actor, given: Mapping[str, Any], at: datetime) -> UUID:
    """Begin a report about an agreement or a region. Raises ByActs, NoSuchCode, MayNotAdd, Clashes."""
    _refuse_acts(given)
    require_known(actor, {"agreement": given.get("agreement")})
    return _begin(actor, {**given, "number": 1}, at)


@guarded.acts
def change_report(
    *, actor: Actor, report: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    """Change what a draft says; other figures are drawn anew. Raises NotADraft, ByActs, StaleVersion."""
    _refuse_acts(given)
    row = _draft(report)
    require_known(actor, {"agreement": given.get("agreement")})
    is_another = any(
        name in given and given[name] != getattr(row, name)
        for name in ("agreement", "region", "year")
    )
    undrawn = {"figures": "", "rests_on": "", "left": "", "drawn_on": None}
    _edit(actor, report, version, {**given, **(undrawn if is_another else {})}, at)


@guarded.acts
def draw_report(*, actor: Actor, report: UUID, version: int, at: datetime) -> None:
    """Draw the figures as they stand now. Raises NotADraft, NothingPublic, NothingInRegion, StaleVersion."""
    row = _draft(report)
    about = report_drawing.About(row.agreement, row.region, row.year)
    drawn = report_drawing.draw(actor, about, at)
    given = {
        "figures": drawn.figures.model_dump_json(exclude_none=True),
        "rests_on": json.dumps(drawn.rests_on),
        "left": json.dumps([(kind, key, str(why)) for kind, key, why in drawn.left]),
        "drawn_on": civil.day_of(at),
    }
    _edit(actor, report, version, given, at)


@guarded.acts
def lower_markings(
    *, actor: Actor, report: UUID, version: int, reason: str, at: datetime
) -> int:
    """Mark OFFICIAL what stays out for its marking alone and is held by the actor's organisation; draw anew.

    Each is marked anew by itself, with its entry. Answers how many were. Raises NotYoursToLower, NotADraft.
    """
    row, lowered = _draft(report), 0
    for each in reports.left_of(row):
        lowered += each.why is Why.MARKING and _lowered(actor, each, reason, at)
    if not lowered:
        raise NotYoursToLower
    draw_report(actor=actor, report=report, version=version, at=at)
    return lowered


@guarded.acts
def publish_report(
    *,
    actor: Actor,
    report: UUID,
    version: int,
    decision: str = "",
    reason: str = "",
    at: datetime,
    is_of_board: bool = False,
) -> None:
    """Publish a draft as it was drawn: it leaves the platform, and every record that it names is disclosed.

    By a board's decision, or with a reason. `is_of_board` where a decision that was just taken here publishes
    it; else its identifier is looked up, and what is named in words was decided elsewhere, and is said to be.
    Raises NotADraft, NoGround, CannotPublish, MayNotDisclose.
    """
    row = _draft(report)
    access.require(REPORT, report, "disclose")
    if not (decision.strip() or reason.strip()):
        raise NoGround
    _refuse_unfit(actor, row, (decision, reason), at)
    words = decision.strip() if is_of_board else _decision(actor, row, decision.strip(), at)
    office = reports.office_of(actor, at)
    given = {
        "state": str(ReportState.PUBLISHED),
        "published_on": civil.day_of(at),
        "published_by": office.en,
        "decision": words,
        "reason": reason.strip(),
    }
    _edit(actor, report, version, given, at)
    _disclose(actor, row, words or reason.strip(), at)
    report_public.put(actor=actor, report=reports.row_of(report), office=office, at=at)


@guarded.acts
def withdraw_report(
    *, actor: Actor, report: UUID, version: int, why: str, why_cy: str = "", at: datetime
) -> None:
    """Take a published report back: its content goes from the public pages, its reason stands there.

    Raises NotPublished, NoWords, CannotPublish where the words may name a person.
    """
    row = reports.row_of(report)
    access.require(REPORT, report, "disclose")
    if row.state != ReportState.PUBLISHED:
        raise NotPublished
    if not why.strip():
        raise NoWords
    _refuse_persons(actor, (why, why_cy), at)
    given = {
        "state": str(ReportState.WITHDRAWN),
        "withdrawn_on": civil.day_of(at),
        "withdrawn_why": why.strip(),
        "withdrawn_why_cy": why_cy.strip(),
    }
    _edit(actor, report, version, given, at)
    report_public.take_back(actor=actor, report=reports.row_of(report), at=at)


@guarded.acts
def correct_report(*, actor: Actor, report: UUID, at: datetime) -> UUID:
    """Begin the next version of a report that was published. Raises NotPublished, AlreadyBegun, MayNotAdd."""
    row = reports.row_of(report)
    if row.state == ReportState.DRAFT:
        raise NotPublished("A draft is not corrected but changed.")
    others = models.PerformanceReport.objects.filter(scope_id=row.scope_id, code=row.code)
    if others.filter(number__gt=row.number).exists():
        raise AlreadyBegun
    given = {name: getattr(row, name) for name in KEPT}
    return _begin(actor, {**given, "number": row.number + 1}, at)


def _begin(actor: Actor, given: Mapping[str, Any], at: datetime) -> UUID:
    values = {**given, "state": str(ReportState.DRAFT), "purposes": list(PURPOSES)}
    place = records.Place(actor.organisation, "", "", OPEN)
    key: UUID = records.create(
        actor=actor, new=records.NewRecord(REPORT, place, values), at=at
    ).pk
    return key


def _refuse_acts(given: Mapping[str, Any]) -> None:
    if set(given) - WRITTEN:
        raise ByActs


def _draft(report: UUID) -> models.PerformanceReport:
    row = reports.row_of(report)
    if row.state != ReportState.DRAFT:
        raise NotADraft
    return row


def _refuse_unfit(
    actor: Actor, row: models.PerformanceReport, words: tuple[str, ...], at: datetime
) -> None:
    """Everything is drawn, names nobody, and what it names stands as it stood: it still may go out."""
    if wants := reports.lacking(actor, row, at):
        raise CannotPublish(f"It cannot be published: {'; '.join(wants)}.")
    _refuse_persons(actor, words, at)
    report_public.refuse_taken(row)
    if closed := sum(_not_open(kind, keys) for kind, keys in _named(row).items()):
        raise CannotPublish(
            f"{closed} of the records that it names, or it itself, are gone or marked above {OPEN}"
            " since it was drawn. Draw the figures anew."
        )


def _named(row: models.PerformanceReport) -> dict[str, list[UUID]]:
    return {**reports.rests_on(row), REPORT: [row.pk]}


def _not_open(kind: str, keys: list[UUID]) -> int:
    found = records.models_by_kind()[kind].objects.filter(pk__in=keys)
    places = [records.place_of(each.scope_id) for each in found]
    return len(keys) - sum(each.marking == OPEN and not each.compartment for each in places)


def _refuse_persons(actor: Actor, words: tuple[str, ...], at: datetime) -> None:
    if sign := Release(actor, at).persons.sign(*words):
        raise CannotPublish(
            f"“{sign}” may name a person, and everybody will read it. Name the office instead."
        )


def _disclose(actor: Actor, row: models.PerformanceReport, reason: str, at: datetime) -> None:
    for kind, keys in sorted(_named(row).items()):
        records.disclose(
            actor=actor, kind=kind, records=keys, recipient=PUBLIC, reason=reason, at=at
        )


def _lowered(actor: Actor, each: reports.Left, reason: str, at: datetime) -> bool:
    row = records.models_by_kind()[each.kind].objects.get(pk=each.key)
    place = records.place_of(row.scope_id)
    if place.holder != actor.organisation or not access.may(each.kind, each.key, "edit"):
        return False
    to = records.Place(place.holder, place.collection, place.compartment, OPEN)
    records.move(
        actor=actor, kind=each.kind, record=each.key, version=row.version, to=to, reason=reason, at=at
    )  # fmt: skip
    return True


def _edit(
    actor: Actor, report: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    records.edit(actor=actor, kind=REPORT, record=report, version=version, given=given, at=at)


def _decision(actor: Actor, row: models.PerformanceReport, decision: str, at: datetime) -> str:
    """The decision in the words that everybody reads."""
    drawn = boards.Given(began=civil.day_of(row.created_at))
    if fault := boards.decision_fault(actor, decision, row.agreement, at, drawn):
        raise CannotPublish(fault)
    return boards.decision_in_words(actor, decision)
