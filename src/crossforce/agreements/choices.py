"""Words that agreements are spoken of in."""

from enum import StrEnum


class Origin(StrEnum):
    """Where a version comes from, and so what may be claimed of it.

    `recorded` stands in a public source and nobody signed it here; `demonstration` is invented
    where its parts are marked assumed; neither is ever shown as signed by a real body.
    """

    DRAFTED = "drafted"
    RECORDED = "recorded"
    DEMONSTRATION = "demonstration"


class State(StrEnum):
    """Where an agreement stands at an instant; always computed, never stored."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    SIGNED = "signed"
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    NOTICE_GIVEN = "notice-given"
    WINDING_UP = "winding-up"
    ENDED = "ended"
    RESIDUAL = "residual"
    CLOSED = "closed"
    LAPSED = "lapsed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    PLANNED = "planned"
    RECORDED = "recorded"


REHEARSED = "rehearsed"
"""What stands for the origin of a version whose parties signed with demonstration keys."""


class Claim(StrEnum):
    """What may be claimed of real bodies by naming a state: all of it, that it is rehearsed, nothing."""

    PLAIN = "plain"
    REHEARSED = "rehearsed"
    DEMONSTRATION = "demonstration"


class VersionState(StrEnum):
    """Where one version of an agreement stands at an instant."""

    PROPOSED = "proposed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    SIGNED = "signed"
    PLANNED = "planned"
    BEGUN = "begun"
    SUPERSEDED = "superseded"


class PartyState(StrEnum):
    """How far one party has come with one version; one only named was never asked here."""

    NAMED = "named"
    NOTIFIED = "notified"
    CONSIDERED = "considered"
    SIGNED = "signed"
    REFUSED = "refused"


class View(StrEnum):
    """What a party thinks, having considered a version (Police Act 1996 s22B, s22C)."""

    IN_INTEREST = "in-interest"
    NOT_IN_INTEREST = "not-in-interest"


class NoticeKind(StrEnum):
    """`leave`: one side goes, the rest go on. `end`: every party agrees that all is over."""

    LEAVE = "leave"
    END = "end"


class HandoverKind(StrEnum):
    """What is settled while an agreement winds up for the one who leaves."""

    OPEN_CASES = "open-cases"
    TRANSFERS = "transfers"
    COPIES_HELD = "copies-held"
    STAFF = "staff"
    ASSETS = "assets"
    CONTRACTS = "contracts"


STATE_TITLES = {
    State.DRAFT: "Draft",
    State.PROPOSED: "Proposed",
    State.SIGNED: "Signed, not yet begun",
    State.IN_FORCE: "In force",
    State.SUSPENDED: "Suspended",
    State.NOTICE_GIVEN: "In force, notice given",
    State.WINDING_UP: "Winding up",
    State.ENDED: "Ended",
    State.RESIDUAL: "Ended, duties remain",
    State.CLOSED: "Closed",
    State.LAPSED: "Lapsed",
    State.REJECTED: "Rejected",
    State.WITHDRAWN: "Withdrawn",
    State.PLANNED: "Planned, not begun",
    State.RECORDED: "Recorded, not signed here",
}

VERSION_TITLES = {
    VersionState.PROPOSED: "Proposed",
    VersionState.REJECTED: "Rejected",
    VersionState.WITHDRAWN: "Withdrawn",
    VersionState.PLANNED: "Planned, not begun",
    VersionState.SUPERSEDED: "Replaced by a later version",
}

PARTY_TITLES = {
    PartyState.NAMED: "Named, not asked here",
    PartyState.NOTIFIED: "Notified",
    PartyState.CONSIDERED: "Considered",
    PartyState.SIGNED: "Signed",
    PartyState.REFUSED: "Refused",
}

HANDOVER_OF_LEAVER = {
    HandoverKind.OPEN_CASES: "Open cases of {leaver}",
    HandoverKind.TRANSFERS: "Responsibilities that pass back to {leaver}",
    HandoverKind.COPIES_HELD: "Copies of the others' records held by {leaver}",
    HandoverKind.STAFF: "Staff of {leaver} who return to it",
    HandoverKind.ASSETS: "Assets of {leaver}",
    HandoverKind.CONTRACTS: "Contracts of {leaver}",
}

_OVER = {State.ENDED, State.LAPSED, State.CLOSED}
_BINDING = {
    State.SIGNED,
    State.IN_FORCE,
    State.SUSPENDED,
    State.NOTICE_GIVEN,
    State.WINDING_UP,
    State.RESIDUAL,
} | _OVER


def claim(origin: str, state: str) -> Claim:
    """What may be claimed of a version of that origin: a demonstration is never called in force."""
    if origin == Origin.DEMONSTRATION and state not in _OVER:
        return Claim.DEMONSTRATION
    return Claim.REHEARSED if origin == REHEARSED and state in _BINDING else Claim.PLAIN


def standing(origin: str, state: State) -> str:
    """The title of a state, as far as it may be claimed."""
    said = claim(origin, state)
    if said is Claim.DEMONSTRATION:
        return "Demonstration"
    return STATE_TITLES[state] + (" (demonstration)" if said is Claim.REHEARSED else "")
