"""A board's work from its setting up to the effect of a decision."""

from datetime import date
from typing import Any

import pytest

from crossforce.access.operations import put_grants
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.choices import BOARD
from crossforce.boards.operations import (
    keeping,
    meetings,
    papers,
)
from crossforce.boards.queries import boards
from crossforce.boards.queries import meetings as reads
from crossforce.boards.queries import papers as paper_reads
from crossforce.boards.queries.agreed import NoSuchAgreement
from crossforce.boards.rules.motions import Delegation
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, ON, REFERENCE, Held
from crossforce.kernel.refusals import Conflict
from crossforce.people.choices import Actor
from crossforce.records.api import Clashes
from crossforce.records.tests import factories as records

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(keeper: Actor) -> Actor:
    return keeper


class TestBoard:
    def test_is_of_whoever_governs_jointly(self, asha: Actor) -> None:
        found = boards.shown(asha, factories.board(asha), ON)
        assert found.today.bodies == (
            "pcc-avon-and-somerset", "pcc-gloucestershire", "pcc-wiltshire",
        )  # fmt: skip
        assert [seat.code for seat in found.today.seats] == [
            f"policing-body:{force}" for force in agreed.THREE
        ]
        assert found.today.agreements == (REFERENCE,)

    def test_is_nobody_before_all_have_signed_and_decides_what_is_to_begin(
        self, asha: Actor
    ) -> None:
        row = boards.board(asha, factories.board(asha))
        assert boards.sitting(asha, row, date(2026, 11, 1)).seats == ()
        found = boards.sitting(asha, row, date(2026, 11, 28))
        assert (found.governs, len(found.seats)) == ((), 3)
        assert {each.agreement for each in found.beginning} == {REFERENCE}
        assert boards.sitting(asha, row, ON).beginning == ()

    def test_of_who_govern_jointly_is_taken_from_their_agreement_by_no_keeper(
        self, asha: Actor
    ) -> None:
        key = factories.board(asha)
        new = keeping.NewBoard("Roads", "joint-roads-board", "another")
        with pytest.raises(keeping.BadBoard, match="stays with their agreement"):
            keeping.change(actor=asha, board=key, version=1, new=new, at=AT)

    def test_is_found_by_what_it_governs(self, asha: Actor) -> None:
        key = factories.board(asha)
        function = boards.shown(asha, key, ON).today.governs[0].function
        governing, found = boards.governing_board(asha, REFERENCE, function, ON)
        assert found is not None
        assert (found.pk, governing.answer.jointly) == (key, True)

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"agreement": ""}, "No organisation has the code"),
            ({"agreement": "unheard-of"}, "no such agreement"),
            ({"weekday": 6}, "Monday to Friday"),
            ({"reports_to": "joint-roads-board"}, "in a circle: joint-roads-board →"),
            ({"chair_casts": True}, "Say which seat chairs"),
            ({"chair": "the chair"}, "is no seat"),
            ({"chair": "policing-body:nowhere"}, "There is no organisation “nowhere”"),
            ({"delegations": (Delegation("queen:wiltshire"),)}, "There is no office “queen”"),
        ],
    )
    def test_is_refused_where_it_cannot_be(
        self, asha: Actor, more: dict[str, Any], says: str
    ) -> None:
        with pytest.raises((keeping.BadBoard, NoSuchAgreement), match=says):
            factories.board(asha, **more)

    def test_is_the_only_one_of_its_code(self, asha: Actor) -> None:
        factories.board(asha)
        reading = {"recipient": factories.PARTNER, "actions": ("find", "read")}
        put_grants("reading", [records.grant(BOARD, **reading)])
        for actor in (asha, factories.secretary(factories.PARTNER)):
            with pytest.raises(Clashes, match=f"is kept by {factories.HERE} already"):
                factories.board(actor)

    def test_is_set_up_by_one_of_those_whom_it_is(self, bodies: None) -> None:
        agreed.in_force((agreed.GLOS, agreed.WILTS))
        factories.policy(agreed.AVON, agreed.GLOS)
        drafter = factories.secretary(agreed.AVON)
        for more in ({}, {"code": "pcc-wiltshire"}):
            with pytest.raises(keeping.NotYours, match="none of those whom"):
                factories.board(drafter, **more)
        factories.board(factories.secretary(agreed.GLOS))

    def test_is_not_there_for_a_stranger(self, asha: Actor) -> None:
        key = factories.board(asha)
        with pytest.raises(boards.NoSuchBoard):
            boards.board(factories.secretary("cumbria"), key)


class TestPlanning:
    def test_fills_the_cycle_once(self, asha: Actor) -> None:
        key = factories.board(asha)
        first = keeping.plan_meetings(actor=asha, board=key, months=6, at=AT)
        again = keeping.plan_meetings(actor=asha, board=key, months=7, at=AT)
        assert (len(first), len(again)) == (6, 1)
        days = sorted(each.on for each in reads.of_board(asha, key))
        assert days[0] == date(2027, 1, 20)
        assert all(day.weekday() == 2 for day in days)

    def test_refuses_a_closed_day(self, asha: Actor) -> None:
        with pytest.raises(keeping.ClosedDay, match="Good Friday"):
            factories.meeting(asha, factories.board(asha), date(2027, 3, 26))

    def test_can_be_cancelled_with_a_reason(self, asha: Actor) -> None:
        key = factories.meeting(asha, factories.board(asha))
        with pytest.raises(keeping.BadBoard, match="Say why"):
            keeping.cancel_meeting(actor=asha, meeting=key, version=1, why=" ", at=AT)
        keeping.cancel_meeting(actor=asha, meeting=key, version=1, why="Snow", at=AT)
        with pytest.raises(Conflict, match="planned"):
            keeping.cancel_meeting(actor=asha, meeting=key, version=2, why="Snow", at=AT)


class TestAgenda:
    def test_is_put_together_from_what_is_due(self, asha: Actor) -> None:
        meeting = factories.meeting(asha, factories.board(asha))
        factories.paper(asha)
        factories.paper(asha, title="Far away", due_on=date(2028, 1, 1))
        found = reads.shown(asha, meeting, ON)
        assert [i.due.title for s in found.agenda for i in s.items] == ["New radios"]

    def test_looks_to_the_next_meeting_that_is_kept(self, asha: Actor) -> None:
        board = factories.board(asha)
        meeting = factories.meeting(asha, board)
        factories.paper(asha, due_on=date(2027, 2, 10))
        for day, listed in ((date(2027, 2, 3), False), (date(2027, 2, 24), True)):
            kept = factories.meeting(asha, board, day)
            found = reads.shown(asha, meeting, ON)
            titles = [i.due.title for s in found.agenda for i in s.items]
            assert titles == ["New radios"] * listed
            keeping.cancel_meeting(actor=asha, meeting=kept, version=1, why="Snow", at=LATER)

    def test_brings_back_what_was_put_off(self, held: Held) -> None:
        asha, meeting, paper, _ = held
        papers.put_off(actor=asha, paper=paper, meeting=meeting, at=LATER)
        board = reads.shown(asha, meeting, ON).board.pk
        later = keeping.add_meeting(
            actor=asha, board=board, on=date(2027, 2, 17), place="", at=LATER
        )
        [item] = [i for s in reads.shown(asha, later, ON).agenda for i in s.items]
        assert item.due.put_before == (ON,)

    def test_has_the_actions_of_the_last_meeting(self, held: Held) -> None:
        asha, meeting, _, seats = held
        meetings.set_action(
            actor=asha, meeting=meeting, what="Write", owner=seats[0],
            due_on=date(2027, 2, 1), at=LATER,
        )  # fmt: skip
        found = reads.shown(asha, meeting, ON)
        later = factories.meeting(asha, found.board.pk, date(2027, 2, 17))
        items = [i for s in reads.shown(asha, later, ON).agenda for i in s.items]
        assert "overdue by 12 working days" in [item.due.why for item in items]


class TestPapers:
    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"functions": ("flying",)}, "has no function “flying”"),
            ({"heading": "tea"}, "The heading is one of"),
            ({"effect": "magic"}, "A decision can do: "),
            ({"effect": "variation"}, "Say to what"),
            (
                {"effect": "variation", "effect_of": "a@1", "decision": "", "pence": 0},
                "which kind",
            ),
            ({"decision": ""}, "which kind"),
            (
                {"effect": "variation", "effect_of": "a@1", "pence": 0},
                "of the kind variation and this is spending",
            ),
            (
                {"effect": "variation", "effect_of": "a@1", "decision": "variation"},
                "has no sum of its own",
            ),
            (
                {"effect": "budget", "effect_of": "roads-policing/2027", "decision": "naming"},
                "of the kind spending and this is naming",
            ),
        ],
    )
    def test_say_what_is_wrong_with_them(
        self, asha: Actor, more: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(papers.BadPaper, match=says):
            factories.paper(asha, **more)

    def test_stay_as_they_are_once_out(self, asha: Actor) -> None:
        key = factories.paper(asha)
        new = papers.NewPaper("Other", REFERENCE, ON)
        with pytest.raises(papers.NotSo, match="stays as it is"):
            papers.change(actor=asha, paper=key, version=2, new=new, at=LATER)
        papers.withdraw(actor=asha, paper=key, version=2, at=LATER)
        assert paper_reads.shown(asha, key).state == "withdrawn"
