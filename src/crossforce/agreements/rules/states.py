"""Where an agreement stands at an instant, computed from facts. Nothing here is ever stored."""

from datetime import datetime

from crossforce.agreements.choices import NoticeKind, Origin, PartyState, State, VersionState
from crossforce.agreements.rules.facts import Facts, NoticeFacts, PartyFacts, VersionFacts


def _by(instant: datetime | None, at: datetime) -> bool:
    return instant is not None and instant <= at


def in_force_from(version: VersionFacts, at: datetime) -> datetime | None:
    """The instant a version comes into force, as far as is known at `at`; None when unsettled.

    It begins on its commencement date, and never before the last party has signed. What was
    recorded from a public source began when that source says; a plan has not begun.
    """
    if not _by(version.proposed_at, at) or _by(version.withdrawn_at, at) or version.planned:
        return None
    if version.origin is not Origin.DRAFTED:
        return version.starts_at or version.proposed_at
    if not version.parties or any(_by(party.refused_at, at) for party in version.parties):
        return None
    signed = [party.signed_at for party in version.parties]
    instants = [each for each in signed if each is not None and each <= at]
    if len(instants) < len(version.parties):
        return None
    last = max(instants)
    return max(last, version.starts_at) if version.starts_at else last


def enforced_from(version: VersionFacts, at: datetime) -> datetime | None:
    """The instant the platform begins to act on a version: never before it knew of it."""
    begins = in_force_from(version, at)
    return None if begins is None else max(begins, version.proposed_at)


def version_begun(facts: Facts, at: datetime) -> VersionFacts | None:
    """The version that governs at the instant: the latest that has begun, lapsed or not.

    A version that was replaced does not revive when its successor lapses.
    """
    begun = [v for v in facts.versions if _by(in_force_from(v, at), at)]
    return max(begun, key=lambda each: each.number, default=None)


def pending(facts: Facts, at: datetime) -> VersionFacts | None:
    """The version that is before its parties now: proposed, not withdrawn, refused or signed."""
    for version in facts.versions:
        if version_state(facts, version, at) is VersionState.PROPOSED:
            return version
    return None


def version_state(facts: Facts, version: VersionFacts, at: datetime) -> VersionState:
    """Where one version stands."""
    if _by(version.withdrawn_at, at):
        return VersionState.WITHDRAWN
    if any(_by(party.refused_at, at) for party in version.parties):
        return VersionState.REJECTED
    if version.planned:
        return VersionState.PLANNED
    begins = in_force_from(version, at)
    if begins is None:
        return VersionState.PROPOSED
    current = version_begun(facts, at)
    if current is not None and current.number > version.number:
        return VersionState.SUPERSEDED
    if begins <= at:
        return VersionState.BEGUN
    return VersionState.SIGNED if version.origin is Origin.DRAFTED else VersionState.PLANNED


def party_state(party: PartyFacts, at: datetime) -> PartyState:
    """How far one party has come."""
    if _by(party.refused_at, at):
        return PartyState.REFUSED
    if _by(party.signed_at, at):
        return PartyState.SIGNED
    if _by(party.considered_at, at):
        return PartyState.CONSIDERED
    return PartyState.NOTIFIED if _by(party.notified_at, at) else PartyState.NAMED


def notices_of(facts: Facts, version: VersionFacts, at: datetime) -> list[NoticeFacts]:
    """The complete notices under a version, in the order they take effect."""
    complete = [
        notice
        for notice in facts.notices
        if notice.version == version.number and _by(notice.completed_at, at)
    ]
    return sorted(complete, key=lambda each: (each.effective_at or at, each.side))


def sides_at(facts: Facts, version: VersionFacts, at: datetime) -> frozenset[str]:
    """The sides still bound by a version: those of its parties that have not left it."""
    left = {
        notice.side
        for notice in notices_of(facts, version, at)
        if notice.kind is NoticeKind.LEAVE and _by(notice.effective_at, at)
    }
    return frozenset(party.side for party in version.parties) - left


def ending_notice(facts: Facts, version: VersionFacts, at: datetime) -> NoticeFacts | None:
    """The complete notice that ends the whole: by agreement, or by leaving too few behind."""
    remaining = {party.side for party in version.parties}
    for notice in notices_of(facts, version, at):
        remaining.discard(notice.side)
        if notice.kind is NoticeKind.END or len(remaining) < facts.smallest:
            return notice
    return None


def _after_end(notice: NoticeFacts, at: datetime) -> State:
    if notice.winds_up_at is not None and at < notice.winds_up_at:
        return State.WINDING_UP
    if notice.residual_ends_at is not None and at < notice.residual_ends_at:
        return State.RESIDUAL
    return State.ENDED if notice.handover_open else State.CLOSED


def _state_of_begun(facts: Facts, version: VersionFacts, at: datetime) -> State:
    ending = ending_notice(facts, version, at)
    over_at = ending.effective_at if ending else None
    lapsed = _by(version.ends_at, at)
    if ending and over_at and over_at <= at and not (lapsed and _by(version.ends_at, over_at)):
        return _after_end(ending, at)
    if version.origin is Origin.RECORDED:
        return State.ENDED if lapsed else State.RECORDED
    if lapsed:
        return State.LAPSED
    if any(period.contains(at) for period in facts.suspensions):
        return State.SUSPENDED
    ahead = [n for n in notices_of(facts, version, at) if not _by(n.effective_at, at)]
    return State.NOTICE_GIVEN if ahead else State.IN_FORCE


_BEFORE = {
    VersionState.PROPOSED: State.PROPOSED,
    VersionState.REJECTED: State.REJECTED,
    VersionState.WITHDRAWN: State.WITHDRAWN,
    VersionState.SIGNED: State.SIGNED,
    VersionState.PLANNED: State.PLANNED,
    VersionState.BEGUN: State.IN_FORCE,
    VersionState.SUPERSEDED: State.ENDED,
}


def state(facts: Facts, at: datetime) -> State:
    """The state of the agreement at the instant."""
    current = version_begun(facts, at)
    if current is not None:
        return _state_of_begun(facts, current, at)
    known = [version for version in facts.versions if _by(version.proposed_at, at)]
    if not known:
        return State.DRAFT
    latest = max(known, key=lambda each: each.number)
    found = version_state(facts, latest, at)
    if found is VersionState.PLANNED and _by(latest.ends_at, at):
        return State.ENDED
    if found in (VersionState.REJECTED, VersionState.WITHDRAWN) and _by(facts.drafted_at, at):
        return State.DRAFT
    return _BEFORE[found]


IN_FORCE = frozenset({State.IN_FORCE, State.NOTICE_GIVEN})
"""The states in which the terms of the version begun are acted on."""

STANDING = IN_FORCE | {State.RECORDED}
"""The states that count when overlaps are looked for."""

GOING_ON = STANDING | {
    State.SIGNED,
    State.PLANNED,
    State.SUSPENDED,
    State.WINDING_UP,
    State.RESIDUAL,
}
"""The states in which somebody is, or will be, bound."""


def is_in_force(facts: Facts, at: datetime) -> bool:
    """Whether the platform acts on the agreement's terms at the instant."""
    return state(facts, at) in IN_FORCE
