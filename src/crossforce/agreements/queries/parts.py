"""The parts of an agreement's page: its versions, their parties, the notices given."""

from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements import models, rules
from crossforce.agreements.choices import (
    PARTY_TITLES,
    VERSION_TITLES,
    Claim,
    NoticeKind,
    PartyState,
    State,
    VersionState,
    claim,
    standing,
)
from crossforce.agreements.queries.calling import NameOf

_STANDS = {
    VersionState.PROPOSED: State.PROPOSED,
    VersionState.REJECTED: State.REJECTED,
    VersionState.WITHDRAWN: State.WITHDRAWN,
    VersionState.SIGNED: State.SIGNED,
    VersionState.PLANNED: State.PLANNED,
    VersionState.SUPERSEDED: State.ENDED,
}
"""What a version's state is for the whole. One that has begun stands as its agreement does."""


@dataclass(frozen=True, slots=True)
class PartyShown:
    """One party of one version: where it stands and what it said. `signed_in_demonstration` speaks
    for no real body.
    """

    organisation: str
    name: str
    capacity: str
    role: str
    side: str
    state: PartyState
    title: str
    row: models.VersionParty
    signed_at: datetime | None
    signed_in_demonstration: bool


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version. `in_force_from` is known once every party has signed.

    `origin` may be choices.REHEARSED; `claim` and `title` say no more than may be claimed of it.
    """

    number: int
    origin: str
    state: VersionState
    claim: Claim
    title: str
    row: models.Version
    parties: tuple[PartyShown, ...]
    in_force_from: datetime | None
    obliges: bool

    @property
    def is_pending(self) -> bool:
        return self.state is VersionState.PROPOSED

    def party(self, organisation: str) -> PartyShown | None:
        """The party of that name."""
        return next((each for each in self.parties if each.organisation == organisation), None)


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice, who has joined it, and whose joining it still waits for."""

    row: models.Notice
    name: str
    joined: tuple[str, ...]
    waits_for: tuple[str, ...]
    open_items: int


def version(
    row: models.Version,
    known: rules.Facts,
    version: rules.VersionFacts,
    origin: str,
    at: datetime,
    name: NameOf,
) -> VersionShown:
    state = rules.version_state(known, version, at)
    stands = _STANDS.get(state, rules.state(known, at))
    rows = {each.organisation: each for each in row.parties.all()}
    signatures = {each.organisation: each for each in row.signatures.all()}
    return VersionShown(
        number=row.number,
        origin=origin,
        state=state,
        claim=claim(origin, stands),
        title=VERSION_TITLES.get(state) or standing(origin, stands),
        row=row,
        parties=tuple(
            _party(rows[p.organisation], p, signatures, at, name) for p in version.parties
        ),
        in_force_from=rules.in_force_from(version, at),
        obliges=rules.has_obligation_to_proceed(version, at),
    )


def _party(
    row: models.VersionParty,
    party: rules.PartyFacts,
    signatures: dict[str, models.Signature],
    at: datetime,
    name: NameOf,
) -> PartyShown:
    stands = party.stands(at)
    signature = signatures.get(stands) or signatures.get(party.organisation)
    state = rules.party_state(party, at)
    return PartyShown(
        organisation=stands,
        name=name(stands),
        capacity=row.capacity,
        role=row.role,
        side=row.side,
        state=state,
        title=PARTY_TITLES[state],
        row=row,
        signed_at=signature.signed_at if signature else None,
        signed_in_demonstration=bool(signature and signature.key.demonstration),
    )


def notices(row: models.Agreement) -> list[models.Notice]:
    found = row.notices.select_related("under").prefetch_related(
        "consents", "handover", "residual_duties"
    )
    return list(found.order_by("given_at"))


def notice(row: models.Notice, known: rules.Facts, at: datetime, name: NameOf) -> NoticeShown:
    joined = tuple(each.organisation for each in row.consents.all())
    under = next(each for each in known.versions if each.number == row.under.number)
    needed = rules.who_must_consent(known, under, NoticeKind(row.kind), row.side, at)
    waiting = () if row.completed_at else tuple(each for each in needed if each not in joined)
    return NoticeShown(
        row=row,
        name=name(row.side) if row.side else "Every party",
        joined=joined,
        waits_for=waiting,
        open_items=sum(1 for item in row.handover.all() if item.done_at is None),
    )
