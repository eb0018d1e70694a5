"""Hours given and received: what is given is received, and every hour that passes counts once."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossforce.agreements.tests import factories as agreed
from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.agreements.tests.factories import AVON, GLOS, THREE, WILTS
from crossforce.duty.queries import Filter
from crossforce.duty.queries.evidence import evidence
from crossforce.duty.queries.fairness import Fairness, fairness
from crossforce.duty.rules import fairness as rules
from crossforce.duty.rules.fairness import Piece
from crossforce.duty.tests import factories
from crossforce.duty.tests.exports import DAYS, SHIFTS, described
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people

__all__ = ["bodies", "few_bodies"]

FORCES = st.sampled_from(("avon", "dorset", "gwent", "wilts"))
PIECES = st.lists(
    st.builds(
        Piece,
        month=st.sampled_from((date(2026, 3, 1), date(2026, 4, 1))),
        unit=st.sampled_from(("one", "two")),
        function=st.sampled_from(("dogs", "firearms")),
        giver=FORCES,
        seconds=st.integers(0, 10_000_000),
        receivers=st.lists(FORCES, min_size=1, max_size=4, unique=True).map(tuple),
        is_planned=st.just(False),
    ),
    max_size=30,
)


class TestRules:
    def test_a_balance_is_what_whoever_reads_the_two_figures_expects(self) -> None:
        total = rules.Total("x", 6608 * 3600 - 150, 6448 * 3600 + 170)
        figures = [rules.in_hours(each) for each in (total.given, total.received)]
        assert figures == ["6,608.0", "6,448.0"]
        assert rules.in_hours(total.balance) == "159.9"
        assert rules.balance_in_hours(total) == "160.0"
        assert rules.balance_in_hours(rules.Total("x", 100, 100)) == "0.0"

    @given(PIECES)
    def test_what_is_given_is_received(self, pieces: list[Piece]) -> None:
        lines = rules.lines(pieces)
        for by in ("month", "unit", "function"):
            assert all(total.given == total.received for total in rules.totals(lines, by))
        assert sum(line.given for line in lines) == sum(each.seconds for each in pieces)
        assert sum(total.balance for total in rules.totals(lines, "force")) == 0

    @given(PIECES, PIECES)
    def test_what_is_planned_is_neither_given_nor_received(
        self, pieces: list[Piece], ahead: list[Piece]
    ) -> None:
        every = [*pieces, *(each._replace(is_planned=True) for each in ahead)]
        for by in ("force", "month", "unit", "function"):
            totals = {each.name: each for each in rules.totals(rules.lines(pieces), by)}
            for total in rules.totals(rules.lines(every), by):
                alone = totals.get(total.name, rules.Total("", 0, 0))
                assert (total.given, total.received) == (alone.given, alone.received)
        planned = sum(line.planned for line in rules.lines(every))
        assert planned == sum(each.seconds for each in ahead)

    @given(PIECES)
    def test_no_order_changes_anything(self, pieces: list[Piece]) -> None:
        assert rules.lines(pieces) == rules.lines(reversed(pieces))

    @given(
        st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        st.integers(1, 36),
        st.lists(st.integers(0, 40_000), max_size=5),
    )
    def test_stretches_are_the_months_without_gap(
        self, first: date, number: int, hours: list[int]
    ) -> None:
        whole = list(rules.months(first, number))
        edges = [whole[0][1] + timedelta(hours=each) for each in hours]
        found = rules.stretches(first, number, edges)
        assert found[0].starts_at == whole[0][1]
        assert found[-1].ends_at == whole[-1][2]
        assert all(a.ends_at == b.starts_at for a, b in pairwise(found))
        assert {each.month for each in found} == {month for month, _, _ in whole}

    @pytest.mark.parametrize(
        ("month", "hours"),
        [
            (date(2026, 3, 1), 31 * 24 - 1),
            (date(2026, 10, 1), 31 * 24 + 1),
            (date(2026, 5, 1), 744),
        ],
    )
    def test_a_month_has_the_hours_that_pass(self, month: date, hours: int) -> None:
        ((_, starts_at, ends_at),) = rules.months(month, 1)
        assert ends_at - starts_at == timedelta(hours=hours)

    def test_the_force_of_the_place_receives_if_it_takes_part(self) -> None:
        assert rules.receivers("avon", ["avon", "wilts"], "wilts") == ("avon",)
        assert rules.receivers("gwent", ["avon", "wilts"], "wilts") == ("avon", "wilts")
        assert rules.receivers(None, ["avon", "wilts"], "wilts") == ("avon", "wilts")
        assert rules.receivers("avon", [], "wilts") == ("wilts",)

    def test_hours_received_are_units_of_demand(self) -> None:
        totals = [rules.Total("avon", 0, 7_200), rules.Total("wilts", 9_000, 1_800)]
        said = rules.as_demand(totals)
        assert tomllib.loads(said) == {"demand": {"avon": 2, "wilts": 0}}

    def test_a_rest_goes_to_somebody(self) -> None:
        assert rules.divided(10, ("a", "b", "c")) == {"a": 4, "b": 3, "c": 3}


BEGIN = "Shift no;Collar;Date;From;To;Team;Call sign;Base;State;On call;Cancelled\n"
UNIT = f"{agreed.REFERENCE}-unit"
NOW = datetime(2027, 4, 20, 9, tzinfo=UTC)


@ground.fixture
def three_forces(bodies: None) -> Actor:
    """Somebody of Wiltshire who sees the duties of the three forces that share a unit."""
    agreed.in_force()
    factories.unit(UNIT)
    factories.policy(*THREE)
    factories.sharing((AVON, WILTS), (GLOS, WILTS), collection=f"unit:{UNIT}")
    for force in THREE:
        factories.person("1234", force)
    return people.actor("duty-inspector", WILTS)


@pytest.fixture
def asha(three_forces: Actor, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """The same, at an instant that stands."""
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: NOW)
    return three_forces


def worked(force: str, *lines: str) -> None:
    """The duties of somebody of the force, in the unit."""
    changes = (('"wiltshire"', f'"{force}"'), ('SOU = "tri-force-sou"', f'SOU = "{UNIT}"'))
    of = described(SHIFTS.replace(b'RPU = "roads"\n', b""), *changes)
    planner = people.actor("duty-inspector", force)
    outcome = factories.brought_in(planner, factories.rows(*lines), of)
    assert not outcome.findings, outcome.findings


def hours(
    actor: Actor, first: date, months: int = 1, **wanted: str
) -> dict[str, tuple[float, float]]:
    """What each force gave and received, in hours."""
    found = asked(actor, first, months, **wanted)
    return {e.name: (e.given / 3600, e.received / 3600) for e in found.totals("force")}


def asked(actor: Actor, first: date, months: int = 1, **wanted: str) -> Fairness:
    return fairness(actor, first, months, Filter(**wanted))


@pytest.mark.django_db
class TestFairness:
    @pytest.mark.parametrize(
        ("day", "passed"), [("27/03/2027", 7), ("28/03/2027", 8), ("30/10/2027", 9)]
    )
    def test_a_night_of_the_clock_change_has_its_hours(
        self, asha: Actor, day: str, passed: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("crossforce.kernel.clock.now", lambda: NOW.replace(month=11))
        worked(WILTS, f"1;1234;{day};22:00;06:00;SOU;;;AV;;")
        assert hours(asha, date(2027, int(day[3:5]), 1), 2)[WILTS][0] == passed

    def test_who_is_absent_is_not_on_duty(self, asha: Actor) -> None:
        worked(WILTS, "1;1234;10/02/2027;22:00;06:00;SOU;;;AV;;")
        factories.unit()
        away = described(DAYS, ('"avon-and-somerset"', f'"{WILTS}"'))
        planner = people.actor("duty-inspector", WILTS)
        factories.brought_in(planner, b"Person,Day,Duty\n1234,2027-02-10,AL\n", away)
        assert hours(asha, date(2027, 2, 1))[WILTS][0] == 6

    def test_who_takes_part_receives_the_same_where_no_place_is_noted(
        self, asha: Actor
    ) -> None:
        worked(WILTS, "1;1234;10/02/2027;07:00;13:00;SOU;;;AV;;")
        found = hours(asha, date(2027, 2, 1))
        assert found == {WILTS: (6, 2), AVON: (0, 2), GLOS: (0, 2)}

    def test_a_duty_over_the_end_of_a_month_is_in_both(self, asha: Actor) -> None:
        worked(WILTS, "1;1234;28/02/2027;22:00;07:00;SOU;;;AV;;")
        assert hours(asha, date(2027, 2, 1))[WILTS][0] == 2
        assert hours(asha, date(2027, 3, 1))[WILTS][0] == 7
        months = asked(asha, date(2027, 2, 1), 2).totals("month")
        assert [each.given / 3600 for each in months] == [2, 7]

    def test_on_call_and_cancelled_do_not_count(self, asha: Actor) -> None:
        worked(
            AVON,
            "1;1234;10/02/2027;07:00;13:00;SOU;;;AV;y;",
            "2;1234;11/02/2027;07:00;13:00;SOU;;;AV;;y",
        )
        assert not hours(asha, date(2027, 2, 1))

    def test_nothing_counts_before_the_agreement_begins(self, asha: Actor) -> None:
        worked(WILTS, "1;1234;30/11/2026;22:00;04:00;SOU;;;AV;;")
        assert not hours(asha, date(2026, 11, 1))
        assert hours(asha, date(2026, 12, 1))[WILTS][0] == 4

    def test_a_unit_of_which_a_part_may_be_seen_is_left_out(self, asha: Actor) -> None:
        worked(WILTS, "1;1234;10/02/2027;07:00;13:00;SOU;;;AV;;")
        bryn = people.actor("duty-inspector", AVON)
        worked(AVON, "1;1234;10/02/2027;07:00;13:00;SOU;;;AV;;")
        found = asked(bryn, date(2027, 2, 1))
        assert (found.lines, found.hidden) == ([], [UNIT])

    def test_a_duty_that_runs_is_worked_up_to_now_and_the_rest_is_planned(
        self, asha: Actor
    ) -> None:
        worked(WILTS, "1;1234;20/04/2027;07:00;15:00;SOU;;;AV;;")
        worked(AVON, "1;1234;02/05/2027;07:00;15:00;SOU;;;AV;;")
        found = asked(asha, date(2027, 4, 1), 2)
        figures = {e.name: (e.given, e.received, e.planned) for e in found.totals("force")}
        hour = third = 3600
        assert figures == {
            WILTS: (3 * hour, third, 5 * hour),
            AVON: (0, third, 8 * hour),
            GLOS: (0, third, 0),
        }
        counted = evidence(asha, UNIT, date(2027, 4, 1), 2)
        assert [counted.seconds(each) for each in counted.entries] == [3 * hour]

    def test_is_filtered(self, asha: Actor) -> None:
        worked(WILTS, "1;1234;10/02/2027;07:00;13:00;SOU;;;AV;;")
        assert hours(asha, date(2027, 2, 1), force=AVON) == {AVON: (0, 2)}
        people.joint_unit("another", agreed.REFERENCE)
        assert not hours(asha, date(2027, 2, 1), unit="another")
        assert not hours(asha, date(2027, 2, 1), function="dogs")
