"""What a draft would do to who governs, told beside the draft."""

import pytest

from crossforce.agreements import operations
from crossforce.agreements.preview import Section
from crossforce.agreements.queries import preview
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, REFERENCE
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db
RULE = 'rule = "joint-policing-bodies"'


@ground.fixture
def officer(keeper: Actor) -> Actor:
    """Who may draft, and read the board that is kept."""
    factories.board(keeper)
    return keeper


def foreseen(keeper: Actor, *changed: tuple[str, str], leave: str = "") -> Section:
    officer = agreed.programme(factories.HERE)
    draft = operations.vary(actor=officer, owner=factories.HERE, reference=REFERENCE, at=AT)
    text = draft.document
    for old, new in changed:
        assert old in text
        text = text.replace(old, new)
    if changed:
        operations.save(
            actor=officer, reference=REFERENCE, document=text, version=draft.version, at=AT
        )
    found = preview.of_draft(officer, REFERENCE, AT, leave=leave)
    return found.section("service.governance")


def told(section: Section) -> dict[str, tuple[str, str]]:
    return {row.what.en: (row.before.en, row.after.en) for row in section.rows}


def test_another_rule_of_governance_changes_board_seats_and_approval(officer: Actor) -> None:
    rows = told(
        foreseen(officer, (RULE, 'rule = "chief-officers"\nquorum = { chief-officer = 3 }'))
    )
    before, after = next(said for what, said in rows.items() if what.startswith("Board: "))
    assert "Police and Crime Commissioner" in before
    assert "Chief Constable" in after
    before, after = next(said for what, said in rows.items() if what.startswith("Quorum: "))
    assert (before, after) == ("2 of 3 seats", "3 of chief officer")
    assert any(what.startswith("Who sits: ") for what in rows)
    assert not any(what.startswith("Who approves: ") for what in rows)


def test_another_limit_changes_who_approves_between_the_two(officer: Actor) -> None:
    found = foreseen(officer, ("up_to_pence = 5000000", "up_to_pence = 2000000"))
    [row] = found.rows
    assert row.what.en == "Who approves: spending up to £50,000"
    assert "Chief Constable" not in row.before.en
    assert "Chief Constable" in row.after.en
    assert {each.clause for each in row.clauses} == {"20"}
    assert row.about == (("decision", "spending"), ("pence", "5000000"))
    assert found.lead.en.startswith("1 answer to")


def test_a_leave_takes_the_seat_of_who_leaves(officer: Actor) -> None:
    rows = told(foreseen(officer, leave="wiltshire"))
    before, after = next(said for what, said in rows.items() if what.startswith("Who sits: "))
    assert "Wiltshire" in before
    assert "Wiltshire" not in after


def test_the_same_draft_says_that_nothing_changes(officer: Actor) -> None:
    found = foreseen(officer)
    assert (found.rows, found.lead.en) == (
        (), "Who governs, sits and approves would stay as it is."
    )  # fmt: skip
