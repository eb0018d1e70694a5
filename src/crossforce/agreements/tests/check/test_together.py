"""Documents that come into force together are checked beside each other."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crossforce.agreements.check import check_together
from crossforce.agreements.compile import compile_document
from crossforce.agreements.reading import Reading, read, read_path
from crossforce.agreements.tests.check import documents
from crossforce.agreements.tests.check.test_overlaps import DOGS
from crossforce.agreements.tests.check.test_relations import varying
from crossforce.organisations import directory

SET = Path(__file__).parents[5] / "agreements"


def readings(*texts: str) -> list[Reading]:
    return [read(text.encode()) for text in texts]


def rules(*texts: str) -> list[set[str]]:
    together = check_together(readings(*texts), documents.context())
    return [{each.rule for each in found} for found in together]


def test_one_reference_twice_is_said_of_both() -> None:
    both = rules(
        documents.sound("s22a"), documents.sound("s22a"), documents.sound("secondment")
    )
    assert ["document.reference-twice" in each for each in both] == [True, True, False]


def test_each_is_compared_with_the_others() -> None:
    first, second = rules(documents.sound("s22a"), DOGS)
    assert "overlap.same-work" in first
    assert "overlap.same-work" in second


def test_a_circle_is_said_of_every_document_in_it() -> None:
    found = rules(varying("one", "two"), varying("two", "one"))
    assert all("relations.circular" in each for each in found)


@pytest.mark.slow
@pytest.mark.skipif(not SET.is_dir(), reason="the agreements are not beside this installation")
def test_the_agreements_of_the_sources_are_sound_together() -> None:
    found = [read_path(path) for path in sorted(SET.rglob("*.toml"))]
    today = replace(documents.context(), on=date(2026, 11, 21))
    together = check_together(found, today)
    assert [str(e) for each in together for e in each if e.severity == "error"] == []
    for reading in found:
        compile_document(reading.document, directory.shipped())
