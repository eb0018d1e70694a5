"""The queue passes over nothing and stays nowhere; and what waits for a second person waits as it did."""

from datetime import timedelta
from typing import Any

import pytest

from crossforce.kernel import guarded, guarded_rows
from crossforce.kernel.testing import ground
from crossforce.nominals.choices import PERSON, Act
from crossforce.nominals.operations import matching
from crossforce.nominals.queries import matching as reads
from crossforce.nominals.queries import reviewing
from crossforce.nominals.queries.reviewing import NoSuchPosition, Position
from crossforce.nominals.rules import waterfall
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.test_matching import Pair, alike, decide, policies
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT

KEY = "0190a000-0000-7000-8000-000000000000"


@ground.fixture
def queue(db: None) -> list[Pair]:
    """Two pairs that the partner has confirmed, the later one first by weight; and two that nobody has."""
    policies()
    asha, bryn = factories.asha(), factories.bryn()
    found = []
    for weight in (3.0, 4.0, 9.0, 5.0):
        ends = [holding.person(each, "Ann", "Lee", "1975-01-03") for each in (asha, bryn)]
        found.append(alike(ends[0].pk, ends[1].pk, weight))
    for late, (one, other) in enumerate(found[:2]):
        at = AT + timedelta(minutes=late)
        matching.decide(
            actor=bryn, one=one, other=other, act=Act.CONFIRM, reason="Seen.", version=0, at=at
        )
    return found


def turn(actor: Any, after: Position | None = None) -> tuple[Pair, Position]:
    found = reviewing.following(actor, after)
    assert found
    return (found.one, found.other), found.at


class TestQueue:
    def test_goes_through_what_waits_for_a_second_person_then_by_weight_and_round(
        self, queue: list[Pair]
    ) -> None:
        asha, at, walked = factories.asha(), None, []
        for _ in range(5):
            pair, at = turn(asha, at)
            walked.append(pair)
            assert reviewing.position(asha, reads.pair(asha, *pair)) == at
            assert Position.read(str(at)) == at
        assert walked == [*queue, queue[0]]

    def test_looks_only_where_whoever_asks_may_read(self, queue: list[Pair]) -> None:
        with guarded.acting(factories.asha()):
            reached = ",".join(map(str, guarded_rows.reach(PERSON).scopes))
            asked = str(reads.undecided([]).query)
        assert reached
        assert asked.count(f"({{{reached}}}::int[])") == 2

    @pytest.mark.parametrize("act", [Act.REFUSE, Act.CONFIRM, Act.LEAVE])
    def test_whoever_decides_keeps_their_place(self, queue: list[Pair], act: Act) -> None:
        asha = factories.asha()
        pair, at = turn(asha)
        decide(asha, pair, act, "No.", version=1)
        assert turn(asha, at)[0] == queue[1]

    def test_what_only_one_is_readable_of_is_passed_over(self, queue: list[Pair]) -> None:
        holding.policy("back", holder=factories.PARTNER, actions=("find",))
        assert reviewing.following(factories.asha()) is None
        assert reads.listed(factories.asha(), state=reads.SECOND).pairs == []

    @pytest.mark.parametrize(
        "text", ["x", "1.0_x", f"nan_{KEY}", f"_{KEY}", f"2026-01-01T10:00_{KEY}"]
    )
    def test_a_position_that_nobody_gave_out_is_refused(self, text: str) -> None:
        with pytest.raises(NoSuchPosition):
            Position.read(text)


class TestLeaving:
    def test_takes_nothing_from_what_waits_for_a_second_person(self, queue: list[Pair]) -> None:
        asha = factories.asha()
        for reason in ("", "Ask the desk."):
            row = decide(asha, queue[0], Act.LEAVE, reason, version=1)
            assert (row.version, row.reason, bool(row.first_by)) == (1, "Seen.", True)

    def test_a_second_time_keeps_the_reason_until_there_is_another(
        self, queue: list[Pair]
    ) -> None:
        asha = factories.asha()
        decide(asha, queue[3], Act.LEAVE, "Ask the desk.")
        assert decide(asha, queue[3], Act.LEAVE, version=1).reason == "Ask the desk."
        assert decide(asha, queue[3], Act.LEAVE, "Asked.", version=1).reason == "Asked."
        for state, pairs in ((reads.LEFT, queue[3:]), (reads.SECOND, queue[1::-1])):
            found = reads.listed(asha, state=state).pairs
            assert [(each.one.id, each.other.id) for each in found] == pairs


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        (3.2, "9 to 1 that they are one person"),
        (-2.0, "4 to 1 that they are two people"),
        (58.4, "More than a million to 1 that they are one person"),
    ],
)
def test_odds_are_told_no_further_than_a_model_knows(weight: float, words: str) -> None:
    assert waterfall.odds(weight) == words
