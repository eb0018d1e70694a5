"""From terms to grants: on plain values, with an oracle that asks instant by instant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from crossforce.access import operations, rules
from crossforce.access.choices import ACTIONS, MARKINGS, NOWHERE
from crossforce.agreements.api import Enforced
from crossforce.agreements.document import values
from crossforce.agreements.terms import AccessRule, CompiledTerms, Span, Term
from crossforce.kernel.periods import Period

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def periods() -> st.SearchStrategy[Period]:
    ends = st.one_of(st.none(), st.integers(1, 30))
    return st.builds(
        lambda start, length: Period(
            day(start), None if length is None else day(start + length)
        ),
        st.integers(0, 30),
        ends,
    )


class TestWithout:
    @given(periods(), st.lists(periods(), max_size=5))
    def test_leaves_exactly_the_instants_outside_the_gaps(
        self, period: Period, gaps: list[Period]
    ) -> None:
        left = list(rules.without(period, gaps))
        for number in range(-1, 95):
            at = day(number)
            expected = period.contains(at) and not any(gap.contains(at) for gap in gaps)
            assert any(each.contains(at) for each in left) == expected
        assert all(one.ends_at for one in left[:-1])
        assert left == sorted(left, key=lambda each: each.starts_at)


def term(**more: object) -> CompiledTerms:
    span = Span(organisation="wiltshire", period=Period(day(0), day(20)))
    values = {
        "kinds": ("duty.entry", "people.skill"),
        "holders": (span, Span(organisation="gloucestershire", period=Period(day(5)))),
        "holders_are_participants": True,
        "recipients": (Span(organisation="avon-and-somerset", period=Period(day(2), day(9))),),
        "actions": ("find", "read"),
        "purposes": ("operational-response",),
        "marking": "OFFICIAL-SENSITIVE",
        "onward": False,
    }
    rule = AccessRule.model_validate(values | more)
    made = Term(id="9.1/1", clause="9.1", valid=Period(day(1), day(30)), rule=rule)
    return CompiledTerms(reference="tri-force", valid=made.valid, terms=(made,))


class TestGrants:
    def test_hold_where_all_periods_meet(self) -> None:
        found = list(rules.grants(3, term(), [Period(day(0), day(7)), Period(day(8))], {}))
        held = {(each.holder, each.kind, each.holds) for each in found}
        first, second = Period(day(2), day(7)), Period(day(8), day(9))
        assert held == {
            (holder, kind, period)
            for kind in ("duty.entry", "people.skill")
            for holder, period in (
                ("wiltshire", first),
                ("wiltshire", second),
                ("gloucestershire", Period(day(5), day(7))),
                ("gloucestershire", second),
            )
        }

    def test_a_function_is_reached_through_its_units(self) -> None:
        units = {"firearms": ("tri-force-sou",)}
        named = rules.grants(1, term(to_function="firearms"), [Period(day(0))], units)
        assert {each.units for each in named} == {("tri-force-sou",)}

    def test_a_function_without_units_is_reached_by_nobody(self) -> None:
        named = rules.grants(1, term(to_function="firearms"), [Period(day(0))], {})
        assert {each.units for each in named} == {(NOWHERE,)}

    def test_a_territory_leaves_other_holders_out(self) -> None:
        found = rules.grants(1, term(territory=("wiltshire",)), [Period(day(0))], {})
        assert {each.holder for each in found} == {"wiltshire"}

    def test_nobody_gives_sight_of_what_another_holds(self) -> None:
        version = Enforced(
            number=1,
            terms=term(kinds=("duty.entry",)),
            binds=Period(day(0)),
            suspensions=(),
            units={},
            bound=frozenset({"chief-constable-wiltshire", "wiltshire"}),
        )
        assert {each.holder for each in operations.grants_of([version])} == {"wiltshire"}

    def test_every_kind_of_a_service_is_spelt_out(self) -> None:
        [grant, *_] = rules.grants(1, term(kinds=("records.*",)), [Period(day(0))], {})
        known = ["people.staff", "records.note", "records.request", "recordsets.x"]
        assert [each.kind for each in rules.spelt_out(grant, known)] == [
            "records.note",
            "records.request",
        ]
        assert list(rules.spelt_out(replace(grant, kind="duty.entry"), known)) == [
            replace(grant, kind="duty.entry")
        ]


def test_documents_name_the_same_actions_and_the_lower_markings() -> None:
    assert get_args(values.Action) == ACTIONS
    assert get_args(values.Marking) == MARKINGS[:2]
