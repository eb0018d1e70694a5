"""The all-Wales rule, end to end: the governing board, its papers and its votes move on the very day."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crossforce.agreements import api as agreements
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.choices import Presence
from crossforce.boards.operations import keeping
from crossforce.boards.operations import meetings as operations
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.queries import boards, lapsing
from crossforce.boards.queries import meetings as reads
from crossforce.boards.rules.rolls import Attendance
from crossforce.boards.tests import factories, welsh
from crossforce.boards.tests.factories import REFERENCE
from crossforce.boards.tests.welsh import FOUR, GROUP, JOINS, LEAVES, SOUTH, THREE
from crossforce.kernel.testing import ground
from crossforce.organisations.tests.shipped import shipped_directory
from crossforce.people.choices import Actor

__all__ = ["shipped_directory"]

ABOVE = "common-criminal-justice-systems-work-wales"
pytestmark = pytest.mark.django_db
BEFORE, DURING, AFTER = date(2027, 1, 20), date(2027, 2, 17), date(2027, 6, 16)


@ground.fixture
def rhian(shipped_directory: None) -> Actor:
    """Who keeps the boards, in South Wales."""
    welsh.agreement()
    factories.policy(SOUTH)
    return factories.secretary(SOUTH)


def agenda(actor: Actor, board: UUID, on: date) -> list[str]:
    key = factories.meeting(actor, board, on)
    found = reads.shown(actor, key, on)
    return [item.due.title for section in found.agenda for item in section.items]


def test_the_board_moves_on_the_very_day_and_back(rhian: Actor) -> None:
    own, group = welsh.boards(rhian)
    for day, board, bodies in (
        (JOINS - timedelta(days=1), own, {f"pcc-{force}" for force in THREE}),
        (JOINS, group, {GROUP}),
        (LEAVES - timedelta(days=1), group, {GROUP}),
        (LEAVES, own, {f"pcc-{force}" for force in THREE}),
    ):
        found, row = boards.governing_board(rhian, REFERENCE, "roads-policing", day)
        assert set(found.answer.bodies) == bodies
        assert row is not None
        assert row.pk == board
        assert found.answer.why.clause == "3"


def test_who_sits_moves_with_it(rhian: Actor) -> None:
    own, group = (boards.board(rhian, key) for key in welsh.boards(rhian))
    assert len(boards.sitting(rhian, own, BEFORE).seats) == len(THREE)
    assert boards.sitting(rhian, own, DURING).seats == ()
    assert len(boards.sitting(rhian, group, DURING).seats) == 2 * len(FOUR)
    assert boards.sitting(rhian, group, DURING).agreements == (REFERENCE,)
    assert boards.sitting(rhian, group, AFTER).agreements == ()


def test_a_board_of_who_went_before_is_the_board_of_who_followed(rhian: Actor) -> None:
    new = NewBoard("Police Authorities of Wales", "police-authorities-of-wales")
    old = keeping.set_up(actor=rhian, new=new, at=factories.AT)
    found = boards.sitting(rhian, boards.board(rhian, old), DURING)
    assert (found.bodies, found.agreements) == ((GROUP,), (REFERENCE,))
    assert _board_during(rhian) == old
    _, group = welsh.boards(rhian)
    assert _board_during(rhian) == group


def _board_during(actor: Actor) -> UUID | None:
    _, row = boards.governing_board(actor, REFERENCE, "roads-policing", DURING)
    return row.pk if row else None


def test_its_papers_move_with_it(rhian: Actor) -> None:
    own, group = welsh.boards(rhian)
    factories.paper(rhian)
    assert agenda(rhian, own, BEFORE) == ["New radios"]
    assert agenda(rhian, group, BEFORE) == []
    assert agenda(rhian, own, DURING) == []
    assert agenda(rhian, group, DURING) == ["New radios"]
    assert agenda(rhian, own, AFTER) == ["New radios"]
    assert agenda(rhian, group, AFTER) == []


def test_its_meetings_lapse_with_it(rhian: Actor) -> None:
    today, days = factories.AT.date(), (BEFORE, DURING, AFTER)
    own, group = welsh.boards(rhian)
    of_own, of_group = (
        [factories.meeting(rhian, board, day) for day in days] for board in (own, group)
    )
    kept = reads.between(rhian, BEFORE, AFTER)
    gone = {of_own[1], of_group[0], of_group[2]}
    with CaptureQueriesContext(connection) as seen:
        assert lapsing.lapsed(rhian, kept, today) == gone
    assert sum('FROM "agreements_version"' in each["sql"] for each in seen) == 1
    assert lapsing.lapsed(rhian, kept, DURING) == {of_own[1], of_group[2]}
    for most in (1, 2, 5):
        stay = [each.pk for each in lapsing.first_coming(rhian, kept, today, most)]
        assert stay == [of_own[0], of_group[1], of_own[2]][:most]
    ahead = lapsing.ahead(rhian, [own, group], today)
    assert {key: row.on for key, row in ahead.items()} == {own: BEFORE, group: DURING}


def test_one_to_which_those_who_govern_report_meets_beside_them(rhian: Actor) -> None:
    own, group = welsh.boards(rhian)
    new = NewBoard("Systems of criminal justice", ABOVE, REFERENCE)
    above = keeping.set_up(actor=rhian, new=new, at=factories.AT)
    keys = [factories.meeting(rhian, above, day) for day in (DURING, AFTER)]
    kept, today = reads.of_board(rhian, above), factories.AT.date()
    assert lapsing.lapsed(rhian, kept, today) == set(keys)
    told = NewBoard("All Wales Policing Group", GROUP, reports_to=ABOVE)
    keeping.change(actor=rhian, board=group, version=1, new=told, at=factories.AT)
    assert lapsing.lapsed(rhian, kept, today) == {keys[1]}
    row = boards.board(rhian, above)
    for day in (DURING, AFTER):
        sitting = boards.sitting(rhian, row, day)
        assert lapsing.is_governing_nothing(rhian, row, sitting) == (day == AFTER)
    told = NewBoard("Bodies of the three", "three-bodies-board", REFERENCE, reports_to=ABOVE)
    keeping.change(actor=rhian, board=own, version=1, new=told, at=factories.AT)
    assert lapsing.lapsed(rhian, kept, today) == set()
    files = {"another-of-wales.toml": welsh.recorded("another-of-wales", first_day=True)}
    agreements.record_set(actor=agreed.loader(), files=files, at=factories.AT)
    assert lapsing.lapsed(rhian, kept, today) == set()


def test_an_agenda_tells_what_falls_due_before_the_next_that_does_not_lapse(
    rhian: Actor,
) -> None:
    own, _ = welsh.boards(rhian)
    factories.paper(rhian, due_on=AFTER - timedelta(days=1))
    for day in (DURING, AFTER):
        factories.meeting(rhian, own, day)
    assert agenda(rhian, own, BEFORE) == ["New radios"]


def test_the_board_of_yesterday_cannot_decide(rhian: Actor) -> None:
    _, group = welsh.boards(rhian)
    paper, meeting = factories.paper(rhian), factories.meeting(rhian, group, BEFORE)
    seats = factories.everybody(rhian, group, BEFORE)
    rows = {seat: Attendance(Presence.PRESENT) for seat in seats}
    with pytest.raises(operations.Lapsed):
        operations.attend(
            actor=rhian, meeting=meeting, version=1, rows=rows, at=factories.LATER
        )
    with pytest.raises(operations.Lapsed):
        operations.hold(actor=rhian, meeting=meeting, version=1, minutes="", at=factories.LATER)
    with pytest.raises(operations.Lapsed):
        operations.note(
            actor=rhian,
            meeting=meeting,
            version=1,
            notes={str(paper): "Said"},
            at=factories.LATER,
        )
    with pytest.raises(operations.Lapsed):
        operations.set_action(
            actor=rhian, meeting=meeting, what="Write", owner=seats[0], due_on=AFTER,
            at=factories.LATER,
        )  # fmt: skip
    key = factories.decided(rhian, meeting, paper, seats)
    found = reads.decision(rhian, key)
    assert not found.row.is_decided
    assert "“Roads policing” is governed by" in found.judged.reasons[0]
