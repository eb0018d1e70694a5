from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements import resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.reading import read
from crossforce.agreements.resolve import CannotShare, NoExit
from crossforce.agreements.terms import CompiledTerms, ExitRule, ParticipationRule
from crossforce.agreements.tests.pure.conftest import JOINT
from crossforce.agreements.tests.strategies import DIRECTORY, documents
from crossforce.kernel.civil import day_of, instant

AVON, GLOS, WILTS = "avon-and-somerset", "gloucestershire", "wiltshire"


def leaving(months: int, effective: str) -> CompiledTerms:
    text = JOINT.replace(
        "notice_months = 12", f'notice_months = {months}\neffective = "{effective}"'
    )
    return compile_document(read(text.encode()).document, DIRECTORY)


class TestLeaveDate:
    @pytest.mark.parametrize(
        ("months", "effective", "notice", "last"),
        [
            (12, "31-march", date(2015, 6, 10), date(2017, 3, 31)),
            (12, "31-march", date(2015, 3, 31), date(2016, 3, 31)),
            (12, "31-march", date(2015, 4, 1), date(2017, 3, 31)),
            (6, "30-september", date(2015, 3, 30), date(2015, 9, 30)),
            (6, "30-september", date(2015, 4, 1), date(2016, 9, 30)),
            (3, "month-end", date(2015, 11, 30), date(2016, 2, 29)),
            (1, "month-end", date(2015, 12, 2), date(2016, 1, 31)),
            (1, "day", date(2016, 1, 31), date(2016, 2, 29)),
            (0, "day", date(2016, 1, 31), date(2016, 1, 31)),
        ],
    )
    def test_is_the_first_day_allowed(
        self, months: int, effective: str, notice: date, last: date
    ) -> None:
        found = resolve.leave_date(leaving(months, effective), notice)
        assert found.last_day == last
        assert found.leaves_on == last + timedelta(days=1)
        assert found.leaves_at == instant(found.leaves_on)
        assert found.why.clause == "7"

    def test_winds_up_and_leaves_duties(self, terms: CompiledTerms) -> None:
        found = resolve.leave_date(terms, date(2015, 6, 10))
        assert found.winding_up_until == date(2017, 7, 1)
        assert found.residual_until == date(2018, 4, 1)

    def test_is_refused_before_the_clause_is_in_force(self, terms: CompiledTerms) -> None:
        with pytest.raises(NoExit):
            resolve.leave_date(terms, date(2010, 1, 1))

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_never_comes_before_notice_has_run(self, data: st.DataObject) -> None:
        terms = compile_document(data.draw(documents()), DIRECTORY)
        notice = day_of(terms.valid.starts_at) + timedelta(days=data.draw(st.integers(0, 700)))
        [(_, rule)] = terms.of(ExitRule)
        found = resolve.leave_date(terms, notice)
        assert found.last_day >= notice + timedelta(days=28 * rule.notice_months)
        assert found.leaves_on <= found.winding_up_until <= found.residual_until


class TestSettlement:
    def test_adds_its_lines_up(self, terms: CompiledTerms) -> None:
        found = resolve.settlement(terms, WILTS, date(2016, 5, 1), DIRECTORY)
        assert {line.item: line.pence for line in found.lines} == {
            "fixed-charge": 33,
            "asset-entitlement": -16,
            "unavoidable-costs": 600,
        }
        assert found.pence == 617

    def test_is_refused_for_one_who_takes_no_part(self, terms: CompiledTerms) -> None:
        with pytest.raises(CannotShare):
            resolve.settlement(terms, "dorset", date(2016, 5, 1), DIRECTORY)

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_of_all_together_is_each_shared_line(self, data: st.DataObject) -> None:
        terms = compile_document(data.draw(documents()), DIRECTORY)
        on = day_of(terms.valid.starts_at) + timedelta(days=data.draw(st.integers(0, 700)))
        forces = resolve.taking_part(terms, (), instant(on))
        found = [resolve.settlement(terms, force, on, DIRECTORY) for force in forces]
        [(_, rule)] = terms.of(ExitRule)
        for place, item in enumerate(rule.settlement):
            lines = [each.lines[place] for each in found]
            together = lines[0].total_pence * (len(forces) if item.share == "whole" else 1)
            assert abs(sum(line.pence for line in lines)) == together


class TestAfterLeaving:
    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_nothing_rests_on_the_leaver_and_nobody_else_changes(
        self, data: st.DataObject
    ) -> None:
        terms = compile_document(data.draw(documents()), DIRECTORY)
        [leaver, *_] = resolve.taking_part(terms, (), terms.valid.starts_at)
        leaves = terms.valid.starts_at + timedelta(days=data.draw(st.integers(1, 700)))
        left = resolve.after_leaving(terms, {leaver: leaves})
        assert leaver not in resolve.taking_part(left, (), leaves)
        assert all(
            leaver not in (each.holder, each.recipient) for each in resolve.grants(left, leaves)
        )
        assert terms.chiefs[leaver] not in resolve.parties(left, leaves)
        others = [
            [pair for pair in each.of(ParticipationRule) if pair[1].force != leaver]
            for each in (terms, left)
        ]
        assert others[0] == others[1]

    def test_before_it_nothing_changes(self, terms: CompiledTerms) -> None:
        before, leaves = instant(date(2016, 5, 1)), instant(date(2017, 4, 1))
        left = resolve.after_leaving(terms, {GLOS: leaves})
        assert resolve.taking_part(left, (), before) == resolve.taking_part(terms, (), before)
        assert resolve.after_leaving(terms, {}) is terms
