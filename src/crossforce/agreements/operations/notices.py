"""Leaving and ending: notice by each party it needs, the day it takes effect, what must be handed over."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from crossforce.agreements import events, models, rules
from crossforce.agreements.choices import NoticeKind
from crossforce.agreements.operations import activation, reach, winding_up
from crossforce.agreements.queries import exits, facts
from crossforce.kernel import civil, guarded
from crossforce.kernel.events import publish
from crossforce.kernel.refusals import Missing
from crossforce.ledger import api as ledger
from crossforce.people import api as people

POWER = "agreement.give-notice"


class CannotGiveNotice(reach.NotNow):
    """Notice cannot be given now; the message says why."""


@transaction.atomic
def give_notice(
    *, actor: people.Actor, reference: str, organisation: str, reason: str, at: datetime
) -> models.Notice:
    """Give notice, for the organisation, that its side leaves.

    A force leaves by notice of its chief officer and its policing body alike; the notice runs from
    the day on which the second of them gives it.
    """
    people.require(actor, POWER, organisation=organisation)
    return _opened(actor, reference, organisation, NoticeKind.LEAVE, reason, None, at)


@transaction.atomic
def propose_ending(
    *,
    actor: people.Actor,
    reference: str,
    organisation: str,
    wanted_on: date,
    reason: str,
    at: datetime,
) -> models.Notice:
    """Propose that the agreement ends on a day; it does when every party still bound has joined."""
    people.require(actor, POWER, organisation=organisation)
    if wanted_on < civil.day_of(at):
        raise CannotGiveNotice("The day on which it should end is past. Choose today or later.")
    return _opened(actor, reference, organisation, NoticeKind.END, reason, wanted_on, at)


@transaction.atomic
def join_notice(
    *, actor: people.Actor, reference: str, notice: UUID, organisation: str, at: datetime
) -> models.Notice:
    """Join a notice or a proposed ending, for one of the parties that it needs."""
    people.require(actor, POWER, organisation=organisation)
    agreement = reach.locked(actor, reference)
    held = agreement.notices.select_related("under").filter(pk=notice).first()
    if held is None:
        raise Missing("There is no such notice.")
    if held.completed_at is not None:
        raise CannotGiveNotice("The notice is complete already.")
    known = facts.facts_of(agreement)
    current = rules.version_begun(known, at)
    if current is None or current.number != held.under.number:
        raise CannotGiveNotice(
            "A later version has taken the place of the one this notice was given under."
        )
    if organisation not in _needed(known, current, held, at):
        raise CannotGiveNotice(f"The notice does not need {organisation}.")
    if held.consents.filter(organisation=organisation).exists():
        raise CannotGiveNotice("Your organisation has joined the notice already.")
    _consent(actor, agreement, held, organisation, at)
    _complete_if_ready(actor, agreement, held, known, current, at)
    return held


def _opened(
    actor: people.Actor,
    reference: str,
    organisation: str,
    kind: NoticeKind,
    reason: str,
    wanted_on: date | None,
    at: datetime,
) -> models.Notice:
    agreement = reach.locked(actor, reference)
    known = facts.facts_of(agreement)
    if refusal := rules.refusal_of_notice(known, kind, organisation, at):
        raise CannotGiveNotice(refusal)
    if not reason.strip():
        raise CannotGiveNotice("Say why: every party will read it.")
    current = rules.version_begun(known, at)
    party = current.party(organisation, at) if current else None
    assert current is not None and party is not None  # noqa: PT018
    notice = models.Notice.objects.create(
        agreement=agreement,
        under=reach.current_version(agreement, current),
        kind=kind,
        side=party.side if kind is NoticeKind.LEAVE else "",
        reason=reason.strip(),
        wanted_on=wanted_on,
        given_at=at,
        given_by=reach.who(actor),
    )
    _consent(actor, agreement, notice, organisation, at)
    _complete_if_ready(actor, agreement, notice, known, current, at)
    return notice


def _needed(
    known: rules.Facts, current: rules.VersionFacts, notice: models.Notice, at: datetime
) -> tuple[str, ...]:
    return rules.who_must_consent(known, current, NoticeKind(notice.kind), notice.side, at)


def _consent(
    actor: people.Actor,
    agreement: models.Agreement,
    notice: models.Notice,
    organisation: str,
    at: datetime,
) -> None:
    notice.consents.create(
        organisation=organisation, consented_at=at, consented_by=reach.who(actor)
    )
    ledger.append(
        actor=actor,
        operation="agreement.notice-given",
        subject=reach.subject(agreement),
        detail={
            "notice": str(notice.pk),
            "kind": notice.kind,
            "organisation": organisation,
            "side": notice.side,
        },
        at=at,
        about=reach.about(agreement, notice.under),
    )


def _complete_if_ready(
    actor: people.Actor,
    agreement: models.Agreement,
    notice: models.Notice,
    known: rules.Facts,
    current: rules.VersionFacts,
    at: datetime,
) -> None:
    given = set(notice.consents.values_list("organisation", flat=True))
    if set(_needed(known, current, notice, at)) - given:
        return
    if notice.wanted_on is not None:
        leave = exits.ending(notice.under, max(notice.wanted_on, civil.day_of(at)))
    else:
        with guarded.acting(actor):
            leave = exits.leave(notice.under, notice.side, civil.day_of(at))
    notice.completed_at = at
    notice.clause = leave.clause
    notice.effective_on = leave.effective_on
    notice.effective_at = leave.effective_at
    notice.winds_up_at = leave.winds_up_at
    notice.residual_ends_at = leave.residual_ends_at
    notice.settlement = leave.settlement
    notice.save()
    winding_up.open_handover(notice, current, leave)
    _bound_terms(agreement, notice, current, at)
    publish(events.NoticeGiven(agreement.pk, notice.pk, notice.side, leave.effective_at, at))


def _bound_terms(
    agreement: models.Agreement,
    notice: models.Notice,
    current: rules.VersionFacts,
    at: datetime,
) -> None:
    """From the leave on, and not a moment longer: the terms themselves end at that instant."""
    known = facts.facts_of(agreement)
    ending = rules.ending_notice(known, current, at)
    if ending is not None and ending.effective_at is not None:
        activation.close_terms(agreement, at=ending.effective_at)
    else:
        activation.end_for(notice.under, exits.leaves(known, current, at), at=at)
    activation.enforce(agreement, at=at)
