"""How an entry of the register moves, who is chased, and what the register says in numbers."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.programme.choices import Likeness, Limb, Stage
from crossforce.programme.rules.collaboration import Claim, verdict
from crossforce.programme.rules.likeness import Pair, alike, like, likeness
from crossforce.programme.rules.register import MOVES, Entry, Move, lacking
from crossforce.programme.rules.staleness import chase, due_on, is_stale
from crossforce.programme.rules.statistics import Surroundings, statistics
from crossforce.programme.tests.figured import FIGURES, TODAY

EVIDENCE = "Regional risk assessment, July 2007"
PASSED = verdict([Claim(Limb.CAPABILITY, "armed crime", EVIDENCE)], FIGURES)
FAILED = verdict([], FIGURES)
ENTRY = Entry(
    "HC-1",
    "Witness protection",
    "hampshire",
    Stage.IDEA,
    forces=("hampshire", "surrey"),
    function="witness-protection",
    owner="head of crime",
    agreement="se-witness-protection",
    entered_on=date(2015, 6, 1),
)
SOUND = Move(
    Stage.SCOPING,
    PASSED,
    has_case=True,
    is_in_force=True,
    review="continue",
    reason="the board asked",
)
EFFICIENT = Claim(
    Limb.EFFICIENCY, "", EVIDENCE, 100, "submissions avoided times price", 700, 700
)


WORDS = ("witness", "protection", "dog", "section", "the", "Joint", "of")
SAID = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
IDEAS = st.builds(
    Entry,
    reference=st.just(""),
    title=SAID,
    holder=st.sampled_from(["hampshire", "surrey"]),
    stage=st.sampled_from(Stage),
    description=SAID,
    forces=st.sets(st.sampled_from(["hampshire", "surrey", "kent"])).map(tuple),
    function=st.sampled_from(["", "dogs", "witness-protection"]),
)


def _named(pair: Pair) -> tuple[Any, ...]:
    both = frozenset((pair.one.reference, pair.other.reference))
    return both, pair.kind, pair.score, frozenset(pair.reasons[2:])


class TestTest:
    @pytest.mark.parametrize(
        ("claim", "lacks"),
        [
            (Claim(Limb.CAPABILITY, "gun crime", EVIDENCE), ()),
            (Claim(Limb.CAPABILITY, "", EVIDENCE), ("the threat or risk that it is about",)),
            (Claim(Limb.THREAT, "gun crime", " "), ("evidence",)),
            (Claim(Limb.THREAT, "gun crime", "."), ("evidence",)),
            (
                Claim(Limb.THREAT, "gun crime", "Yes, really"),
                ("evidence of at least 3 words, such as where it stands",),
            ),
            (
                replace(EFFICIENT, baseline=1),
                ("a cashable saving that is no more than its baseline",),
            ),
            (EFFICIENT, ()),
            (replace(EFFICIENT, saving=None), ("a measured cashable saving",)),
            (replace(EFFICIENT, saving=0), ("a cashable saving above nothing",)),
            (replace(EFFICIENT, method=""), ("how the saving was measured",)),
            (
                replace(EFFICIENT, protection_after=None),
                ("the protection index before and after",),
            ),
            (
                replace(EFFICIENT, protection_after=699),
                ("a level of protection that does not drop (it drops by 1)",),
            ),
        ],
    )
    def test_a_limb_passes_or_says_what_it_lacks(
        self, claim: Claim, lacks: tuple[str, ...]
    ) -> None:
        judged = verdict([claim], FIGURES)
        assert judged.is_passed is not bool(lacks)
        assert [each for _, each in judged.lacks] == ([lacks] if lacks else [])
        assert all(each in judged.reason for each in lacks)

    def test_one_sound_limb_is_enough(self) -> None:
        judged = verdict(
            [replace(EFFICIENT, saving=-5), Claim(Limb.THREAT, "gangs", EVIDENCE)], FIGURES
        )
        assert judged.passed == (Limb.THREAT,)
        assert judged.reason.startswith("Passed: action that may reduce")

    def test_nothing_claimed_is_not_passed(self) -> None:
        assert FAILED.reason == "Not passed: no limb of the test is claimed."


class TestMoves:
    @pytest.mark.parametrize("stage", list(Stage))
    def test_every_legal_move_can_be_made_with_everything_it_needs(self, stage: Stage) -> None:
        for to in MOVES[stage]:
            assert not lacking(replace(ENTRY, stage=stage), replace(SOUND, to=to))

    @given(stage=st.sampled_from(Stage), to=st.sampled_from(Stage))
    def test_every_other_move_is_refused(self, stage: Stage, to: Stage) -> None:
        refused = lacking(replace(ENTRY, stage=stage), replace(SOUND, to=to))
        assert bool(refused) == (to not in MOVES[stage])

    @pytest.mark.parametrize(
        ("stage", "to", "entry", "move", "lack"),
        [
            (Stage.IDEA, Stage.SCOPING, {"owner": ""}, {}, "no owner is named"),
            (Stage.IDEA, Stage.SCOPING, {"forces": ("a", "a")}, {}, "fewer than two bodies"),
            (
                Stage.SCOPING,
                Stage.BUSINESS_CASE,
                {},
                {"verdict": FAILED},
                "no limb of the test",
            ),
            (
                Stage.BUSINESS_CASE,
                Stage.AGREEMENT,
                {},
                {"has_case": False},
                "full business case",
            ),
            (Stage.BUSINESS_CASE, Stage.AGREEMENT, {"agreement": ""}, {}, "draft agreement"),
            (Stage.AGREEMENT, Stage.LIVE, {"agreement": ""}, {}, "no agreement is named"),
            (Stage.AGREEMENT, Stage.LIVE, {}, {"is_in_force": False}, "is not in force"),
            (Stage.LIVE, Stage.REVIEWED, {}, {"review": ""}, "what the review concluded"),
            (Stage.SCOPING, Stage.DROPPED, {}, {"reason": " "}, "no reason is given"),
            (Stage.DROPPED, Stage.IDEA, {}, {"reason": ""}, "no reason is given"),
            (Stage.IDEA, Stage.LIVE, {}, {}, "goes to scoping, dropped, and not to live"),
        ],
    )
    def test_a_refusal_says_what_is_lacking(
        self,
        stage: Stage,
        to: Stage,
        entry: dict[str, Any],
        move: dict[str, Any],
        lack: str,
    ) -> None:
        told = lacking(
            replace(ENTRY, stage=stage, **entry),
            replace(SOUND, to=to, **move),
        )
        assert len(told) == 1
        assert lack in told[0]


class TestStaleness:
    def test_half_a_year_after_the_last_look(self) -> None:
        looked = replace(ENTRY, looked_on=date(2015, 8, 31))
        assert due_on(looked, FIGURES) == date(2016, 2, 29)
        assert not is_stale(looked, date(2016, 2, 29), FIGURES)
        assert is_stale(looked, date(2016, 3, 1), FIGURES)

    def test_what_was_dropped_is_left_alone(self) -> None:
        assert due_on(replace(ENTRY, stage=Stage.DROPPED), FIGURES) is None

    def test_owners_are_asked_about_the_longest_overdue_first(self) -> None:
        old = replace(ENTRY, reference="HC-2", entered_on=date(2010, 1, 1))
        ownerless = replace(ENTRY, reference="HC-3", owner="", entered_on=None)
        told = chase([ENTRY, old, ownerless], TODAY, FIGURES)
        assert [(each.owner, [one.reference for one in each.entries]) for each in told] == [
            ("", ["HC-3"]),
            ("head of crime", ["HC-2", "HC-1"]),
        ]
        assert told[1].days == (2070, 91)


class TestLikeness:
    def test_the_same_idea_in_two_registers_is_shown_and_why(self) -> None:
        other = replace(ENTRY, reference="SU-9", holder="surrey", title="Witness care in court")
        same = replace(ENTRY, reference="SU-8", holder="surrey", title="Witness Protection")
        found = alike([ENTRY, other, same], FIGURES)
        assert (found[0].one, found[0].other, found[0].score) == (ENTRY, same, 100)
        assert found[0].kind is Likeness.DUPLICATE
        assert "they are in the registers of hampshire and surrey" in found[0].reasons
        assert "both titles say protection, witness" in found[0].reasons
        assert {each.kind for each in found[1:]} == {Likeness.OVERLAP}

    def test_neither_other_ideas_nor_dropped_ones_are_shown(self) -> None:
        other = replace(ENTRY, reference="HC-7", title="Dog section", function="dogs")
        dropped = replace(ENTRY, reference="HC-8", stage=Stage.DROPPED)
        assert not alike([ENTRY, other, dropped], FIGURES)

    def test_the_pairs_of_one_entry_are_those_that_it_is_in(self) -> None:
        other = replace(ENTRY, reference="SU-8", holder="surrey", title="Witness Protection")
        third = replace(other, reference="SU-9")
        (first, second) = like(ENTRY, [ENTRY, other, third], FIGURES)
        assert {first.one, second.one} == {ENTRY}
        assert {first.other, second.other} == {other, third}
        assert len(alike([ENTRY, other, third], FIGURES)) == 3
        assert not like(replace(ENTRY, stage=Stage.DROPPED), [other], FIGURES)

    @given(st.lists(IDEAS, max_size=8))
    def test_tables_find_what_is_found_pair_by_pair(self, ideas: list[Entry]) -> None:
        entries = [replace(each, reference=f"R-{n}") for n, each in enumerate(ideas)]
        by_table = {_named(pair) for pair in alike(entries, FIGURES)}
        assert by_table == {_named(p) for each in entries for p in like(each, entries, FIGURES)}

    def test_a_register_of_one_idea_is_found_within_bounds(self) -> None:
        many = [replace(ENTRY, reference=f"R-{n:04}") for n in range(600)]
        found = alike(many, FIGURES, most=50)
        assert len(found) == 50
        assert (found[0].one.reference, found[-1].other.reference) == ("R-0000", "R-0050")

    @given(one=st.text(max_size=30), other=st.text(max_size=30))
    def test_likeness_is_the_same_both_ways_and_of_100(self, one: str, other: str) -> None:
        first, second = replace(ENTRY, title=one), replace(ENTRY, title=other)
        score = likeness(first, second, FIGURES)
        assert score == likeness(second, first, FIGURES)
        assert 0 <= score <= 100


class TestStatistics:
    def test_a_register_in_numbers(self) -> None:
        banking = replace(
            ENTRY, reference="HC-2", function="banking", forces=("hampshire", "dorset")
        )
        around = Surroundings(
            {"hampshire": "south-east", "surrey": "south-east", "dorset": "south-west"},
            {"witness-protection": "protection", "banking": "support"},
        )
        told = statistics([ENTRY, banking], around, TODAY, FIGURES)
        assert (told.total, told.by_stage[Stage.IDEA], told.stale) == (2, 2, 2)
        assert told.by_region == {"south-east": 2, "south-west": 1}
        assert told.protective_share == Fraction(1, 2)
        assert (told.median_days, told.oldest_days) == (274, 274)

    def test_an_empty_register_has_no_share(self) -> None:
        told = statistics([], Surroundings({}, {}), TODAY, FIGURES)
        assert told.protective_share is None
        assert told.median_days is None

    @given(st.lists(st.tuples(st.sampled_from(Stage), st.integers(0, 5000)), max_size=20))
    def test_stages_sum_to_the_total(self, told: list[tuple[Stage, int]]) -> None:
        entries = [
            replace(ENTRY, stage=stage, entered_on=TODAY - timedelta(days=age))
            for stage, age in told
        ]
        numbers = statistics(entries, Surroundings({}, {}), TODAY, FIGURES)
        assert sum(numbers.by_stage.values()) == numbers.total == len(entries)
