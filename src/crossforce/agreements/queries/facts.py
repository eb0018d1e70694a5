"""The facts of stored agreements, as the rules of the lifecycle take them."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from crossforce.agreements import models, rules
from crossforce.agreements.choices import NoticeKind, Origin, View
from crossforce.kernel import civil, rulepacks
from crossforce.kernel.periods import Period

_ALWAYS = date.max
_HEAVY = ("document", "text", "terms", "findings")


def _needed() -> list[Any]:
    versions = models.Version.objects.order_by("number").defer(*_HEAVY)
    signatures = models.Signature.objects.only("of", "organisation", "signed_at")
    return [
        Prefetch("versions", versions),
        "versions__parties",
        Prefetch("versions__signatures", signatures),
        "suspensions",
        Prefetch("notices", models.Notice.objects.order_by("given_at")),
        "notices__handover",
        "novations",
    ]


def facts_of(agreement: models.Agreement) -> rules.Facts:
    """The facts of one agreement."""
    return facts_of_many([agreement])[agreement.pk]


def facts_of_many(agreements: Iterable[models.Agreement]) -> dict[UUID, rules.Facts]:
    """The facts of several agreements, read together, and anew however old the objects given are."""
    wanted = [each.pk for each in agreements]
    if not wanted:
        return {}
    found = models.Agreement.objects.filter(pk__in=wanted)
    return {
        each.pk: _facts(each)
        for each in found.select_related("draft").prefetch_related(*_needed())
    }


def asks_interest_test(basis: str, at: datetime) -> bool:
    """Whether parties on that basis must have considered a version before they sign it."""
    pack = rulepacks.load("agreement-lifecycle").under("interest-test", civil.day_of(at))
    return bool(pack.get(basis, True))


@cache
def smallest_number_of_sides(basis: str) -> int:
    """How many sides an agreement on that basis needs to go on."""
    pack = rulepacks.load("agreement-lifecycle")
    special = pack.under("smallest-number-of-sides", _ALWAYS)
    return int(special.get(basis) or pack.value("smallest-number-of-sides", _ALWAYS))


def _facts(agreement: models.Agreement) -> rules.Facts:
    steps = sorted(agreement.novations.all(), key=lambda each: each.effective_at)
    draft = getattr(agreement, "draft", None)
    numbers = {each.pk: each.number for each in agreement.versions.all()}
    return rules.as_adopted(
        rules.Facts(
            versions=tuple(_version(each, steps) for each in _by_number(agreement)),
            suspensions=tuple(_period(each) for each in agreement.suspensions.all()),
            notices=tuple(
                _notice(each, numbers[each.under_id]) for each in agreement.notices.all()
            ),
            drafted_at=draft.created_at if draft else None,
            smallest=smallest_number_of_sides(agreement.basis),
        )
    )


def _by_number(agreement: models.Agreement) -> list[models.Version]:
    return sorted(agreement.versions.all(), key=lambda each: each.number)


def _by_side(version: models.Version) -> list[models.VersionParty]:
    return sorted(version.parties.all(), key=lambda each: (each.side, each.organisation))


def _version(version: models.Version, steps: list[models.Novation]) -> rules.VersionFacts:
    signed = {each.organisation: each.signed_at for each in version.signatures.all()}
    return rules.VersionFacts(
        number=version.number,
        origin=Origin(version.origin),
        proposed_at=version.proposed_at,
        parties=tuple(_party(each, steps, signed) for each in _by_side(version)),
        starts_at=version.starts_at,
        ends_at=version.ends_at,
        withdrawn_at=version.withdrawn_at,
        planned=version.planned,
        adopted_since=version.adopted_since,
    )


def _party(
    party: models.VersionParty, steps: list[models.Novation], signed: dict[str, datetime]
) -> rules.PartyFacts:
    heirs = _heirs(party.organisation, steps)
    names = (party.organisation, *(heir for _, heir in heirs))
    return rules.PartyFacts(
        organisation=party.organisation,
        side=party.side,
        notified_at=party.notified_at,
        considered_at=party.considered_at,
        in_interest=party.view == View.IN_INTEREST,
        refused_at=party.refused_at,
        signed_at=next((signed[name] for name in names if name in signed), None),
        heirs=heirs,
    )


def _heirs(organisation: str, steps: list[models.Novation]) -> tuple[tuple[datetime, str], ...]:
    """Who follows the organisation, step by step through every novation."""
    found = []
    for step in steps:
        if step.predecessor == organisation:
            found.append((step.effective_at, step.successor))
            organisation = step.successor
    return tuple(found)


def _period(suspension: models.Suspension) -> Period:
    return Period(suspension.suspended_at, suspension.resumed_at)


def _notice(notice: models.Notice, under: int) -> rules.NoticeFacts:
    return rules.NoticeFacts(
        kind=NoticeKind(notice.kind),
        version=under,
        side=notice.side,
        given_at=notice.given_at,
        completed_at=notice.completed_at,
        effective_at=notice.effective_at,
        winds_up_at=notice.winds_up_at,
        residual_ends_at=notice.residual_ends_at,
        handover_open=any(item.done_at is None for item in notice.handover.all()),
    )
