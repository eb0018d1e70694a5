"""An agreement as those who work with it see it: its versions, its parties, what happened, what they may do."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

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
from crossforce.agreements.queries import agreements, claims, facts, timeline
from crossforce.agreements.queries.calling import NameOf, name_of
from crossforce.kernel.words import Words
from crossforce.people import api as people

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


@dataclass(frozen=True)
class AgreementShown:
    """Everything on one agreement's page."""

    row: models.Agreement
    facts: rules.Facts
    at: datetime
    actor: people.Actor
    versions: tuple[VersionShown, ...]
    notices: tuple[NoticeShown, ...]
    draft: models.Draft | None
    happened: tuple[timeline.Happening, ...]

    @property
    def reference(self) -> str:
        return self.row.reference

    @property
    def title(self) -> Words:
        return Words(en=self.row.title_en, cy=self.row.title_cy or None)

    @cached_property
    def state(self) -> State:
        return rules.state(self.facts, self.at)

    @property
    def origin(self) -> str:
        return self.current.origin if self.current else ""

    @property
    def claim(self) -> Claim:
        return claim(self.origin, self.state)

    @property
    def state_title(self) -> str:
        return standing(self.origin, self.state)

    @cached_property
    def current(self) -> VersionShown | None:
        """The version that governs, or the latest there is."""
        begun = rules.version_begun(self.facts, self.at)
        number = begun.number if begun else None
        found = next((each for each in self.versions if each.number == number), None)
        return found or (self.versions[-1] if self.versions else None)

    @cached_property
    def pending(self) -> VersionShown | None:
        return next((each for each in self.versions if each.is_pending), None)

    @cached_property
    def suspension(self) -> models.Suspension | None:
        return self.row.suspensions.filter(resumed_at__isnull=True).first()

    @cached_property
    def may(self) -> frozenset[str]:
        """What the actor may do now, for its own organisation: the links and buttons of the page."""
        return frozenset(name for name, allowed in self._acts().items() if allowed)

    def _acts(self) -> dict[str, bool]:
        me, at, facts = self.actor.organisation, self.at, self.facts
        waiting = rules.pending(facts, at)
        mine = waiting.party(me, at) if waiting else None
        open_to_me = mine is not None and rules.party_state(mine, at) is not PartyState.SIGNED
        may_sign = open_to_me and self.actor.may("agreement.sign")
        begun = rules.version_begun(facts, at)
        bound = begun is not None and begun.party(me, at) is not None
        by = self.suspension.organisation if self.suspension else ""
        return {
            "consider": open_to_me and self.actor.may("agreement.consider"),
            "sign": may_sign and self._has_met_the_test(waiting),
            "refuse": may_sign,
            "withdraw": self._may_withdraw(),
            "vary": self._may_draft() and rules.refusal_to_draft(facts, at) is None,
            "suspend": bound
            and self.actor.may("agreement.suspend")
            and rules.refusal_to_suspend(facts, me, at) is None,
            "resume": self.actor.may("agreement.suspend")
            and rules.refusal_to_resume(facts, me, by, at) is None,
            "leave": bound and self._may_give(NoticeKind.LEAVE),
            "end": bound and self._may_give(NoticeKind.END),
        }

    def _has_met_the_test(self, waiting: rules.VersionFacts | None) -> bool:
        must = facts.asks_interest_test(self.row.basis, self.at)
        me = self.actor.organisation
        return waiting is not None and not rules.refusal_to_sign(
            self.facts, waiting, me, self.at, must_consider=must
        )

    @property
    def has_considered(self) -> bool:
        """Whether the actor's own organisation has said what it thinks of the waiting version."""
        mine = self.pending.party(self.actor.organisation) if self.pending else None
        return mine is not None and mine.state is PartyState.CONSIDERED

    @property
    def others(self) -> bool:
        """Whether there is anything to do beside the next step."""
        return self.draft is not None or bool(self.may - {"consider"})

    def _may_withdraw(self) -> bool:
        pending = self.pending
        return pending is not None and self.actor.may("agreement.propose", pending.row.owner)

    def _may_draft(self) -> bool:
        return bool(self.versions) and self.actor.may("agreement.draft")

    def _may_give(self, kind: NoticeKind) -> bool:
        refusal = rules.refusal_of_notice(self.facts, kind, self.actor.organisation, self.at)
        return self.actor.may("agreement.give-notice") and refusal is None

    def may_join(self, notice: NoticeShown) -> bool:
        """Whether the notice waits for the actor's own organisation."""
        return self.actor.organisation in notice.waits_for and self.actor.may(
            "agreement.give-notice"
        )

    def may_settle(self, item: models.HandoverItem) -> bool:
        """Whether the actor's organisation answers for the item."""
        return item.done_at is None and self.actor.may("agreement.wind-up", item.organisation)


def agreement(actor: people.Actor, reference: str, at: datetime) -> AgreementShown:
    """The agreement, for somebody who works with it. Raises Missing."""
    row = agreements.of(actor, reference)
    known = facts.facts_of(row)
    rows = row.versions.prefetch_related("parties", "signatures__key").defer(
        "terms", "findings"
    )
    by_number = {each.number: each for each in rows}
    name = name_of()
    rehearsed = claims.rehearsed([row])
    versions = tuple(
        _version(
            by_number[each.number],
            known,
            each,
            claims.origin_of(row, each, rehearsed),
            at,
            name,
        )
        for each in known.versions
    )
    notices = tuple(_notice(each, known, at, name) for each in _notices(row))
    return AgreementShown(
        row=row,
        facts=known,
        at=at,
        actor=actor,
        versions=versions,
        notices=notices,
        draft=agreements.draft_if_any(actor, reference),
        happened=timeline.happened(row, list(by_number.values()), name),
    )


def _version(
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
    keys = {each.organisation: each.key for each in row.signatures.all()}
    return VersionShown(
        number=row.number,
        origin=origin,
        state=state,
        claim=claim(origin, stands),
        title=VERSION_TITLES.get(state) or standing(origin, stands),
        row=row,
        parties=tuple(_party(rows[p.organisation], p, keys, at, name) for p in version.parties),
        in_force_from=rules.in_force_from(version, at),
        obliges=rules.has_obligation_to_proceed(version, at),
    )


def _party(
    row: models.VersionParty,
    party: rules.PartyFacts,
    keys: dict[str, Any],
    at: datetime,
    name: NameOf,
) -> PartyShown:
    stands = party.stands(at)
    key = keys.get(stands) or keys.get(party.organisation)
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
        signed_at=party.signed_at,
        signed_in_demonstration=bool(key and key.demonstration),
    )


def _notices(row: models.Agreement) -> list[models.Notice]:
    found = row.notices.select_related("under").prefetch_related(
        "consents", "handover", "residual_duties"
    )
    return list(found.order_by("given_at"))


def _notice(row: models.Notice, known: rules.Facts, at: datetime, name: NameOf) -> NoticeShown:
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
