"""Why an act on an agreement is refused, in words for the person who tried. None means it may be."""

from datetime import datetime

from crossforce.agreements.choices import NoticeKind, Origin, PartyState, State, VersionState
from crossforce.agreements.rules.facts import Facts, KeyFacts, NoticeFacts, VersionFacts
from crossforce.agreements.rules.states import (
    IN_FORCE,
    party_state,
    pending,
    sides_at,
    state,
    version_begun,
    version_state,
)

_OVER = {
    State.WINDING_UP: "it is winding up",
    State.ENDED: "it has ended",
    State.RESIDUAL: "it has ended and only residual duties remain",
    State.CLOSED: "it is closed",
}


def refusal_to_draft(facts: Facts, at: datetime) -> str | None:
    """One draft at a time, and none beside a version that the parties have before them."""
    if facts.drafted_at is not None and facts.drafted_at <= at:
        return "There is already a draft. Change that one, or discard it first."
    return refusal_to_propose(facts, at)


def refusal_to_propose(facts: Facts, at: datetime) -> str | None:
    """A version may be proposed unless another is before the parties or all is over."""
    waiting = pending(facts, at)
    if waiting is not None:
        missing = sum(
            1 for each in waiting.parties if party_state(each, at) is not PartyState.SIGNED
        )
        return (
            f"Version {waiting.number} is still before its parties ({missing} have not signed). "
            "Wait until each has signed or refused it, or withdraw it."
        )
    now = state(facts, at)
    if now in _OVER:
        return f"The agreement cannot be varied: {_OVER[now]}. Draft a new agreement instead."
    return None


def refusal_to_withdraw(facts: Facts, version: VersionFacts, at: datetime) -> str | None:
    """Only a version that is still before its parties can be taken back."""
    return _not_pending(facts, version, at)


def _not_pending(facts: Facts, version: VersionFacts, at: datetime) -> str | None:
    found = version_state(facts, version, at)
    if version.origin is not Origin.DRAFTED:
        return (
            f"Version {version.number} was loaded as a record and is not open for signature. "
            "Vary it, and propose the variation."
        )
    if found is VersionState.PROPOSED:
        return None
    reasons = {
        VersionState.WITHDRAWN: "has been withdrawn",
        VersionState.REJECTED: "has been rejected: a party refused it",
        VersionState.SUPERSEDED: "has been replaced by a later version",
    }
    return f"Version {version.number} {reasons.get(found, 'has been signed by every party')}."


def _not_party(version: VersionFacts, organisation: str, at: datetime) -> str | None:
    if version.party(organisation, at) is None:
        return f"Your organisation is not a party to version {version.number}."
    return None


def refusal_to_consider(
    facts: Facts, version: VersionFacts, organisation: str, at: datetime
) -> str | None:
    """A party may record or revise its view until it has signed or refused."""
    if reason := _not_party(version, organisation, at) or _not_pending(facts, version, at):
        return reason
    party = version.party(organisation, at)
    if party is not None and party_state(party, at) is PartyState.SIGNED:
        return (
            f"Your organisation has already signed version {version.number}; its view stands."
        )
    return None


def refusal_to_refuse(
    facts: Facts, version: VersionFacts, organisation: str, at: datetime
) -> str | None:
    """A party may refuse until it has signed; after that it gives notice instead."""
    return refusal_to_consider(facts, version, organisation, at)


def refusal_to_sign(
    facts: Facts, version: VersionFacts, organisation: str, at: datetime, *, must_consider: bool
) -> str | None:
    """A party signs a version once, for itself, having found it in the interest (s22A(4), (5))."""
    if reason := _not_party(version, organisation, at):
        return reason
    party = version.party(organisation, at)
    if party is not None and party_state(party, at) is PartyState.SIGNED:
        return f"Your organisation has already signed version {version.number}."
    if reason := _not_pending(facts, version, at):
        return reason
    if version.ends_at is not None and version.ends_at <= at:
        return f"The term of version {version.number} is already over. Propose one with a later end."
    if (
        must_consider
        and party is not None
        and not _found_in_interest(party.considered_at, party.in_interest, at)
    ):
        return (
            f"Your organisation has not recorded that it considered version {version.number} and "
            "thinks it in the interests of efficiency or effectiveness. Consider it first."
        )
    return None


def _found_in_interest(considered_at: datetime | None, in_interest: bool, at: datetime) -> bool:
    return considered_at is not None and considered_at <= at and in_interest


def refusal_of_key(key: KeyFacts, organisation: str, at: datetime) -> str | None:
    """A key signs for the organisation it was issued to, within its life, unless revoked."""
    if key.organisation != organisation:
        return "That key belongs to another organisation. Each signs with its own."
    if key.revoked_at is not None and key.revoked_at <= at:
        return f"That key was revoked on {key.revoked_at:%d %B %Y}. Issue a new one."
    if at < key.valid_from:
        return f"That key is valid only from {key.valid_from:%d %B %Y}."
    if key.expires_at <= at:
        return f"That key expired on {key.expires_at:%d %B %Y}. Issue a new one."
    return None


def _not_bound(facts: Facts, organisation: str, at: datetime) -> str | None:
    version = version_begun(facts, at)
    if version is None:
        return "The agreement is not in force."
    party = version.party(organisation, at)
    if party is None:
        return "Your organisation is not a party to the agreement."
    if party.side not in sides_at(facts, version, at):
        return "Your organisation has left the agreement."
    return None


def _not_in_force(facts: Facts, at: datetime) -> str | None:
    now = state(facts, at)
    if now is State.RECORDED:
        return (
            "This agreement was recorded from a public source and nobody signed it here. "
            "Vary it first: propose a version for signature."
        )
    return (
        None
        if now in IN_FORCE
        else f"The agreement is not in force: it is {now.replace('-', ' ')}."
    )


def refusal_to_suspend(facts: Facts, organisation: str, at: datetime) -> str | None:
    """Any party that is bound may suspend an agreement in force, at once."""
    if state(facts, at) is State.SUSPENDED:
        return "The agreement is already suspended."
    return _not_in_force(facts, at) or _not_bound(facts, organisation, at)


def refusal_to_resume(
    facts: Facts, organisation: str, suspended_by: str, at: datetime
) -> str | None:
    """Whoever suspended may resume; nobody else lifts another party's suspension."""
    if state(facts, at) is not State.SUSPENDED:
        return "The agreement is not suspended."
    if organisation != suspended_by:
        return "Only the party that suspended the agreement may resume it."
    return _not_bound(facts, organisation, at)


def refusal_of_notice(
    facts: Facts, kind: NoticeKind, organisation: str, at: datetime
) -> str | None:
    """A party that is bound may give notice while the agreement is in force, once."""
    allowed = IN_FORCE | {State.SUSPENDED}
    if state(facts, at) not in allowed:
        return _not_in_force(facts, at)
    if reason := _not_bound(facts, organisation, at):
        return reason
    version = version_begun(facts, at)
    assert version is not None
    side = _side(version, organisation, at) if kind is NoticeKind.LEAVE else ""
    for notice in facts.notices:
        if notice.version == version.number and notice.kind is kind and notice.side == side:
            return _already(notice)
    return None


def _already(notice: NoticeFacts) -> str:
    what = "Notice has been given" if notice.side else "An ending has been proposed"
    rest = "" if notice.completed_at else "; it waits for the other parties it needs"
    return f"{what} already{rest}."


def _side(version: VersionFacts, organisation: str, at: datetime) -> str:
    party = version.party(organisation, at)
    return party.side if party else organisation


def who_must_consent(
    facts: Facts, version: VersionFacts, kind: NoticeKind, side: str, at: datetime
) -> tuple[str, ...]:
    """Leaving needs every party of the side that leaves; ending needs every party still bound."""
    bound = sides_at(facts, version, at) if kind is NoticeKind.END else frozenset({side})
    return tuple(party.stands(at) for party in version.parties if party.side in bound)


def has_obligation_to_proceed(version: VersionFacts, at: datetime) -> bool:
    """Whether two or more parties think it in the interest, and so must give effect (s22B, s22C)."""
    agreeing = [
        p for p in version.parties if _found_in_interest(p.considered_at, p.in_interest, at)
    ]
    return len(agreeing) >= 2
