"""A meeting takes place, or does not: who came, what was said, what was put off or set to be done."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from crossforce.boards.choices import ActionStanding, ActionState, Presence
from crossforce.boards.operations import keeping, meetings, papers
from crossforce.boards.queries import actions as set_here
from crossforce.boards.queries import due
from crossforce.boards.queries import meetings as reads
from crossforce.boards.rules.rolls import Attendance
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, ON, Held
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict, Missing
from crossforce.people.choices import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(keeper: Actor) -> Actor:
    return keeper


class TestMeeting:
    def test_keeps_its_minutes_and_agenda_when_it_is_over(self, held: Held) -> None:
        asha, meeting, paper, seats = held
        row = reads.shown(asha, meeting, ON).meeting
        meetings.note(
            actor=asha, meeting=meeting, version=row.version,
            notes={str(paper): "It was asked what they cost."}, at=LATER,
        )  # fmt: skip
        factories.decided(asha, meeting, paper, seats)
        meetings.set_action(
            actor=asha, meeting=meeting, what="Order them", owner=seats[0],
            due_on=date(2027, 2, 1), at=LATER, item=str(paper),
        )  # fmt: skip
        version = reads.shown(asha, meeting, ON).meeting.version
        meetings.hold(actor=asha, meeting=meeting, version=version, minutes="", at=LATER)
        found = reads.shown(asha, meeting, ON)
        assert found.is_held
        for words in ("The meeting was quorate", "under clause 20", "Order them"):
            assert words in found.meeting.minutes
        with pytest.raises(meetings.NotPlanned):
            meetings.hold(
                actor=asha, meeting=meeting, version=version + 1, minutes="", at=LATER
            )

    def test_cannot_be_recorded_before_its_day(self, asha: Actor) -> None:
        paper = str(factories.paper(asha))
        key = factories.meeting(asha, factories.board(asha))
        rows = {"policing-body:wiltshire": Attendance(Presence.PRESENT)}
        with pytest.raises(meetings.NotYet):
            meetings.attend(actor=asha, meeting=key, version=1, rows=rows, at=AT)
        with pytest.raises(meetings.NotYet):
            meetings.note(actor=asha, meeting=key, version=1, notes={paper: "Dear."}, at=AT)

    def test_refuses_an_alternate_that_may_not_sit(self, asha: Actor) -> None:
        key = factories.meeting(asha, factories.board(asha))
        rows = {"policing-body:wiltshire": Attendance(Presence.ALTERNATE, "analyst")}
        with pytest.raises(meetings.BadRoll, match="Analyst cannot sit"):
            meetings.attend(actor=asha, meeting=key, version=1, rows=rows, at=LATER)


class TestPuttingOff:
    def test_is_of_a_meeting_that_has_the_paper_before_it(self, held: Held) -> None:
        asha, meeting, paper, _ = held
        board = reads.shown(asha, meeting, ON).board.pk
        later = factories.meeting(asha, board, date(2027, 2, 17))
        far = factories.paper(asha, title="Far away", due_on=date(2028, 1, 1))
        for where, which, words in ((later, paper, "being held"), (meeting, far, "not on")):
            with pytest.raises(papers.NotSo, match=words):
                papers.put_off(actor=asha, paper=which, meeting=where, at=LATER)
        _cancel(asha, later)
        with pytest.raises(papers.NotSo, match="being held"):
            papers.put_off(actor=asha, paper=paper, meeting=later, at=LATER + timedelta(60))


class TestCancelling:
    def test_is_of_a_meeting_that_nobody_came_to(self, held: Held) -> None:
        asha, meeting, _, _ = held
        with pytest.raises(Conflict, match="has taken place"):
            _cancel(asha, meeting, 2)

    def test_is_of_a_meeting_that_is_there(self, asha: Actor) -> None:
        with pytest.raises(Missing):
            _cancel(asha, uuid4())


class TestActions:
    def test_are_set_at_a_meeting_that_is_being_held(self, held: Held) -> None:
        asha, meeting, _, seats = held
        board = reads.shown(asha, meeting, ON).board.pk
        later = factories.meeting(asha, board, date(2027, 2, 17))
        with pytest.raises(meetings.NotYet):
            _set(asha, later, seats[0])
        _cancel(asha, later)
        with pytest.raises(meetings.NotPlanned):
            _set(asha, later, seats[0])
        with pytest.raises(meetings.BadAction, match="no item of this meeting"):
            _set(asha, meeting, seats[0], item=str(uuid4()))

    def test_stand_by_the_day_and_end_with_words(self, held: Held) -> None:
        asha, meeting, _, seats = held
        key = meetings.set_action(
            actor=asha, meeting=meeting, what="Write", owner=seats[0],
            due_on=date(2027, 2, 1), at=LATER,
        )  # fmt: skip
        [found] = set_here.actions(asha, date(2027, 2, 3))
        assert (found.standing, found.days_late) == (ActionStanding.OVERDUE, 2)
        with guarded.acting(asha):
            [told] = due._actions(reads.shown(asha, meeting, ON).board, date(2027, 2, 3))
        assert told.title.startswith("Write (")
        assert seats[0] not in told.title
        with pytest.raises(meetings.BadAction, match="Nothing says"):
            _end(asha, key, "")
        _end(asha, key, "Written")
        assert set_here.actions(asha, ON)[0].standing is ActionStanding.DONE

    def test_are_set_to_a_seat_of_the_board(self, held: Held) -> None:
        asha, meeting, _, _ = held
        with pytest.raises(meetings.BadAction, match="Chief officer, kent has no seat"):
            meetings.set_action(
                actor=asha, meeting=meeting, what="Write", owner="chief-officer:kent",
                due_on=date(2027, 2, 1), at=LATER,
            )  # fmt: skip


def _end(actor: Actor, key: UUID, said: str) -> None:
    meetings.end_action(
        actor=actor,
        action=key,
        version=1,
        state=ActionState.DONE,
        said=said,
        at=LATER + timedelta(days=14),
    )


def _cancel(actor: Actor, meeting: UUID, version: int = 1) -> None:
    keeping.cancel_meeting(actor=actor, meeting=meeting, version=version, why="Snow", at=LATER)


def _set(actor: Actor, meeting: UUID, owner: str, item: str = "") -> UUID:
    return meetings.set_action(
        actor=actor, meeting=meeting, what="Write", owner=owner, due_on=date(2027, 3, 1),
        item=item, at=LATER,
    )  # fmt: skip
