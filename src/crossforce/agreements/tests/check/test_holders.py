"""Whose records a document may open: theirs for whom somebody is party, as long as somebody is."""

import pytest

from crossforce.agreements.tests.check import documents

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


@pytest.mark.parametrize(("rows", "is_bound"), [([], True), (ROWS[:1], True), (ROWS, False)])
def test_a_force_whose_parties_leave_grants_no_longer(rows: list[str], is_bound: bool) -> None:
    found = documents.findings(documents.changed(documents.sound("s22a"), HELD, *leaving(rows)))
    assert is_bound is ("access.holder-not-taking-part" not in {each.rule for each in found})
