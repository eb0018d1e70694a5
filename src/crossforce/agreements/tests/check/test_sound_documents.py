"""One sound document for each basis passes, whatever is asked of the others."""

from datetime import date

import pytest

from crossforce.agreements.check import CheckContext, check
from crossforce.agreements.compile import compile_document
from crossforce.agreements.reading import read
from crossforce.agreements.tests.check import documents
from crossforce.organisations import directory


@pytest.mark.parametrize("basis", documents.BASES)
class TestSound:
    def test_it_has_neither_error_nor_warning(self, basis: str) -> None:
        found = documents.findings(documents.sound(basis))
        assert [each for each in found if each.severity != "note"] == []

    def test_it_may_be_put_to_parties(self, basis: str) -> None:
        found = documents.findings(documents.sound(basis), for_signature=True)
        assert [each for each in found if each.severity == "error"] == []

    def test_it_compiles(self, basis: str) -> None:
        assert (
            compile_document(documents.document(basis), directory.shipped()).reference == basis
        )

    def test_it_is_held_to_the_law_of_its_day(self, basis: str) -> None:
        """A memorandum of 2008 is the same in 2026."""
        reading = read(documents.sound(basis).encode(), f"{basis}.toml")
        later = CheckContext(directory=directory.shipped(), on=date(2026, 11, 21))
        assert [each for each in check(reading, later) if each.severity == "error"] == []


def test_a_memorandum_is_not_held_to_section_22a() -> None:
    memorandum = documents.changed(
        documents.sound("memorandum"), ('basis = "memorandum"', 'basis = "s22a"')
    )
    later = documents.changed(
        memorandum, ("from = 2008-04-01\nuntil = 2012-04-01", "from = 2016-04-01")
    )
    rules = {each.rule for each in documents.errors(later)}
    assert {
        "parties.policing-body-missing",
        "interest.consistency-missing",
        "publication.none",
        "exit.none",
    } <= rules


def test_a_chief_officer_alone_was_enough_before_2012() -> None:
    before = documents.sound("s23-pre-2010")
    after = documents.changed(
        before,
        ('basis = "s23-pre-2010"', 'basis = "s22a"'),
        ("from = 2008-04-01\nuntil = 2011-04-01", "from = 2013-04-01\nuntil = 2016-04-01"),
    )
    missing = [e for e in documents.errors(after) if e.rule == "parties.policing-body-missing"]
    assert documents.errors(before) == []
    assert "pcc-hampshire" in missing[0].remedy


@pytest.mark.parametrize(("year", "sound"), [(2016, False), (2018, True)])
def test_one_policing_body_and_another_person_are_enough_from_2017(
    year: int, sound: bool
) -> None:
    text = f"""
format = 1
reference = "with-the-agency"
title = {{ en = "With the agency" }}
basis = "s22a"
state = "draft"
form = "partnership"
objective = {{ en = "Work with the agency." }}
from = {year}-04-01
party = [
  {{ organisation = "chief-constable-dorset", capacity = "chief-officer" }},
  {{ organisation = "pcc-dorset", capacity = "policing-body" }},
  {{ organisation = "national-crime-agency", capacity = "other-person" }},
]
"""
    found = [each for each in documents.errors(text) if each.rule == "parties.set-invalid"]
    assert (found == []) is sound


def test_what_a_source_does_not_tell_is_no_error_in_a_recorded_agreement() -> None:
    bare = """
format = 1
reference = "tri-force"
title = { en = "Tri-Force" }
basis = "s22a"
state = "recorded"
form = "joint-unit"
objective = { en = "A centrally managed specialist unit." }
from = { date = 2014-04-01, precision = "month" }
source = "003, Tri-Force"
function = [{ code = "firearms", in = ["avon-and-somerset", "gloucestershire", "wiltshire"] }]
"""
    assert documents.errors(bare) == []
    assert "parties.set-invalid" in {each.rule for each in documents.findings(bare)}


def test_what_is_malformed_stays_an_error_in_a_recorded_agreement() -> None:
    text = documents.changed(
        documents.sound("s22a"), ('state = "draft"', 'state = "recorded"'), ('"0.25"', '"0.24"')
    )
    assert [each.rule for each in documents.errors(text)] == ["costs.shares-sum"]
