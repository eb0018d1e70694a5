"""Whose records a document may open: theirs for whom a party answers, as long as it does."""

from datetime import UTC, datetime

import pytest

from crossforce.agreements import rules
from crossforce.agreements.choices import Origin
from crossforce.agreements.compile import compile_document
from crossforce.agreements.queries import enforced
from crossforce.agreements.tests.check import documents
from crossforce.organisations import directory

ROWS = [
    f'organisation = "{each}-wiltshire"\ncapacity = "{capacity}"\n'
    for each, capacity in (
        ("chief-constable", "chief-officer"),
        ("pcc", "policing-body"),
    )
]
HELD = ('held_by = "participants"', 'held_by = ["wiltshire"]')


def leaving(rows: list[str]) -> list[tuple[str, str]]:
    return [(row, f"{row}until = 2018-04-01\n") for row in rows]


@pytest.mark.parametrize(
    ("rows", "is_bound"), [([], True), (ROWS[1:], True), (ROWS[:1], False), (ROWS, False)]
)
def test_a_force_whose_parties_leave_grants_no_longer(rows: list[str], is_bound: bool) -> None:
    found = documents.findings(documents.changed(documents.sound("s22a"), HELD, *leaving(rows)))
    assert is_bound is ("access.holder-not-taking-part" not in {each.rule for each in found})


def test_who_only_maintains_a_force_opens_none_of_its_records() -> None:
    document, world = documents.document("s22a"), directory.shipped()
    terms, at = compile_document(document, world), datetime(2016, 5, 1, tzinfo=UTC)

    def bound(*capacities: str) -> set[str]:
        rows = [each for each in document.party if each.capacity in capacities]
        parties = tuple(
            rules.PartyFacts(
                each.organisation, world.force_of(each.organisation) or "", at, signed_at=at
            )
            for each in rows
        )
        version = rules.VersionFacts(1, Origin.DRAFTED, at, parties)
        (found,) = enforced.by_facts(
            rules.Facts((version,)), at, lambda number: (terms, document)
        )
        return set(found.bound) & set(terms.chiefs)

    assert bound("policing-body") == set()
    assert "wiltshire" in bound("chief-officer") == bound("chief-officer", "policing-body")
