import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crossforce.agreements import resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.findings import CannotCompile
from crossforce.agreements.reading import read_path
from crossforce.agreements.terms import (
    BEGINNING,
    AccessRule,
    CompiledTerms,
    GovernanceRule,
    NotCompiledTerms,
    ParticipationRule,
    from_bytes,
    terms_hash,
    to_bytes,
)
from crossforce.agreements.tests.pure.conftest import with_clause
from crossforce.agreements.tests.strategies import DIRECTORY, FORCES, documents
from crossforce.kernel.civil import instant
from crossforce.kernel.periods import Period
from crossforce.organisations.directory import Directory

REGISTER = Path(__file__).parents[5] / "agreements"
DECEMBER = instant(date(2015, 12, 1))


class TestBytes:
    @given(documents())
    @settings(max_examples=30, deadline=None)
    def test_come_back_as_they_were(self, document: AgreementDocument) -> None:
        terms = compile_document(document, DIRECTORY)
        assert from_bytes(to_bytes(terms)) == terms
        assert to_bytes(compile_document(document, DIRECTORY)) == to_bytes(terms)

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_are_refused_when_changed(self, data: st.DataObject) -> None:
        terms = compile_document(data.draw(documents()), DIRECTORY)
        written = bytearray(to_bytes(terms))
        place = data.draw(st.integers(0, len(written) - 1))
        written[place] = data.draw(
            st.integers(0, 255).filter(lambda each: each != written[place])
        )
        try:
            other = from_bytes(bytes(written))
        except (NotCompiledTerms, ValueError):
            return
        assert terms_hash(other) != terms_hash(terms)

    def test_have_one_form(self, terms: CompiledTerms) -> None:
        with pytest.raises(NotCompiledTerms):
            from_bytes(to_bytes(terms) + b"\n")


class TestPeriods:
    def test_begin_at_midnight_in_london(self, terms: CompiledTerms) -> None:
        assert terms.valid == Period(datetime(2014, 3, 31, 23, 0, tzinfo=UTC))

    def test_keep_the_date_as_the_source_gives_it(self, terms: CompiledTerms) -> None:
        [joined] = [
            term
            for term, rule in terms.of(ParticipationRule)
            if rule.force == "gloucestershire"
        ]
        assert joined.valid == Period(DECEMBER)
        assert joined.from_ is not None
        assert joined.from_.precision == "month"

    def test_without_a_first_day_have_always_been(
        self, joint: AgreementDocument, directory: Directory
    ) -> None:
        undated = joint.model_copy(update={"from_": None})
        assert compile_document(undated, directory).valid.starts_at == BEGINNING

    def test_of_terms_lie_within_the_agreement(
        self, joint: AgreementDocument, directory: Directory
    ) -> None:
        until = (
            joint.from_.model_copy(update={"date": date(2016, 1, 1)}) if joint.from_ else None
        )
        ended = joint.model_copy(update={"until": until})
        with pytest.raises(CannotCompile, match="clause 4: The LEAD term is never valid"):
            compile_document(ended, directory)


class TestParticipants:
    def test_of_a_grant_are_forces_with_periods(self, terms: CompiledTerms) -> None:
        [(_, rule)] = terms.of(AccessRule)
        held = {span.organisation: span.period.starts_at for span in rule.holders}
        assert held == {
            "avon-and-somerset": terms.valid.starts_at,
            "gloucestershire": DECEMBER,
            "wiltshire": terms.valid.starts_at,
        }
        assert rule.recipients == rule.holders

    def test_of_a_part_of_a_unit_are_those_of_the_unit(self, terms: CompiledTerms) -> None:
        team = terms.unit("night-team")
        assert team is not None
        assert team.functions == ("roads-policing",)
        assert len(team.staffing) == 3


class TestRefusals:
    @pytest.mark.parametrize(
        ("term", "says"),
        [
            ('type = "LEAD"\nforce = "atlantis"', "no force atlantis"),
            ('type = "LEAD"\nforce = "wiltshire"\nfunctions = ["dogs"]', "function dogs"),
            ('type = "GOVERNANCE"\nrule = "named-body"', "none is named"),
            ('type = "DIRECTION_CONTROL"\nof = {}\nrule = "named-chief"', "none is named"),
            (
                'type = "COST_SHARE"\nmethod = "fixed"\nshares = { wiltshire = "1/0" }',
                "divides",
            ),
        ],
    )
    def test_cite_the_clause(self, term: str, says: str, directory: Directory) -> None:
        document = with_clause(f"[[clause.term]]\n{term}\n")
        with pytest.raises(CannotCompile, match=says):
            compile_document(document, directory)


class TestRulePacks:
    def test_of_the_all_wales_rule_are_pinned(self, directory: Directory) -> None:
        document = with_clause('[[clause.term]]\ntype = "GOVERNANCE"\nrule = "all-wales"\n')
        terms = compile_document(document, directory)
        assert [(each.pack, each.version, each.binding) for each in terms.rule_packs] == [
            ("all-wales", 1, "pinned")
        ]
        [(_, rule)] = terms.of(GovernanceRule)
        assert len(rule.welsh_forces) == 4

    def test_of_retention_float(self, directory: Directory) -> None:
        document = with_clause(
            '[[clause.term]]\ntype = "RETENTION"\nschedule = "workforce-records"\n'
        )
        assert [each.binding for each in compile_document(document, directory).rule_packs] == [
            "floating"
        ]


class TestAddingAForce:
    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_changes_no_term_of_the_others(self, data: st.DataObject) -> None:
        document = data.draw(documents())
        known = {
            force for f in document.function for row in f.participation for force in row.forces
        }
        joiner = data.draw(st.sampled_from([force for force in FORCES if force not in known]))
        before = compile_document(document, DIRECTORY)
        after = compile_document(_joined(document, joiner), DIRECTORY)
        kept = {term.id: term for term in after.terms}
        for term in before.terms:
            if isinstance(term.rule, AccessRule) and term.id not in kept:
                assert any(_grown(term.rule, rule, joiner) for _, rule in after.of(AccessRule))
            else:
                assert kept[term.id] == term

    @given(st.data())
    @settings(max_examples=30, deadline=None)
    def test_as_a_party_only_changes_no_term_at_all(self, data: st.DataObject) -> None:
        document = data.draw(documents())
        joiner = data.draw(st.sampled_from(FORCES))
        assume(
            all(DIRECTORY.chief_officer(joiner) != each.organisation for each in document.party)
        )
        party = document.party[0].model_copy(
            update={"organisation": DIRECTORY.chief_officer(joiner)}
        )
        after = document.model_copy(update={"party": (*document.party, party)})
        assert (
            compile_document(after, DIRECTORY).terms
            == compile_document(document, DIRECTORY).terms
        )


def _joined(document: AgreementDocument, force: str) -> AgreementDocument:
    first, *rest = document.function
    row = first.participation[0].model_copy(update={"forces": (force,)})
    joined = first.model_copy(update={"participation": (*first.participation, row)})
    return document.model_copy(update={"function": (joined, *rest)})


def _grown(old: AccessRule, new: AccessRule, joiner: str) -> bool:
    """Whether the new rule is the old one with the joiner among its participants."""
    keep = {
        name: tuple(span for span in getattr(new, name) if span.organisation != joiner)
        for name in ("holders", "recipients")
    }
    return new.model_copy(update=keep) == old


class TestTheRegister:
    @pytest.mark.slow
    def test_reads_and_compiles_in_a_second(self) -> None:
        began = time.process_time()
        paths = sorted(REGISTER.rglob("*.toml"))
        for path in paths:
            compile_document(read_path(path).document, DIRECTORY)
        assert time.process_time() - began < 1 + len(paths) / 80

    def test_takes_part_to_the_letter(self) -> None:
        document = read_path(REGISTER / "south-west" / "sw-major-crime.toml").document
        terms = compile_document(document, DIRECTORY)
        function = "homicide-investigation"
        before = resolve.participants(terms, function, DECEMBER - timedelta(seconds=1)).forces
        after = resolve.participants(terms, function, DECEMBER).forces
        assert set(after) - set(before) == {"gloucestershire"}
