"""The board secretary's pages, from setting up to a decision that is carried out."""

import csv
import io
import re
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crossforce.boards.queries import actions as set_here
from crossforce.boards.queries import boards
from crossforce.boards.queries import meetings as reads
from crossforce.boards.rules import keeping
from crossforce.boards.rules.motions import Delegation
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import LATER, ON
from crossforce.boards.tests.pages import BOARD, named, page, post, where
from crossforce.kernel.testing.cast import Cast, Player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


@pytest.fixture
def meeting(asha: Player) -> UUID:
    return factories.meeting(asha.actor, factories.board(asha.actor))


class TestBoard:
    def test_is_set_up_shown_and_changed(self, asha: Player) -> None:
        assert "Set up a board" in page(asha, "boards")
        key = where(post(asha, "set-up", **BOARD))
        said = page(asha, "board", key)
        for words in (
            "Police and Crime Commissioner for Wiltshire",
            "third Wednesday",
            "Votes",
        ):
            assert words in said
        more = {
            "version": 1, "seats": "chief-officer\nadvises programme-officer: wiltshire",
            "closed": "2027-08-02 recess", "delegations": "chief-officer:wiltshire 50,000",
        }  # fmt: skip
        where(post(asha, "change", key, **BOARD, **more))
        again = page(asha, "change", key)
        for words in ("advises programme-officer: wiltshire", "2027-08-02 recess", "50000"):
            assert words in again
        assert "Advises" not in page(asha, "board", key)
        factories.agreed_to(asha.actor, key, LATER)
        assert "Advises" in page(asha, "board", key)

    def test_is_saved_again_without_widening_what_a_seat_may_decide_alone(
        self, asha: Player
    ) -> None:
        alone = "policing-body:wiltshire 1500.50 spending, naming\nchief-officer:wiltshire 0"
        key = where(post(asha, "set-up", **BOARD, delegations=alone))
        factories.agreed_to(asha.actor, key, LATER)
        row = boards.board(asha.actor, key)
        kept = keeping.delegations(row.delegations)
        assert kept == (
            Delegation("policing-body:wiltshire", ("spending", "naming"), 150_050),
            Delegation("chief-officer:wiltshire", (), 0),
        )
        text = re.search(
            r'name="delegations".*?>\s*(.*?)</textarea>', page(asha, "change", key), re.S
        )
        assert text is not None
        again = text[1]
        assert "1500.50 spending naming" in again
        where(
            post(
                asha, "change", key, version=2, **BOARD | {"title": "Roads"}, delegations=again
            )
        )
        assert keeping.delegations(boards.board(asha.actor, key).delegations) == kept

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"agreement": ""}, "No organisation has the code"),
            ({"closed": "tomorrow"}, "write a day and why"),
            ({"delegations": "everybody"}, "write a seat and pounds"),
            ({"delegations": "chief-officer:dorset 5o000"}, "write a seat and pounds"),
            ({"seats": "queen"}, "There is no office “queen”"),
            ({"reports_to": "joint-roads-board"}, "in a circle"),
        ],
    )
    def test_says_what_is_wrong_with_it(
        self, asha: Player, more: dict[str, str], says: str
    ) -> None:
        answer = post(asha, "set-up", **BOARD | more)
        assert answer.status_code == 422
        assert says in answer.content.decode()

    def test_is_listed_with_the_next_meeting_of_each_at_one_asking(self, asha: Player) -> None:
        def asked() -> list[str]:
            with CaptureQueriesContext(connection) as found:
                page(asha, "boards")
            return [each["sql"] for each in found]

        counts = set()
        for code in ("first-board", "second-board"):
            key = factories.meeting(asha.actor, factories.board(asha.actor, code=code))
            asked()
            counts.add(len(statements := asked()))
            for table in ("boards_meeting", "agreements_version"):
                assert sum(f'FROM "{table}"' in each for each in statements) == 1
        assert len(counts) == 1
        assert page(asha, "boards").count("20 January 2027") == 2
        with CaptureQueriesContext(connection) as found:
            page(asha, "meeting", key)
        assert sum('FROM "agreements_version"' in each["sql"] for each in found) == 1

    def test_plans_its_meetings(self, asha: Player) -> None:
        key = factories.board(asha.actor)
        where(post(asha, "plan", key))
        assert page(asha, "board", key).count("/boards/meetings/") == 13

    def test_adds_a_meeting_on_a_working_day(self, asha: Player) -> None:
        key = factories.board(asha.actor)
        day = {"on-day": "26", "on-month": "3", "on-year": "2027"}
        assert "Good Friday" in post(asha, "add-meeting", key, **day).content.decode()
        where(post(asha, "add-meeting", key, **day | {"on-day": "25"}))

    def test_adds_a_meeting_at_an_hour_of_choice_else_at_its_own(self, asha: Player) -> None:
        key = factories.board(asha.actor)
        assert 'value="10:00"' in page(asha, "add-meeting", key)
        for day, begins, says in (("22", "", "10:00"), ("23", "14:30", "14:30")):
            sent = {"on-day": day, "on-month": "3", "on-year": "2027", "begins": begins}
            made = where(post(asha, "add-meeting", key, **sent))
            assert f"{day} March 2027, {says}" in page(asha, "meeting", made)

    def test_is_not_there_for_a_stranger(self, asha: Player, cast: Cast) -> None:
        key = factories.board(asha.actor)
        cole = cast.cole("programme-officer")
        assert cole.client.get(reverse("boards:board", args=[key])).status_code == 404
        assert "Roads policing board" not in page(cole, "boards")


class TestMeeting:
    def test_goes_from_attendance_to_a_decision_carried_out(
        self, asha: Player, meeting: UUID
    ) -> None:
        paper = factories.paper(asha.actor)
        assert "It takes 2 of 3 seats" in page(asha, "meeting", meeting)
        seats = dict.fromkeys(named("seat-"), "present")
        where(post(asha, "attend", meeting, version=1, **seats))
        said = page(asha, "meeting", meeting)
        assert "Quorate" in said
        assert "Record the vote" in said
        said = page(asha, "vote", meeting, paper)
        for words in (
            "Enough can take part",
            "Clause 20: spending is approved by each policing",
        ):
            assert words in said
        assert "Agreed in writing besides" not in said
        votes = dict.fromkeys(named("vote-"), "for")
        decision = where(post(asha, "vote", meeting, paper, **votes))
        said = page(asha, "decision", decision)
        assert "Clause 20" in said
        assert "Carry it out" in said
        post(asha, "take-effect", decision, version=1)
        said = page(asha, "decision", decision)
        assert "Noted as carried out" in said
        assert "it took effect" in said
        board = reads.decision(asha.actor, decision).row.board
        assert "From paper to effect: 3.0 working days" in page(asha, "board", board)

    def test_says_why_nothing_was_decided(self, asha: Player, meeting: UUID) -> None:
        paper = factories.paper(asha.actor)
        assert "The quorum needs 2 seats and 0 can" in page(asha, "vote", meeting, paper)
        decision = where(post(asha, "vote", meeting, paper, **{named("vote-")[0]: "for"}))
        said = page(asha, "decision", decision)
        assert "Not decided" in said
        assert "The quorum needs 2 seats and 0 can take part" in said

    def test_puts_no_vote_on_another_seat_when_the_board_has_changed(
        self, asha: Player, meeting: UUID
    ) -> None:
        paper = factories.paper(asha.actor)
        drawn = dict.fromkeys(named("vote-"), "for")
        key = reads.shown(asha.actor, meeting, ON).board.pk
        rules = "policing-body: wiltshire, dorset"
        where(post(asha, "change", key, version=1, **BOARD, seats=rules))
        factories.agreed_to(asha.actor, key, LATER)
        answer = post(asha, "vote", meeting, paper, **drawn)
        assert answer.status_code == 422
        assert "has changed since this page was drawn" in answer.content.decode()
        assert reads.decisions(asha.actor, key) == []

    def test_is_recorded_from_its_hour_and_loses_nothing_before_it(self, asha: Player) -> None:
        board, paper = factories.board(asha.actor, begins=time(19)), factories.paper(asha.actor)
        meeting = factories.meeting(asha.actor, board)
        said = page(asha, "meeting", meeting)
        assert "recorded from 20 January 2027, 19:00" in said
        assert "Record who is there" not in said
        assert "Record the vote" not in said
        there = dict.fromkeys(named("seat-"), "present") | {"version": "1"}
        for name, args, sent, chosen in (
            ("attend", (meeting,), there, "present"),
            ("vote", (meeting, paper), dict.fromkeys(named("vote-"), "against"), "against"),
        ):
            answer = post(asha, name, *args, **sent)
            said = answer.content.decode()
            assert answer.status_code == 422
            assert "20 January 2027 at 19:00" in said
            assert said.count(f'value="{chosen}" selected') == 3
        assert not reads.shown(asha.actor, meeting, ON).roll.attendance

    def test_takes_an_alternate_and_an_interest(self, asha: Player, meeting: UUID) -> None:
        paper = factories.paper(asha.actor)
        first, second, third = named("seat-")
        sent = {
            first: "alternate:deputy-policing-body", second: "present", third: "present",
            named("interest-")[1]: [str(paper)],
        }  # fmt: skip
        where(post(asha, "attend", meeting, version=1, **sent))
        said = page(asha, "meeting", meeting)
        assert "By deputy of the policing body" in said
        assert "4.1 New radios" in said or "5.1 New radios" in said
        said = page(asha, "vote", meeting, paper)
        assert f'name="{named("vote-")[0]}"' in said
        assert f'name="{named("vote-")[1]}"' not in said
        assert 'name="consent-pcc-gloucestershire"' in said

    def test_closes_with_its_minutes_and_gives_them_as_pdf(
        self, asha: Player, meeting: UUID
    ) -> None:
        paper = factories.paper(asha.actor)
        post(
            asha,
            "note",
            meeting,
            version=1,
            **{f"note-{paper}": "It was asked what they cost."},
        )
        post(asha, "put-off", meeting, paper)
        due = {"due_on-day": "1", "due_on-month": "2", "due_on-year": "2027"}
        sent = {"what": "Write", "owner": "policing-body:wiltshire", **due}
        where(post(asha, "set-action", meeting, **sent))
        agenda = asha.client.get(reverse("boards:meeting-pdf", args=[meeting]))
        assert agenda.content.startswith(b"%PDF")
        text = page(asha, "close", meeting)
        assert "It was asked what they cost." in text
        where(post(asha, "close", meeting, version=2, minutes="Minutes\nAll went well."))
        assert "All went well." in page(asha, "meeting", meeting)
        minutes = asha.client.get(reverse("boards:meeting-pdf", args=[meeting]))
        assert "minutes" in minutes["Content-Disposition"]

    def test_is_worked_out_once_to_be_closed(
        self, asha: Player, meeting: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[UUID] = []
        shown = reads.shown

        def counted(actor: Any, key: UUID, on: Any) -> reads.Shown:
            seen.append(key)
            return shown(actor, key, on)

        monkeypatch.setattr(reads, "shown", counted)
        page(asha, "close", meeting)
        assert len(seen) == 1

    def test_is_cancelled_with_a_reason(self, asha: Player, meeting: UUID) -> None:
        where(post(asha, "cancel", meeting, version=1, why="Snow"))
        assert "Snow" in page(asha, "meeting", meeting)


class TestActions:
    def test_are_ended_and_taken_out(self, asha: Player, meeting: UUID) -> None:
        due = {"due_on-day": "1", "due_on-month": "2", "due_on-year": "2027"}
        sent = {"what": "Write", "owner": "policing-body:wiltshire", **due}
        post(asha, "set-action", meeting, **sent)
        [found] = set_here.actions(asha.actor, ON)
        assert "What became of it" in page(asha, "action", found.row.pk)
        post(asha, "action", found.row.pk, version=1, state="done", said="Written")
        assert "Written" in page(asha, "action", found.row.pk)
        answer: Any = asha.client.get(reverse("boards:actions-csv"))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        [row] = csv.DictReader(io.StringIO(text))
        assert (row["Action"], row["State"]) == ("Write", "done")
