from datetime import date, timedelta

import pytest

from crossforce.agreements import resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.reading import read
from crossforce.agreements.resolve import GoverningAnswer
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.kernel.civil import instant

THREE = ("dyfed-powys", "gwent", "south-wales")
AUTHORITIES = {f"police-authority-{force}" for force in THREE}
COMMISSIONERS = {f"pcc-{force}" for force in THREE}
OPTS_IN = date(2011, 4, 1)


def governed(
    rule: str, on: date, rows: str = "", forces: tuple[str, ...] = THREE
) -> GoverningAnswer:
    named = ", ".join(f'"{force}"' for force in forces)
    text = f"""
format = 1
reference = "firearms-in-wales"
title = {{ en = "Firearms" }}
basis = "s23-pre-2010"
state = "draft"
form = "joint-unit"
objective = {{ en = "To share" }}
from = 2008-04-01
[[function]]
code = "firearms"
[[function.participation]]
forces = [{named}]
{rows}
[[clause]]
number = "1"
heading = {{ en = "Governance" }}
text = {{ en = "As the rule says." }}
[[clause.term]]
type = "GOVERNANCE"
{rule}
"""
    terms = compile_document(read(text.encode()).document, DIRECTORY)
    return resolve.governing_body(terms, "firearms", instant(on), DIRECTORY)


def joiner(status: str) -> str:
    return f'[[function.participation]]\nforces = ["north-wales"]\nstatus = "{status}"\nfrom = {OPTS_IN}'


ALL_WALES = 'rule = "all-wales"'


class TestAllWales:
    def test_three_are_governed_by_their_authorities(self) -> None:
        found = governed(ALL_WALES, date(2010, 1, 1))
        assert set(found.bodies) == AUTHORITIES
        assert found.jointly
        assert found.undecided is None
        assert found.why.clause == "1"

    def test_a_fourth_that_opts_in_moves_governance_by_itself(self) -> None:
        day_before = OPTS_IN - timedelta(days=1)
        assert governed(ALL_WALES, day_before, joiner("in")).jointly
        after = governed(ALL_WALES, OPTS_IN, joiner("in"))
        assert after.bodies == ("police-authorities-of-wales",)
        assert not after.jointly

    @pytest.mark.parametrize("status", ["linked", "exploring", "planned", "out"])
    def test_a_fourth_that_does_not_take_part_moves_nothing(self, status: str) -> None:
        assert set(governed(ALL_WALES, OPTS_IN, joiner(status)).bodies) == AUTHORITIES

    @pytest.mark.parametrize("status", ["partial", "as-tasked"])
    def test_a_fourth_that_takes_part_in_part_counts(self, status: str) -> None:
        assert governed(ALL_WALES, OPTS_IN, joiner(status)).bodies == (
            "police-authorities-of-wales",
        )

    def test_the_bodies_change_with_the_law(self) -> None:
        assert set(governed(ALL_WALES, date(2012, 11, 21)).bodies) == AUTHORITIES
        assert set(governed(ALL_WALES, date(2012, 11, 22)).bodies) == COMMISSIONERS
        four = (*THREE, "north-wales")
        assert governed(ALL_WALES, date(2012, 11, 22), forces=four).bodies == (
            "all-wales-policing-group",
        )

    def test_a_force_outside_wales_leaves_a_decision_open(self) -> None:
        found = governed(ALL_WALES, date(2010, 1, 1), forces=(*THREE, "west-mercia"))
        assert found.undecided is not None
        assert "west-mercia" in found.undecided


class TestOtherRules:
    def test_a_named_body_is_followed_by_its_heirs(self) -> None:
        rule = 'rule = "named-body"\nbody = "police-authorities-of-wales"'
        assert governed(rule, date(2010, 1, 1)).bodies == ("police-authorities-of-wales",)
        assert governed(rule, date(2013, 1, 1)).bodies == ("all-wales-policing-group",)

    def test_chief_officers_govern_jointly(self) -> None:
        found = governed('rule = "chief-officers"', date(2010, 1, 1))
        assert found.bodies == tuple(f"chief-constable-{force}" for force in THREE)

    def test_policing_bodies_govern_jointly(self) -> None:
        found = governed('rule = "joint-policing-bodies"', date(2013, 1, 1))
        assert set(found.bodies) == COMMISSIONERS

    def test_nobody_governs_what_no_clause_speaks_of(self) -> None:
        found = governed('rule = "chief-officers"\nfrom = 2012-01-01', date(2010, 1, 1))
        assert found.bodies == ()
        assert found.undecided
