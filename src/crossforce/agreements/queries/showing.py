"""An agreement as those who work with it see it: its versions, its parties, what happened, what they may do."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from crossforce.agreements import models, rules
from crossforce.agreements.choices import (
    Claim,
    NoticeKind,
    PartyState,
    State,
    claim,
    standing,
)
from crossforce.agreements.queries import agreements, claims, facts, parts, timeline
from crossforce.agreements.queries.calling import name_of
from crossforce.agreements.queries.parts import NoticeShown, VersionShown
from crossforce.kernel.words import Words
from crossforce.people import api as people


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
        parts.version(
            by_number[each.number],
            known,
            each,
            claims.origin_of(row, each, rehearsed),
            at,
            name,
        )
        for each in known.versions
    )
    notices = tuple(parts.notice(each, known, at, name) for each in parts.notices(row))
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
