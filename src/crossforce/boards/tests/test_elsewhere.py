"""Papers that another force wrote: the board that governs decides them, and whoever reads one knows what became of it."""

from datetime import date
from uuid import UUID

import pytest

from crossforce.access.operations import put_grants
from crossforce.boards.choices import PAPER, PaperState
from crossforce.boards.operations import deciding, keeping, papers
from crossforce.boards.queries import meetings as reads
from crossforce.boards.queries import minutes
from crossforce.boards.queries import papers as asked
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import HERE, LATER, ON, PARTNER, REFERENCE, Held
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.records.tests import factories as records

pytestmark = pytest.mark.django_db


@ground.fixture
def theirs(held: Held) -> Held:
    """As `held`, but the paper is written and kept by a partner, whose papers the secretary reads and no more."""
    asha, meeting, _, seats = held
    reading = records.grant(
        PAPER, holder=PARTNER, recipient=HERE, actions=("find", "read"), clause="5.1"
    )
    put_grants("papers-of-partners", [reading])
    return asha, meeting, factories.paper(factories.secretary(PARTNER)), seats


def state(actor: Actor, paper: UUID) -> PaperState:
    return asked.shown(actor, paper).state


def test_one_is_decided_once_and_its_writer_knows_it(theirs: Held) -> None:
    asha, meeting, paper, seats = theirs
    writer = factories.secretary(PARTNER)
    key = factories.decided(asha, meeting, paper, seats)
    assert reads.decision(asha, key).row.is_decided
    with pytest.raises(reads.NoSuchDecision):
        reads.decision(writer, key)
    assert (state(asha, paper), state(writer, paper)) == (PaperState.DECIDED,) * 2
    with pytest.raises(deciding.CannotDecide, match="decided already"):
        factories.decided(asha, meeting, paper, seats)
    with pytest.raises(papers.NotSo, match="decided or withdrawn"):
        papers.withdraw(actor=writer, paper=paper, version=2, at=LATER)
    [item] = [each for each in asked.papers(writer) if each.row.pk == paper]
    assert item.fate.decided_on == ON


def test_one_is_decided_in_writing_by_whoever_keeps_the_board(theirs: Held) -> None:
    asha, meeting, paper, seats = theirs
    board = reads.shown(asha, meeting, ON).board.pk
    more = factories.in_writing(asha, seats)
    writer = factories.secretary(PARTNER)
    with pytest.raises((Missing, Refused)):
        factories.decided(writer, board, paper, seats, **more)
    assert reads.decision(
        asha, factories.decided(asha, board, paper, seats, **more)
    ).row.is_decided


def test_one_is_decided_and_put_off_by_the_first_board_of_its_bodies_alone(
    theirs: Held,
) -> None:
    _, _, paper, _ = theirs
    partner = factories.secretary(PARTNER)
    again = keeping.NewBoard("Roads again", "second-roads-board", REFERENCE)
    board = keeping.set_up(actor=partner, new=again, at=LATER)
    meeting, seats = factories.meeting(partner, board), factories.everybody(partner, board)
    factories.attended(partner, meeting, seats)
    with pytest.raises(deciding.CannotDecide, match="kept here as “joint-roads-board”"):
        factories.decided(partner, meeting, paper, seats)
    with pytest.raises(papers.NotSo, match="kept here as “joint-roads-board”"):
        papers.put_off(actor=partner, paper=paper, meeting=meeting, at=LATER)
    assert state(partner, paper) is PaperState.OUT


def test_one_is_put_off_once_by_a_meeting_and_returns_to_the_next(theirs: Held) -> None:
    asha, meeting, paper, _ = theirs
    papers.put_off(actor=asha, paper=paper, meeting=meeting, at=LATER)
    with pytest.raises(papers.NotSo, match="put it off already"):
        papers.put_off(actor=asha, paper=paper, meeting=meeting, at=LATER)
    later = factories.meeting(asha, reads.shown(asha, meeting, ON).board.pk, date(2027, 2, 17))
    items = [item for each in reads.shown(asha, later, ON).agenda for item in each.items]
    assert {item.due.put_before for item in items if item.due.reference == str(paper)} == {
        (ON,)
    }
    assert "Put off to the next meeting." in minutes.minutes_of(asha, meeting, ON)
    [told] = reads.shown(asha, meeting, ON).decisions
    assert (told.said, state(factories.secretary(PARTNER), paper)) == ("Put off", "out")


def test_what_became_of_one_is_told_to_nobody_who_may_not_read_it(theirs: Held) -> None:
    asha, meeting, paper, seats = theirs
    factories.decided(asha, meeting, paper, seats)
    stranger = factories.secretary("cumbria")
    with guarded.acting(stranger):
        assert asked.fates([paper])[paper] == asked.NOTHING_YET
