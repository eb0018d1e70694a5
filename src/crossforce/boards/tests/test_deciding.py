"""A board decides: what it said is judged, kept, and takes effect once."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crossforce.access.operations import put_grants
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.choices import How, Vote
from crossforce.boards.operations import (
    balloting,
    carrying_out,
    deciding,
)
from crossforce.boards.queries import meetings as reads
from crossforce.boards.rules import keeping as keeping_rules
from crossforce.boards.rules.motions import Consent
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, LIMIT, ON, Held
from crossforce.kernel.refusals import Refused
from crossforce.people.choices import Actor
from crossforce.records.tests import factories as records

pytestmark = pytest.mark.django_db


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
        limit = "beyond the £50,000 that the policing bodies together may decide"
        assert limit in found.judged.reasons[0]
        assert "6 must agree and 3 did" in found.judged.reasons[1]
        found.row.judged = found.row.judged.replace("6 must", "chief-officer:wiltshire must")
        assert re.match(r"Chief .*iltshire.* must agree", reads.judged_of(found.row).reasons[1])
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

    def test_without_quorum_is_none(self, keeper: Actor) -> None:
        board = factories.board(keeper)
        meeting, paper = factories.meeting(keeper, board), factories.paper(keeper)
        seats = factories.everybody(keeper, board)
        factories.attended(keeper, meeting, seats[:1])
        found = reads.decision(keeper, factories.decided(keeper, meeting, paper, seats))
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


def consents(actor: Actor, persons: Iterable[str]) -> tuple[Consent, ...]:
    """They agreed in a document that the secretary keeps."""
    letter = str(factories.document(actor))
    return tuple(Consent(person, letter, ON) for person in persons)
