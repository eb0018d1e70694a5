"""Figures frozen for a budget: the shares that came of them come again, whatever happens later."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from crossforce.agreements.resolve import CannotShare
from crossforce.agreements.terms import CostShareRule
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.finance.rules.snapshots import Recorder, Snapshot, snapshot_of
from crossforce.finance.rules.standing import standing_shares
from crossforce.finance.tests.agreed import (
    AVON,
    GLOS,
    ROADS,
    WILTS,
    YEAR,
    Figures,
    costed,
    joint,
)

POPULATION = {AVON: {2012: 3}, WILTS: {2012: 2}, GLOS: {2012: 1}}


class Counted(Figures):
    """A platform that has counted these, and notes up to which day it was asked."""

    def __init__(self, found: Mapping[str, int] | None) -> None:
        super().__init__({})
        self.found, self.until = found, set[date]()

    def counted(
        self, rule: CostShareRule, year: int | None, forces: tuple[str, ...], on: date
    ) -> Mapping[str, int] | None:
        self.until.add(on)
        return self.found and {force: self.found[force] for force in forces}


class TestSnapshot:
    def test_gives_the_same_shares_when_the_figures_have_moved(self) -> None:
        terms, live = costed('method = "population"'), Figures({"population": POPULATION})
        recorder = Recorder(live)
        agreed = standing_shares(terms, ROADS, YEAR, recorder)
        live.rows = {"population": {force: {2012: 9} for force in POPULATION}}
        assert standing_shares(terms, ROADS, YEAR, live) != agreed
        assert standing_shares(terms, ROADS, YEAR, recorder.snapshot()) == agreed
        assert {each.force for each in recorder.snapshot().figures} == {AVON, WILTS, GLOS}

    def test_comes_back_from_its_rows(self) -> None:
        recorder = Recorder(Figures({"population": POPULATION}))
        standing_shares(costed('method = "population"'), ROADS, YEAR, recorder)
        kept = recorder.snapshot()
        rows = [
            (each.driver, each.force, each.on, n, "", "") for each, n in kept.figures.items()
        ]
        assert snapshot_of(rows) == kept

    def test_holds_counts_up_to_the_start_of_the_year(self) -> None:
        terms = costed('method = "demand"\ndriver = "duty-hours-received"')
        live = Counted({AVON: 600, WILTS: 300, GLOS: 300})
        recorder = Recorder(live)
        first, second = standing_shares(terms, ROADS, YEAR, recorder)
        assert live.until == {date(2015, 4, 1)}
        assert first.shares[AVON] == Fraction(2, 3)
        assert second.shares[GLOS] == Fraction(1, 4)
        assert standing_shares(terms, ROADS, YEAR, recorder.snapshot()) == (first, second)

    def test_refuses_what_it_does_not_hold(self) -> None:
        nothing = Snapshot({})
        for method in ('"population"', '"demand"\ndriver = "duty-hours-given"'):
            with pytest.raises(CannotShare):
                standing_shares(costed(f"method = {method}"), ROADS, YEAR, nothing)

    def test_takes_up_a_joiner_and_keeps_what_is_agreed(self) -> None:
        held = snapshot_of([("population", AVON, date(2015, 4, 1), 3, "", "")])
        more = snapshot_of(
            [
                ("population", AVON, date(2015, 4, 1), 9, "", ""),
                ("population", GLOS, date(2015, 4, 1), 1, "", ""),
            ]
        )
        both = held.with_more(more)
        assert both.figure("population", AVON, date(2015, 4, 1)) == 3
        assert both.figure("population", GLOS, date(2015, 4, 1)) == 1

    def test_of_equal_shares_is_empty(self) -> None:
        recorder = Recorder(DIRECTORY)
        standing_shares(joint(), ROADS, YEAR, recorder)
        assert recorder.snapshot() == Snapshot({})

    def test_counts_nothing_where_the_platform_does_not_count_or_may_not_tell(self) -> None:
        terms = costed('method = "demand"\ndriver = "duty-hours-received"')
        for live in (Figures({}), Counted(None)):
            with pytest.raises(CannotShare):
                standing_shares(terms, ROADS, YEAR, Recorder(live))
