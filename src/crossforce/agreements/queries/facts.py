"""The facts of stored agreements, as the rules of the lifecycle take them."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

from crossforce.agreements import models, rules
from crossforce.agreements.choices import NoticeKind, Origin, View
from crossforce.kernel import civil, rulepacks, statements
from crossforce.kernel.periods import Period

_ALWAYS = date.max
Told = dict[str, Any]
"""What the database tells of one thing: its columns by name."""

Step = tuple[str, str, str]
"""Who stood in for whom, and from which instant on."""

FACTS: Final = b"""
SELECT json_build_object('id', a.id, 'basis', a.basis, 'drafted_at', d.created_at,
  'versions', (SELECT json_agg(json_build_object(
      'number', v.number, 'origin', v.origin, 'planned', v.planned, 'proposed_at', v.proposed_at,
      'starts_at', v.starts_at, 'ends_at', v.ends_at, 'withdrawn_at', v.withdrawn_at,
      'adopted_since', v.adopted_since,
      'parties', (SELECT json_agg(json_build_object(
          'organisation', p.organisation, 'side', p.side, 'notified_at', p.notified_at,
          'considered_at', p.considered_at, 'view', p.view, 'refused_at', p.refused_at))
        FROM agreements_versionparty p WHERE p.party_of_id = v.id),
      'signed', (SELECT json_object_agg(g.organisation, g.signed_at)
        FROM agreements_signature g WHERE g.of_id = v.id)) ORDER BY v.number)
    FROM agreements_version v WHERE v.agreement_id = a.id),
  'suspensions', (SELECT json_agg(json_build_array(s.suspended_at, s.resumed_at) ORDER BY s.suspended_at)
    FROM agreements_suspension s WHERE s.agreement_id = a.id),
  'notices', (SELECT json_agg(json_build_object(
      'kind', n.kind, 'version', u.number, 'side', n.side, 'given_at', n.given_at,
      'completed_at', n.completed_at, 'effective_at', n.effective_at, 'winds_up_at', n.winds_up_at,
      'residual_ends_at', n.residual_ends_at, 'handover_open', EXISTS (
        SELECT FROM agreements_handoveritem h WHERE h.notice_id = n.id AND h.done_at IS NULL)) ORDER BY n.given_at)
    FROM agreements_notice n JOIN agreements_version u ON u.id = n.under_id WHERE n.agreement_id = a.id),
  'novations', (SELECT json_agg(json_build_array(o.predecessor, o.successor, o.effective_at) ORDER BY o.effective_at)
    FROM agreements_novation o WHERE o.agreement_id = a.id))::text
FROM agreements_agreement a LEFT JOIN agreements_draft d ON d.agreement_id = a.id
WHERE a.id = ANY ($1::uuid[])"""


def facts_of(agreement: models.Agreement) -> rules.Facts:
    """The facts of one agreement."""
    return facts_of_many([agreement])[agreement.pk]


def facts_of_many(agreements: Iterable[models.Agreement]) -> dict[UUID, rules.Facts]:
    """The facts of several agreements, read together, and anew however old the objects given are."""
    wanted = ",".join(str(each.pk) for each in agreements)
    if not wanted:
        return {}
    found = statements.texts(FACTS, [f"{{{wanted}}}"])
    return dict(_facts(json.loads(told or "")) for (told,) in found)


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


def _facts(told: Told) -> tuple[UUID, rules.Facts]:
    steps = told["novations"] or []
    facts = rules.Facts(
        versions=tuple(_version(each, steps) for each in told["versions"] or ()),
        suspensions=tuple(_period(*each) for each in told["suspensions"] or ()),
        notices=tuple(_notice(each) for each in told["notices"] or ()),
        drafted_at=_instant(told["drafted_at"]),
        smallest=smallest_number_of_sides(told["basis"]),
    )
    return UUID(told["id"]), rules.as_adopted(facts)


def _version(told: Told, steps: list[Step]) -> rules.VersionFacts:
    parties = sorted(
        told["parties"] or (), key=lambda each: (each["side"], each["organisation"])
    )
    signed = told["signed"] or {}
    instants = ("proposed_at", "starts_at", "ends_at", "withdrawn_at", "adopted_since")
    return rules.VersionFacts(
        number=told["number"],
        origin=Origin(told["origin"]),
        parties=tuple(_party(each, steps, signed) for each in parties),
        planned=told["planned"],
        **_instants(told, *instants),
    )


def _party(told: Told, steps: list[Step], signed: dict[str, str]) -> rules.PartyFacts:
    heirs = _heirs(told["organisation"], steps)
    names = (told["organisation"], *(heir for _, heir in heirs))
    return rules.PartyFacts(
        organisation=told["organisation"],
        side=told["side"],
        in_interest=told["view"] == View.IN_INTEREST,
        signed_at=next((_instant(signed[name]) for name in names if name in signed), None),
        heirs=heirs,
        **_instants(told, "notified_at", "considered_at", "refused_at"),
    )


def _heirs(organisation: str, steps: list[Step]) -> tuple[tuple[datetime, str], ...]:
    """Who follows the organisation, step by step through every novation."""
    found = []
    for predecessor, successor, effective_at in steps:
        if predecessor == organisation:
            found.append((datetime.fromisoformat(effective_at), successor))
            organisation = successor
    return tuple(found)


def _notice(told: Told) -> rules.NoticeFacts:
    instants = ("given_at", "completed_at", "effective_at", "winds_up_at", "residual_ends_at")
    return rules.NoticeFacts(
        kind=NoticeKind(told["kind"]),
        version=told["version"],
        side=told["side"],
        handover_open=told["handover_open"],
        **_instants(told, *instants),
    )


def _period(suspended_at: str, resumed_at: str | None) -> Period:
    return Period(datetime.fromisoformat(suspended_at), _instant(resumed_at))


def _instants(told: Told, *names: str) -> dict[str, Any]:
    return {name: _instant(told[name]) for name in names}


def _instant(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)
