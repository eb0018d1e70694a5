"""The life of an agreement as a machine: whatever is done in whatever order, some things hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from crossforce.agreements import rules
from crossforce.agreements.choices import NoticeKind, Origin, State, VersionState
from crossforce.agreements.rules import Facts, NoticeFacts, PartyFacts, VersionFacts
from crossforce.kernel.periods import Period

T = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
SIDES = ("a", "b", "c")
PARTIES = tuple(f"{kind}-{side}" for side in SIDES for kind in ("chief", "pcc"))
OVER = {State.WINDING_UP, State.ENDED, State.RESIDUAL, State.CLOSED, State.LAPSED}


class Life(RuleBasedStateMachine):
    """Every act goes through the refusals first, exactly as the operations do."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = Facts()
        self.at = T
        self.seen: dict[datetime, State] = {}

    def version(self, number: int) -> VersionFacts:
        return next(each for each in self.facts.versions if each.number == number)

    def keep(self, version: VersionFacts) -> None:
        others = tuple(each for each in self.facts.versions if each.number != version.number)
        self.facts = replace(self.facts, versions=(*others, version))

    def keep_party(self, version: VersionFacts, party: PartyFacts) -> None:
        parties = tuple(
            party if each.organisation == party.organisation else each
            for each in version.parties
        )
        self.keep(replace(version, parties=parties))

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.at += days * DAY

    @rule(
        sides=st.sets(st.sampled_from(SIDES), min_size=2),
        begins=st.none() | st.integers(-10, 30),
        lasts=st.none() | st.integers(31, 90),
    )
    def propose(self, sides: set[str], begins: int | None, lasts: int | None) -> None:
        if rules.refusal_to_propose(self.facts, self.at):
            return
        starts = None if begins is None else self.at + begins * DAY
        self.keep(
            VersionFacts(
                number=len(self.facts.versions) + 1,
                origin=Origin.DRAFTED,
                proposed_at=self.at,
                parties=tuple(
                    PartyFacts(each, each[-1]) for each in PARTIES if each[-1] in sides
                ),
                starts_at=starts,
                ends_at=None if lasts is None else (starts or self.at) + lasts * DAY,
            )
        )

    def pending(self) -> VersionFacts | None:
        return rules.pending(self.facts, self.at)

    @precondition(lambda self: self.pending() is not None)
    @rule(organisation=st.sampled_from(PARTIES), is_for=st.booleans())
    def consider(self, organisation: str, is_for: bool) -> None:
        version = self.pending()
        assert version is not None
        if rules.refusal_to_consider(self.facts, version, organisation, self.at):
            return
        party = version.party(organisation, self.at)
        assert party is not None
        self.keep_party(version, replace(party, considered_at=self.at, in_interest=is_for))

    @precondition(lambda self: self.pending() is not None)
    @rule(organisations=st.sets(st.sampled_from(PARTIES), min_size=1))
    def sign(self, organisations: set[str]) -> None:
        for organisation in sorted(organisations):
            version = self.pending()
            if version is None or rules.refusal_to_sign(
                self.facts, version, organisation, self.at, must_consider=False
            ):
                continue
            party = version.party(organisation, self.at)
            assert party is not None
            self.keep_party(version, replace(party, signed_at=self.at))

    @precondition(lambda self: self.pending() is not None)
    @rule(organisation=st.sampled_from(PARTIES))
    def refuse(self, organisation: str) -> None:
        version = self.pending()
        assert version is not None
        if rules.refusal_to_refuse(self.facts, version, organisation, self.at):
            return
        party = version.party(organisation, self.at)
        assert party is not None
        self.keep_party(version, replace(party, refused_at=self.at))

    @precondition(lambda self: self.pending() is not None)
    @rule()
    def withdraw(self) -> None:
        version = self.pending()
        assert version is not None
        assert rules.refusal_to_withdraw(self.facts, version, self.at) is None
        self.keep(replace(version, withdrawn_at=self.at))

    @rule(organisation=st.sampled_from(PARTIES), kind=st.sampled_from(NoticeKind))
    def give_notice(self, organisation: str, kind: NoticeKind) -> None:
        if rules.refusal_of_notice(self.facts, kind, organisation, self.at):
            return
        version = rules.version_begun(self.facts, self.at)
        party = version.party(organisation, self.at) if version else None
        assert version is not None
        assert party is not None
        leaves = self.at + 50 * DAY
        notice = NoticeFacts(
            kind, version.number, party.side if kind is NoticeKind.LEAVE else "", self.at,
            completed_at=self.at, effective_at=leaves, winds_up_at=leaves + 10 * DAY,
            residual_ends_at=leaves + 20 * DAY,
        )  # fmt: skip
        self.facts = replace(self.facts, notices=(*self.facts.notices, notice))

    @rule(organisation=st.sampled_from(PARTIES), days=st.integers(1, 9))
    def suspend(self, organisation: str, days: int) -> None:
        if rules.refusal_to_suspend(self.facts, organisation, self.at):
            return
        period = Period(self.at, self.at + days * DAY)
        self.facts = replace(self.facts, suspensions=(*self.facts.suspensions, period))

    @invariant()
    def the_past_never_changes(self) -> None:
        for at, state in self.seen.items():
            if at < self.at:
                assert rules.state(self.facts, at) is state
        self.seen[self.at] = rules.state(self.facts, self.at)

    @invariant()
    def nothing_is_in_force_without_every_signature(self) -> None:
        if rules.state(self.facts, self.at) not in rules.IN_FORCE:
            return
        version = rules.version_begun(self.facts, self.at)
        assert version is not None
        assert all(party.signed_at is not None for party in version.parties)
        assert version.starts_at is None or version.starts_at <= self.at

    @invariant()
    def at_most_one_version_is_before_its_parties(self) -> None:
        states = [rules.version_state(self.facts, v, self.at) for v in self.facts.versions]
        assert states.count(VersionState.PROPOSED) <= 1
        assert states.count(VersionState.BEGUN) <= 1

    @invariant()
    def fewer_than_two_sides_never_go_on(self) -> None:
        version = rules.version_begun(self.facts, self.at)
        if version and len(rules.sides_at(self.facts, version, self.at)) < self.facts.smallest:
            assert rules.state(self.facts, self.at) in OVER


Life.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLife = Life.TestCase
