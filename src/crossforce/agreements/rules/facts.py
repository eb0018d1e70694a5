"""The facts that decide where an agreement stands: instants and names, nothing computed."""

from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements.choices import NoticeKind, Origin
from crossforce.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """One party of one version. `side` is its force, or itself where it belongs to none.

    `heirs` are those who took its place by novation, each with its first instant, in order.
    """

    organisation: str
    side: str
    notified_at: datetime | None = None
    considered_at: datetime | None = None
    in_interest: bool = False
    refused_at: datetime | None = None
    signed_at: datetime | None = None
    heirs: tuple[tuple[datetime, str], ...] = ()

    def stands(self, at: datetime) -> str:
        """Who is this party at the instant: the organisation named, or its latest heir by then."""
        return next(
            (heir for since, heir in reversed(self.heirs) if since <= at), self.organisation
        )


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version: where it comes from, its complete list of parties, and its dates.

    `adopted_since` is when it began to count on paper, if it did so before it came here.
    """

    number: int
    origin: Origin
    proposed_at: datetime
    parties: tuple[PartyFacts, ...]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    withdrawn_at: datetime | None = None
    planned: bool = False
    adopted_since: datetime | None = None

    def party(self, organisation: str, at: datetime) -> PartyFacts | None:
        """The party that the organisation is at the instant, if it is one."""
        return next((each for each in self.parties if each.stands(at) == organisation), None)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice under one version; without `effective_at` it still lacks a party's consent.

    `side` is who leaves, and empty when all is to end.
    """

    kind: NoticeKind
    version: int
    side: str
    given_at: datetime
    completed_at: datetime | None = None
    effective_at: datetime | None = None
    winds_up_at: datetime | None = None
    residual_ends_at: datetime | None = None
    handover_open: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides the state of one agreement.

    `smallest` is how many sides it needs to go on: two, or one for a force's internal policy.
    """

    versions: tuple[VersionFacts, ...] = ()
    suspensions: tuple[Period, ...] = ()
    notices: tuple[NoticeFacts, ...] = ()
    drafted_at: datetime | None = None
    smallest: int = 2


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What decides whether a signing key may be used."""

    organisation: str
    valid_from: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
