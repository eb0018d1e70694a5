from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements import resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read
from crossforce.agreements.resolve import Deployment
from crossforce.agreements.terms import CompiledTerms, Term
from crossforce.agreements.tests.pure.conftest import JOINT, with_clause
from crossforce.agreements.tests.strategies import DIRECTORY, FORCES, documents
from crossforce.kernel.civil import instant
from crossforce.organisations.directory import Directory

AVON, GLOS, WILTS = "avon-and-somerset", "gloucestershire", "wiltshire"
ROADS = "roads-policing"
JOINS = instant(date(2015, 12, 1))
EARLY = instant(date(2014, 5, 1))
INSTANTS = st.datetimes(
    datetime(2013, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip


def compiled(text: str) -> CompiledTerms:
    return compile_document(with_clause(f"[[clause.term]]\n{text}\n"), DIRECTORY)


class TestParticipants:
    def test_change_at_the_instant(self, terms: CompiledTerms) -> None:
        before = resolve.participants(terms, ROADS, JOINS - timedelta(microseconds=1))
        after = resolve.participants(terms, ROADS, JOINS)
        assert before.forces == (AVON, WILTS)
        assert after.forces == (AVON, GLOS, WILTS)

    def test_do_not_count_those_linked(self, terms: CompiledTerms) -> None:
        found = resolve.participants(terms, ROADS, EARLY)
        dorset = found.of("dorset")
        assert dorset is not None
        assert dorset.status == "linked"
        assert dorset.why.clause == "2"
        assert dorset.why.heading is not None
        assert "dorset" not in found.forces

    def test_end_with_the_agreement(
        self, joint: AgreementDocument, directory: Directory
    ) -> None:
        text = JOINT.replace("from = 2014-04-01", "from = 2014-04-01\nuntil = 2017-04-01", 1)
        ended = compile_document(read(text.encode()).document, directory)
        last = instant(date(2017, 4, 1))
        assert resolve.participants(ended, ROADS, last - timedelta(seconds=1)).forces
        assert resolve.participants(ended, ROADS, last).forces == ()


class TestLead:
    def test_changes_on_its_day(self, terms: CompiledTerms) -> None:
        changes = instant(date(2016, 4, 1))
        assert resolve.lead(terms, ROADS, changes - timedelta(seconds=1)).force == AVON
        assert resolve.lead(terms, ROADS, changes).force == WILTS
        assert resolve.lead(terms, ROADS, changes).why.clause == "4"

    def test_is_nobody_where_no_clause_says(self, terms: CompiledTerms) -> None:
        assert resolve.lead(terms, "dogs", EARLY).force is None


class TestDirectionAndControl:
    @pytest.mark.parametrize(
        ("deployment", "chief"),
        [
            (Deployment(AVON, unit="joint-roads-unit", area=WILTS), WILTS),
            (Deployment(AVON, unit="night-team", area=WILTS), WILTS),
            (Deployment(AVON, unit="night-team", area=AVON), AVON),
            (Deployment(AVON, unit="night-team", area=WILTS, on_joint_duty=False), AVON),
            (Deployment(AVON, unit="night-team", area="kent"), AVON),
            (Deployment(AVON, unit="night-team"), AVON),
            (Deployment(AVON, unit="night-team", role="trainer", area=AVON), WILTS),
            (Deployment(AVON, unit="elsewhere", area=WILTS), AVON),
            (Deployment("kent", unit="night-team", area=WILTS), "kent"),
            (Deployment(GLOS, unit="night-team", area=WILTS), GLOS),
            (Deployment("dorset", unit="night-team", area=WILTS), "dorset"),
        ],
    )
    def test_is_of_one_chief(
        self, deployment: Deployment, chief: str, terms: CompiledTerms
    ) -> None:
        found = resolve.direction_and_control(terms, deployment, EARLY, DIRECTORY)
        assert found.chief_officer == f"chief-constable-{chief}"

    def test_moves_to_the_area_when_a_force_joins(self, terms: CompiledTerms) -> None:
        deployment = Deployment(GLOS, unit="night-team", area=WILTS)
        found = resolve.direction_and_control(terms, deployment, JOINS, DIRECTORY)
        assert found.chief_officer == "chief-constable-wiltshire"
        assert found.why.clause == "3"
        assert found.why.assumed == "invented"

    def test_goes_home_when_a_force_leaves(self, terms: CompiledTerms) -> None:
        left = resolve.after_leaving(terms, {WILTS: JOINS})
        deployment = Deployment(WILTS, unit="night-team", area=AVON)
        found = resolve.direction_and_control(left, deployment, JOINS, DIRECTORY)
        assert found.chief_officer == "chief-constable-wiltshire"
        deployment = Deployment(AVON, unit="night-team", area=WILTS)
        found = resolve.direction_and_control(left, deployment, JOINS, DIRECTORY)
        assert found.chief_officer == "chief-constable-avon-and-somerset"

    @pytest.mark.parametrize(
        ("rule", "deployment", "chief"),
        [
            ("lead-chief", Deployment(GLOS, function=ROADS), AVON),
            ("requesting-chief", Deployment(AVON, function=ROADS, requested_by=WILTS), WILTS),
            ("requesting-chief", Deployment(AVON, function=ROADS), AVON),
            ("home-chief", Deployment(GLOS, function=ROADS, area=AVON), GLOS),
        ],
    )
    def test_follows_its_rule(self, rule: str, deployment: Deployment, chief: str) -> None:
        terms = compiled(
            f'type = "DIRECTION_CONTROL"\nof = {{ functions = ["{ROADS}"] }}\nrule = "{rule}"'
        )
        found = resolve.direction_and_control(terms, deployment, JOINS, DIRECTORY)
        assert found.chief_officer == f"chief-constable-{chief}"

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_is_total(self, data: st.DataObject) -> None:
        terms = compile_document(data.draw(documents()), DIRECTORY)
        maybe = st.one_of(st.none(), st.sampled_from(FORCES))
        deployment = Deployment(
            home_force=data.draw(st.sampled_from(FORCES)),
            unit=data.draw(st.sampled_from([None, "joint-unit", "nowhere"])),
            function=data.draw(st.sampled_from([None, *terms.functions])),
            role=data.draw(st.sampled_from([None, "investigator"])),
            area=data.draw(maybe),
            requested_by=data.draw(maybe),
            on_joint_duty=data.draw(st.booleans()),
        )
        found = resolve.direction_and_control(terms, deployment, data.draw(INSTANTS), DIRECTORY)
        chiefs = {DIRECTORY.chief_officer(force) for force in FORCES}
        assert found.chief_officer in chiefs
        assert found.why.words


class TestApprovers:
    SPENDING = (
        'type = "APPROVAL"\ndecision = "spending"\nup_to_pence = 100\nby = "lead"\n'
        '[[clause.term]]\ntype = "APPROVAL"\ndecision = "spending"\nup_to_pence = 500\nby = "majority"\n'
        '[[clause.term]]\ntype = "APPROVAL"\ndecision = "spending"\nby = "each-policing-body"'
    )

    @pytest.mark.parametrize(
        ("pence", "who", "needed"),
        [
            (100, ("chief-constable-avon-and-somerset",), 1),
            (101, ("chief-constable-avon-and-somerset", "chief-constable-wiltshire", "pcc-avon-and-somerset"), 2),
            (501, ("pcc-avon-and-somerset",), 1),
        ],
    )  # fmt: skip
    def test_are_those_of_the_narrowest_limit(
        self, pence: int, who: tuple[str, ...], needed: int
    ) -> None:
        found = resolve.approvers(compiled(self.SPENDING), "spending", pence, EARLY, DIRECTORY)
        assert (found.who, found.needed) == (who, needed)

    def test_are_all_parties_where_no_clause_covers_it(self, terms: CompiledTerms) -> None:
        found = resolve.approvers(terms, "anything", 1, JOINS, DIRECTORY)
        assert len(found.who) == found.needed == 4
        assert found.why.clause is None


class TestRoute:
    HOMICIDE = (
        f'type = "ROUTING"\nfunction = "{ROADS}"\nto = "joint-roads-unit"\nwhen = {{ crime = "homicide" }}\n'
        f'[[clause.term]]\ntype = "ROUTING"\nfunction = "{ROADS}"\nto = "night-team"\n'
        'when = { crime = "homicide", hour = "night" }'
    )

    @pytest.mark.parametrize(
        ("case", "to"),
        [
            ({"crime": "homicide"}, "joint-roads-unit"),
            ({"crime": "homicide", "hour": "night"}, "night-team"),
            ({"crime": "theft"}, None),
        ],
    )
    def test_goes_by_most_conditions(self, case: dict[str, str], to: str | None) -> None:
        assert resolve.route(compiled(self.HOMICIDE), ROADS, AVON, case, EARLY).to == to

    def test_goes_nowhere_before_a_force_takes_part(self) -> None:
        terms, case = compiled(self.HOMICIDE), {"crime": "homicide"}
        assert resolve.route(terms, ROADS, GLOS, case, JOINS - timedelta(seconds=1)).to is None
        assert resolve.route(terms, ROADS, GLOS, case, JOINS).to == "joint-roads-unit"
        assert resolve.route(terms, ROADS, "dorset", case, JOINS).to is None


class TestData:
    def test_is_each_ones_own_where_no_clause_says(self, terms: CompiledTerms) -> None:
        found = resolve.controllers(terms, "duty.entry", ROADS, JOINS)
        assert (found.mode, found.controllers) == ("each-its-own", (AVON, GLOS, WILTS))

    def test_is_controlled_by_the_more_particular_clause(self) -> None:
        terms = compiled(
            'type = "CONTROLLER"\nmode = "joint"\n[[clause.term]]\ntype = "CONTROLLER"\n'
            'kinds = ["duty.*"]\nmode = "sole"\ncontrollers = ["chief-constable-wiltshire"]'
        )
        assert resolve.controllers(terms, "duty.entry", ROADS, EARLY).mode == "sole"
        assert resolve.controllers(terms, "people.skill", ROADS, EARLY).mode == "joint"

    def test_has_every_schedule_that_covers_it(self) -> None:
        terms = compiled('type = "RETENTION"\nkinds = ["duty.entry"]\nschedule = "six-years"')
        assert [rule.schedule for rule, _ in resolve.retention(terms, "duty.entry", EARLY)] == [
            "six-years"
        ]
        assert resolve.retention(terms, "people.skill", EARLY) == []


class TestGrants:
    def test_are_rows_of_holder_and_recipient(self, terms: CompiledTerms) -> None:
        assert {(each.holder, each.recipient) for each in resolve.grants(terms, EARLY)} == {
            (AVON, WILTS), (WILTS, AVON),
        }  # fmt: skip
        assert len(list(resolve.grants(terms, JOINS))) == 6

    def test_end_at_the_instant_of_leaving(self, terms: CompiledTerms) -> None:
        leaves = instant(date(2017, 4, 1))
        left = resolve.after_leaving(terms, {WILTS: leaves})
        assert len(list(resolve.grants(left, leaves - timedelta(microseconds=1)))) == 6
        after = list(resolve.grants(left, leaves))
        assert {each.holder for each in after} == {AVON, GLOS}
        assert all(each.valid.contains(leaves) for each in after)

    def test_never_outlive_their_term(self, terms: CompiledTerms) -> None:
        for each in resolve.grants(terms):
            term: Term = each.term
            assert each.valid.intersection(term.valid) == each.valid
