from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from crossforce.agreements import catalogues
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read, read_path
from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.tests.strategies import documents
from crossforce.agreements.wording import (
    Names,
    date_in_words,
    period_in_words,
    phrases,
    term_in_words,
)
from crossforce.kernel.civil import instant
from crossforce.kernel.words import Words
from crossforce.organisations.directory import shipped
from crossforce.register import rules
from crossforce.register.rules import view as views

NOBODY = Names()


def agreement(name: str) -> tuple[AgreementDocument, CompiledTerms]:
    document = read_path(Path(settings.PROJECT / "agreements" / f"{name}.toml")).document
    return document, compile_document(document, shipped())


class TestPublicView:
    def test_shows_a_bare_notice_without_functions_units_or_clauses(self) -> None:
        view = rules.public_view(*agreement("south-west/sw-special-branch"), NOBODY)
        assert view["is_bare_notice"]
        assert view["notice"]["en"] == "Four forces of the South West share a special branch."
        assert not {"functions", "units", "clauses", "interest"} & view.keys()

    def test_puts_the_ground_in_place_of_a_withheld_clause(self) -> None:
        document, terms = agreement("south-west/sw-regional-organised-crime-unit")
        view = rules.public_view(document, terms, NOBODY)
        held = [each for each in view["clauses"] if "withheld" in each]
        assert [each["number"] for each in held] == ["7", "9", "10", "11"]
        assert all("text" not in each and "terms" not in each for each in held)

    def test_says_no_word_of_a_withheld_clause_anywhere(self) -> None:
        document, terms = agreement("south-west/sw-regional-organised-crime-unit")
        secret = next(each for each in document.clause if each.number == "11").text.en
        shown = str(rules.public_view(document, terms, NOBODY))
        assert secret not in shown
        assert secret not in rules.public_document(document, terms)

    def test_publishes_a_document_that_can_be_read_again(self) -> None:
        document, terms = agreement("south-west/sw-regional-organised-crime-unit")
        public = read(rules.public_document(document, terms).encode(), "public.toml").document
        assert public.reference == document.reference
        assert len(public.clause) == len(document.clause)

    @given(documents())
    def test_never_shows_a_clause_that_is_withheld(self, document: AgreementDocument) -> None:
        terms = compile_document(document, shipped())
        view = rules.public_view(document, terms, NOBODY)
        withheld = {each.clause for each in rules.publication(terms).withheld}
        shown = {each["number"] for each in view.get("clauses", ()) if "text" in each}
        assert not withheld & shown

    @given(documents())
    def test_speaks_one_language_at_a_time(self, document: AgreementDocument) -> None:
        terms = compile_document(document, shipped())
        view = rules.in_language(rules.public_view(document, terms, NOBODY), "cy")
        assert isinstance(view["title"], str)
        assert list(views.searched(rules.public_view(document, terms, NOBODY)))


class TestWording:
    @given(documents())
    def test_has_words_for_every_term_in_both_languages(
        self, document: AgreementDocument
    ) -> None:
        for term in compile_document(document, shipped()).terms:
            for language in views.LANGUAGES:
                said = term_in_words(term, NOBODY, language)
                assert said.endswith(".")

    def test_leaves_braces_in_a_name_alone(self) -> None:
        names = Names(kinds={"duty.entry": Words(en="Duty {holders} {0")})
        assert names.all_kinds(["duty.entry"]) == "duty {holders} {0"
        said = phrases.say("lead.lead", "en", force="{functions}", functions="dogs {}")
        assert said == "{functions} leads dogs {}"

    def test_names_kinds_schedules_purposes_and_roles_in_both_languages(self) -> None:
        document, terms = agreement("south-west/sw-major-crime")
        names = catalogues.names(shipped(), document)
        said = {
            (term.clause, language): term_in_words(term, names, language)
            for term in terms.terms
            for language in views.LANGUAGES
        }
        assert "“Police information, group 1”" in said["11", "en"]
        assert "“Gwybodaeth heddlu, grŵp 1”" in said["11", "cy"]
        assert all(
            each in said["9", "en"]
            for each in ("records (note on an original; case; ", "; person)")
        )
        assert "(investigator and senior investigating officer)" in said["9", "en"]
        assert "ymchwilio i droseddau" in said["9", "cy"]

    def test_does_not_make_a_date_more_precise_than_its_source(self) -> None:
        document, _ = agreement("south-west/sw-major-crime")
        joined = document.function[0].participation[1].from_
        assert joined is not None
        assert date_in_words(joined) == "December 2015"
        assert period_in_words(joined, None, "cy") == "o Rhagfyr 2015"


class TestMatrix:
    @pytest.mark.parametrize(("day", "count"), [("2015-11-30", 2), ("2015-12-01", 3)])
    def test_counts_gloucestershire_from_december_2015(self, day: str, count: int) -> None:
        _, terms = agreement("south-west/sw-major-crime")
        rows = rules.participants_of(terms, notice_only=False)
        grid = rules.grid(rows, instant(datetime.fromisoformat(day).date()))
        assert len(grid["homicide-investigation"]) == count

    def test_names_no_function_of_a_bare_notice(self) -> None:
        _, terms = agreement("south-west/sw-special-branch")
        rows = rules.participants_of(terms, notice_only=True)
        assert {each.function for each in rows} == {rules.WHOLE}
        assert len(rows) == 4

    def test_shows_a_linked_force_as_linked_only(self) -> None:
        _, terms = agreement("wales/wales-firearms")
        rows = rules.participants_of(terms, notice_only=False)
        assert {each.status for each in rows if each.force == "north-wales"} == {"linked"}

    @given(documents(), st.datetimes(timezones=st.just(UTC)))
    def test_shows_exactly_who_takes_part_at_the_instant(
        self, document: AgreementDocument, at: datetime
    ) -> None:
        rows = rules.participants_of(compile_document(document, shipped()), notice_only=False)
        shown = {(f, force) for f, row in rules.grid(rows, at).items() for force in row}
        there = {
            (r.function, r.force) for r in rows if r.valid.contains(at) and r.status != "out"
        }
        assert shown == there


class TestSearching:
    @pytest.mark.parametrize("typed", ["TÎM", "tim", "  Tîm "])
    def test_folds_accents_case_and_space(self, typed: str) -> None:
        assert rules.words_of(typed) == ["tim"]

    @given(st.text(max_size=2_000))
    def test_keeps_at_most_eight_words(self, typed: str) -> None:
        assert len(rules.words_of(typed)) <= 8


class TestRegionalSummary:
    def test_puts_what_is_in_development_apart(self) -> None:
        chapters = {
            each.name: {paragraph.reference for paragraph in each.paragraphs}
            for each in rules.regional_summary(_views())
        }
        assert "sw-storm" in chapters["development"]
        assert "sw-major-crime" in chapters["existing"]
        assert len(chapters["alliances"]) == 2

    @pytest.mark.parametrize(
        ("origin", "mark"),
        [
            ("recorded", "recorded"),
            ("demonstration", "demonstration"),
            ("rehearsed", "demonstration"),
            ("drafted", ""),
        ],
    )
    def test_marks_whatever_no_real_body_has_signed(self, origin: str, mark: str) -> None:
        [chapter] = rules.regional_summary([replace(_views()[0], origin=origin)])
        assert chapter.paragraphs[0].mark == mark


def _views() -> list[rules.Listed]:
    folder = Path(settings.PROJECT / "agreements" / "south-west")
    names = [f"south-west/{path.stem}" for path in sorted(folder.glob("*.toml"))]
    shown = [rules.public_view(*agreement(name), NOBODY) for name in names]
    return [rules.Listed(rules.in_language(view, "en"), origin="recorded") for view in shown]


def test_words_fall_back_to_english_where_there_is_no_welsh() -> None:
    plain = {"title": Words(en="Dogs").model_dump(exclude_none=True)}
    found = rules.in_language(plain, "cy")
    assert found == {"title": "Dogs"}
    assert found["title"].language == "en"
    assert (
        rules.in_language(plain | {"title": {"en": "Dogs", "cy": "Cŵn"}}, "cy")[
            "title"
        ].language
        == "cy"
    )
