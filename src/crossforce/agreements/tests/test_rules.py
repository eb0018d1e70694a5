from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crossforce.agreements import rules
from crossforce.agreements.choices import NoticeKind, Origin, State, VersionState
from crossforce.agreements.rules import Facts, KeyFacts, NoticeFacts, PartyFacts, VersionFacts
from crossforce.kernel.periods import Period

DAY = timedelta(days=1)
T = datetime(2026, 4, 1, tzinfo=UTC)


def party(organisation: str, side: str = "", **facts: object) -> PartyFacts:
    return PartyFacts(organisation, side or organisation, **facts)  # type: ignore[arg-type]


def signed(at: datetime, *sides: str) -> tuple[PartyFacts, ...]:
    return tuple(
        party(f"{kind}-{side}", side, considered_at=at, in_interest=True, signed_at=at)
        for side in sides
        for kind in ("chief", "pcc")
    )


def version(*parties: PartyFacts, **facts: object) -> VersionFacts:
    values: dict[str, object] = {"number": 1, "origin": Origin.DRAFTED, "proposed_at": T}
    return VersionFacts(parties=parties, **(values | facts))  # type: ignore[arg-type]


def leave(side: str, **facts: object) -> NoticeFacts:
    values: dict[str, object] = {
        "kind": NoticeKind.LEAVE, "version": 1, "side": side, "given_at": T + 10 * DAY,
        "completed_at": T + 10 * DAY, "effective_at": T + 100 * DAY,
        "winds_up_at": T + 130 * DAY, "residual_ends_at": T + 200 * DAY,
    }  # fmt: skip
    return NoticeFacts(**(values | facts))  # type: ignore[arg-type]


THREE = version(*signed(T + DAY, "a", "b", "c"))
TWO = version(*signed(T + DAY, "a", "b"))


@pytest.mark.parametrize(
    ("what", "facts", "after", "expected"),
    [
        ("nothing but a draft", Facts(drafted_at=T), 0, State.DRAFT),
        ("proposed", Facts((version(party("a"), party("b")),)), 0, State.PROPOSED),
        ("one of two signed", Facts((version(party("a", signed_at=T), party("b")),)), 1, State.PROPOSED),
        ("refused by one", Facts((version(party("a", refused_at=T), party("b")),)), 1, State.REJECTED),
        ("refused, drafted again", Facts((version(party("a", refused_at=T)),), drafted_at=T + DAY), 1, State.DRAFT),
        ("withdrawn", Facts((version(party("a"), withdrawn_at=T + DAY),)), 1, State.WITHDRAWN),
        ("not yet withdrawn", Facts((version(party("a"), withdrawn_at=T + DAY),)), 0, State.PROPOSED),
        ("all signed", Facts((TWO,)), 1, State.IN_FORCE),
        ("signed, begins later", Facts((replace(TWO, starts_at=T + 9 * DAY),)), 8, State.SIGNED),
        ("its day has come", Facts((replace(TWO, starts_at=T + 9 * DAY),)), 9, State.IN_FORCE),
        ("its day came before the last signature", Facts((replace(TWO, starts_at=T - DAY),)), 0, State.PROPOSED),
        ("trial not over", Facts((replace(TWO, ends_at=T + 9 * DAY),)), 8, State.IN_FORCE),
        ("trial over", Facts((replace(TWO, ends_at=T + 9 * DAY),)), 9, State.LAPSED),
        ("suspended", Facts((TWO,), (Period(T + 2 * DAY, T + 3 * DAY),)), 2, State.SUSPENDED),
        ("resumed", Facts((TWO,), (Period(T + 2 * DAY, T + 3 * DAY),)), 3, State.IN_FORCE),
        ("notice not complete", Facts((THREE,), notices=(leave("c", completed_at=None, effective_at=None),)), 20, State.IN_FORCE),
        ("notice given", Facts((THREE,), notices=(leave("c"),)), 20, State.NOTICE_GIVEN),
        ("one of three left", Facts((THREE,), notices=(leave("c"),)), 100, State.IN_FORCE),
        ("one of two left", Facts((TWO,), notices=(leave("b"),)), 100, State.WINDING_UP),
        ("wound up", Facts((TWO,), notices=(leave("b"),)), 130, State.RESIDUAL),
        ("duties over", Facts((TWO,), notices=(leave("b"),)), 200, State.CLOSED),
        ("duties over, handover not", Facts((TWO,), notices=(leave("b", handover_open=True),)), 200, State.ENDED),
        ("ended by all", Facts((THREE,), notices=(leave("", kind=NoticeKind.END),)), 100, State.WINDING_UP),
        ("policy of one force", Facts((version(*signed(T, "a")),), smallest=1), 1, State.IN_FORCE),
        ("recorded", Facts((version(party("a"), origin=Origin.RECORDED),)), 0, State.RECORDED),
        ("recorded and over", Facts((version(origin=Origin.RECORDED, ends_at=T + DAY),)), 1, State.ENDED),
        ("recorded plan", Facts((version(origin=Origin.RECORDED, planned=True),)), 0, State.PLANNED),
        ("demonstration", Facts((version(party("a"), origin=Origin.DEMONSTRATION, starts_at=T - DAY),)), 0, State.IN_FORCE),
        ("demonstration ahead", Facts((version(origin=Origin.DEMONSTRATION, starts_at=T + DAY),)), 0, State.PLANNED),
    ],
)  # fmt: skip
def test_state_at(what: str, facts: Facts, after: int, expected: State) -> None:
    assert rules.state(facts, T + after * DAY) is expected, what


class TestVariation:
    later = replace(TWO, number=2, proposed_at=T + 5 * DAY, starts_at=T + 30 * DAY)

    def test_governs_from_its_day(self) -> None:
        facts = Facts((TWO, self.later))
        assert rules.version_begun(facts, T + 29 * DAY) is TWO
        assert rules.version_begun(facts, T + 30 * DAY) is self.later
        assert rules.version_state(facts, TWO, T + 30 * DAY) is VersionState.SUPERSEDED

    def test_does_not_revive_its_predecessor_when_it_lapses(self) -> None:
        facts = Facts((TWO, replace(self.later, ends_at=T + 40 * DAY)))
        assert rules.state(facts, T + 40 * DAY) is State.LAPSED

    def test_of_a_refused_version_leaves_the_first_in_force(self) -> None:
        refused = replace(self.later, parties=(party("a", refused_at=T + 6 * DAY),))
        assert rules.state(Facts((TWO, refused)), T + 60 * DAY) is State.IN_FORCE

    def test_makes_an_earlier_notice_moot(self) -> None:
        facts = Facts((TWO, self.later), notices=(leave("b"),))
        assert rules.state(facts, T + 100 * DAY) is State.IN_FORCE


class TestRefusalToPropose:
    def test_names_the_version_that_waits(self) -> None:
        facts = Facts((version(party("a", signed_at=T), party("b")),))
        reason = rules.refusal_to_propose(facts, T)
        assert reason is not None
        assert "Version 1 is still before its parties (1 have not signed)" in reason

    def test_is_none_once_all_have_signed(self) -> None:
        assert rules.refusal_to_propose(Facts((TWO,)), T + DAY) is None

    def test_of_what_is_winding_up(self) -> None:
        facts = Facts((TWO,), notices=(leave("b"),))
        assert "winding up" in str(rules.refusal_to_propose(facts, T + 100 * DAY))


class TestRefusalToSign:
    open_version = version(party("a", considered_at=T, in_interest=True), party("b"))

    def refusal(
        self, organisation: str, *, of: VersionFacts | None = None, must: bool = True
    ) -> str:
        of = of or self.open_version
        return str(rules.refusal_to_sign(Facts((of,)), of, organisation, T, must_consider=must))

    def test_none_for_a_party_that_found_it_in_the_interest(self) -> None:
        assert self.refusal("a") == "None"

    def test_for_one_that_has_not_considered(self) -> None:
        assert "has not recorded that it considered" in self.refusal("b")

    def test_none_where_the_basis_asks_for_no_interest_test(self) -> None:
        assert self.refusal("b", must=False) == "None"

    def test_for_one_that_is_no_party(self) -> None:
        assert "not a party" in self.refusal("z")

    def test_for_one_that_has_signed(self) -> None:
        assert "already signed" in self.refusal(
            "a", of=version(party("a", signed_at=T), party("b"))
        )

    def test_of_a_recorded_version(self) -> None:
        recorded = version(party("a"), origin=Origin.RECORDED)
        assert "loaded as a record" in self.refusal("a", of=recorded)

    def test_of_a_version_whose_term_is_over(self) -> None:
        assert "already over" in self.refusal("a", of=replace(self.open_version, ends_at=T))

    def test_of_a_version_that_was_withdrawn(self) -> None:
        assert "withdrawn" in self.refusal("a", of=replace(self.open_version, withdrawn_at=T))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (KeyFacts("b", T - DAY, T + DAY), "belongs to another organisation"),
        (KeyFacts("a", T - DAY, T), "expired"),
        (KeyFacts("a", T + DAY, T + 2 * DAY), "valid only from"),
        (KeyFacts("a", T - DAY, T + DAY, revoked_at=T), "revoked"),
        (KeyFacts("a", T, T + DAY), "None"),
    ],
)
def test_refusal_of_key(key: KeyFacts, words: str) -> None:
    assert words in str(rules.refusal_of_key(key, "a", T))


class TestNotice:
    def test_needs_both_parties_of_the_side_that_leaves(self) -> None:
        needed = rules.who_must_consent(Facts((THREE,)), THREE, NoticeKind.LEAVE, "c", T + DAY)
        assert needed == ("chief-c", "pcc-c")

    def test_of_ending_needs_every_party_still_bound(self) -> None:
        facts = Facts((THREE,), notices=(leave("c"),))
        before = rules.who_must_consent(facts, THREE, NoticeKind.END, "", T + 99 * DAY)
        after = rules.who_must_consent(facts, THREE, NoticeKind.END, "", T + 100 * DAY)
        assert (len(before), len(after)) == (6, 4)

    def test_is_given_once(self) -> None:
        facts = Facts((THREE,), notices=(leave("c"),))
        assert "already" in str(
            rules.refusal_of_notice(facts, NoticeKind.LEAVE, "pcc-c", T + 20 * DAY)
        )

    def test_is_refused_to_one_that_has_left(self) -> None:
        facts = Facts((THREE,), notices=(leave("c"),))
        reason = rules.refusal_of_notice(facts, NoticeKind.END, "pcc-c", T + 100 * DAY)
        assert "has left" in str(reason)

    def test_is_refused_on_a_recorded_agreement(self) -> None:
        facts = Facts((version(party("a"), origin=Origin.RECORDED),))
        assert "nobody signed it here" in str(
            rules.refusal_of_notice(facts, NoticeKind.LEAVE, "a", T)
        )


class TestSuspension:
    suspended = Facts((TWO,), (Period(T + 2 * DAY),))

    def test_is_lifted_only_by_whoever_imposed_it(self) -> None:
        at = T + 3 * DAY
        assert rules.refusal_to_resume(self.suspended, "pcc-a", "pcc-a", at) is None
        refusal = str(rules.refusal_to_resume(self.suspended, "pcc-b", "pcc-a", at))
        assert "Only the party that suspended" in refusal

    def test_is_not_imposed_twice(self) -> None:
        reason = rules.refusal_to_suspend(self.suspended, "pcc-b", T + 3 * DAY)
        assert "already suspended" in str(reason)


def test_two_parties_in_favour_oblige_all_to_give_effect() -> None:
    one = party("a", considered_at=T, in_interest=True)
    assert not rules.has_obligation_to_proceed(version(one, party("b")), T)
    assert rules.has_obligation_to_proceed(version(one, replace(one, organisation="b")), T)


def test_an_heir_stands_for_a_party_from_its_day() -> None:
    old = party("pa", "a", heirs=((T + DAY, "pcc"), (T + 9 * DAY, "mayor")))
    of = version(old, party("b"))
    assert [old.stands(T + days * DAY) for days in (0, 1, 8, 9)] == [
        "pa",
        "pcc",
        "pcc",
        "mayor",
    ]
    assert of.party("pa", T) is old
    assert of.party("pa", T + DAY) is None
