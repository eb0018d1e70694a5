"""A board's work from its setting up to the effect of a decision."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crossforce.access.operations import put_grants
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.choices import BOARD, How, Vote
from crossforce.boards.operations import (
    balloting,
    carrying_out,
    deciding,
    keeping,
    meetings,
    papers,
)
from crossforce.boards.queries import boards
from crossforce.boards.queries import meetings as reads
from crossforce.boards.queries import papers as paper_reads
from crossforce.boards.queries.agreed import NoSuchAgreement
from crossforce.boards.rules import keeping as keeping_rules
from crossforce.boards.rules.motions import Consent, Delegation
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, LIMIT, ON, REFERENCE, Held
from crossforce.kernel.refusals import Conflict, Refused
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


class TestDeciding:
    def test_within_the_limit_takes_effect_once(self, held: Held) -> None:
        asha, meeting, paper, seats = held
        key = factories.decided(asha, meeting, paper, seats)
        found = reads.decision(asha, key)
        assert found.row.is_decided
        assert found.judged.clause == "20"
        said = carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)
        assert said == "Noted as carried out."
        with pytest.raises(carrying_out.NoEffect, match="already"):
            carrying_out.take_effect(actor=asha, decision=key, version=2, at=LATER)

    def test_beyond_the_limit_is_kept_with_its_reasons_and_never_acts(self, held: Held) -> None:
        asha, meeting, _, seats = held
        dear = factories.paper(asha, pence=LIMIT + 1)
        key = factories.decided(asha, meeting, dear, seats)
        found = reads.decision(asha, key)
        assert not found.row.is_decided
        assert "beyond the £50,000" in found.judged.reasons[0]
        assert "6 must agree and 3 did" in found.judged.reasons[1]
        with pytest.raises(carrying_out.NoEffect, match="This was not decided"):
            carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)

    def test_beyond_the_limit_counts_agreement_in_writing(self, held: Held) -> None:
        asha, meeting, _, seats = held
        dear = factories.paper(asha, pence=LIMIT + 1)
        chiefs = consents(asha, (f"chief-constable-{force}" for force in agreed.THREE))
        key = factories.decided(asha, meeting, dear, seats, consents=chiefs)
        assert reads.decision(asha, key).row.is_decided

    def test_keeps_all_that_was_given(self, held: Held) -> None:
        asha, meeting, paper, seats = held
        chiefs = consents(asha, ["pcc-wiltshire"])
        more = {"consents": chiefs, "casting": Vote.FOR, "asked_on": ON}
        row = reads.decision(
            asha, factories.decided(asha, meeting, paper, seats[:1], **more)
        ).row
        assert keeping_rules.consents(row.consents) == chiefs
        assert (row.casting, row.asked_on, row.alone) == ("for", ON, "")
        board = reads.shown(asha, meeting, ON).board.pk
        alone = {"how": How.URGENT, "alone": seats[0], "urgency": "A flood"}
        given = factories.in_writing(asha, seats[:1]) | alone
        key = factories.decided(asha, board, paper, seats[:1], **given)
        assert reads.decision(asha, key).row.alone == seats[0]

    def test_without_quorum_is_none(self, asha: Actor) -> None:
        board = factories.board(asha)
        meeting, paper = factories.meeting(asha, board), factories.paper(asha)
        seats = factories.everybody(asha, board)
        factories.attended(asha, meeting, seats[:1])
        found = reads.decision(asha, factories.decided(asha, meeting, paper, seats))
        assert not found.row.is_decided
        assert "The quorum needs 2 seats and 1 can take part" in found.judged.reasons[0]

    def test_of_a_paper_that_is_not_out_is_none(self, held: Held) -> None:
        asha, meeting, _, seats = held
        draft = factories.paper(asha, out=False)
        found = reads.decision(asha, factories.decided(asha, meeting, draft, seats))
        assert "No paper" in found.judged.reasons[0]

    def test_holds_the_meeting_and_the_paper_still(self, held: Held) -> None:
        asha, meeting, paper, seats = held
        with CaptureQueriesContext(connection) as asked:
            factories.decided(asha, meeting, paper, seats)
        said = [each["sql"] for each in asked]
        assert any("boards_meeting" in each and "FOR UPDATE" in each for each in said)
        assert any("advisory_xact_lock" in each for each in said)

    def test_is_for_who_may_change_the_meeting(self, held: Held) -> None:
        _, meeting, paper, seats = held
        to_read = {"recipient": factories.PARTNER, "actions": ("find", "read", "add")}
        put_grants("reading", [records.grant(kind, **to_read) for kind in factories.KINDS])
        partner = factories.secretary(factories.PARTNER)
        with pytest.raises(Refused, match="not edit it"):
            factories.decided(partner, meeting, paper, seats)

    def test_is_made_once(self, held: Held) -> None:
        asha, meeting, paper, seats = held
        factories.decided(asha, meeting, paper, seats)
        with pytest.raises(deciding.CannotDecide, match="decided already"):
            factories.decided(asha, meeting, paper, seats)

    def test_does_not_take_effect_before_its_day(self, held: Held) -> None:
        asha, meeting, _, seats = held
        later = factories.paper(asha, effect_on=date(2027, 4, 1))
        key = factories.decided(asha, meeting, later, seats)
        with pytest.raises(carrying_out.NoEffect, match="1 April 2027"):
            carrying_out.take_effect(actor=asha, decision=key, version=1, at=LATER)

    def test_refuses_a_vote_of_nobody_s(self, held: Held) -> None:
        asha, meeting, paper, _ = held
        with pytest.raises(balloting.BadVote, match="has no vote"):
            factories.decided(asha, meeting, paper, ["policing-body:kent"])
        with pytest.raises(balloting.BadVote, match="no organisation"):
            factories.decided(asha, meeting, paper, [], consents=consents(asha, ["nobody"]))

    def test_takes_no_consent_against_the_vote_of_the_same_person(self, held: Held) -> None:
        asha, meeting, _, seats = held
        dear = factories.paper(asha, pence=LIMIT + 1)
        chiefs = [f"chief-constable-{force}" for force in agreed.THREE]
        given = consents(asha, chiefs + [f"pcc-{force}" for force in agreed.THREE])
        for vote in (Vote.AGAINST, Vote.ABSTAIN):
            more = {"votes": dict.fromkeys(seats, vote), "consents": given}
            with pytest.raises(balloting.BadVote, match="its own seat did not vote for it"):
                factories.decided(asha, meeting, dear, [], **more)

    @pytest.mark.parametrize(
        ("document", "on", "says"),
        [
            (" ", ON, "Name the document"),
            ("Letter 12", ON, "Name the document"),
            ("", ON + timedelta(1), "21 January 2027 cannot be"),
            ("", AT.date() - timedelta(1), "14 January 2027 cannot be"),
            (
                "",
                ON,
                "chief-constable-wiltshire need not agree to this: pcc-avon-and-somerset, ",
            ),
        ],
    )
    def test_takes_no_consent_without_evidence_or_of_who_need_not_agree(
        self, held: Held, document: str, on: date, says: str
    ) -> None:
        asha, meeting, paper, seats = held
        letter = document or str(factories.document(asha))
        given = (Consent("chief-constable-wiltshire", letter, on),)
        with pytest.raises(balloting.BadVote, match=says):
            factories.decided(asha, meeting, paper, seats, consents=given)

    def test_in_writing_waits_for_answers(self, held: Held) -> None:
        asha, meeting, paper, seats = held
        board = reads.shown(asha, meeting, ON).board.pk
        more = factories.in_writing(asha, seats)
        early = factories.decided(asha, board, paper, seats[:2], **more)
        assert "may still answer" in reads.decision(asha, early).judged.reasons[0]
        whole = factories.decided(asha, board, paper, seats, **more)
        assert reads.decision(asha, whole).row.is_decided

    def test_between_meetings_is_told_to_the_next(self, held: Held) -> None:
        asha, meeting, paper, seats = held
        board = reads.shown(asha, meeting, ON).board.pk
        factories.decided(asha, board, paper, seats, **factories.in_writing(asha, seats))
        later = factories.meeting(asha, board, date(2027, 2, 17))
        items = [i for s in reads.shown(asha, later, ON).agenda for i in s.items]
        assert "decided in writing" in [item.due.why for item in items]


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


def consents(actor: Actor, persons: Iterable[str]) -> tuple[Consent, ...]:
    """They agreed in a document that the secretary keeps."""
    letter = str(factories.document(actor))
    return tuple(Consent(person, letter, ON) for person in persons)
