"""Answers in writing: whose they are, of which day, and in which document."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from crossforce.boards.choices import How
from crossforce.boards.operations.answering import NoAnswer
from crossforce.boards.operations.balloting import BadVote
from crossforce.boards.queries import holders
from crossforce.boards.queries import meetings as reads
from crossforce.boards.queries.holders import Holder
from crossforce.boards.rules import keeping
from crossforce.boards.rules.motions import Answer, Consent
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, ON
from crossforce.kernel.ids import new_id
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people

pytestmark = pytest.mark.django_db
SEAT = "policing-body:wiltshire"
ALONE: dict[str, Any] = {"how": How.URGENT, "alone": SEAT, "urgency": "A flood"}
Asked = tuple[Actor, UUID, UUID, list[str]]


@pytest.fixture
def asked(keeper: Actor) -> Asked:
    """The secretary, a board, a paper that is out, and the seats; nobody is known to hold any of them."""
    board = factories.board(keeper)
    return keeper, board, factories.paper(keeper), factories.everybody(keeper, board)


def test_are_kept_with_the_person_the_day_and_the_document(asked: Asked) -> None:
    asha, board, paper, seats = asked
    more = factories.in_writing(asha, seats)
    row = reads.decision(asha, factories.decided(asha, board, paper, seats, **more)).row
    assert row.is_decided
    kept = keeping.answers(row.votes)
    assert sorted(kept) == seats
    assert len({each.by for each in kept.values()}) == len(seats)
    assert {each.document for each in kept.values()} == {more["answers"][SEAT].document}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (None, "Commissioner for Wiltshire: say who answered in writing"),
        ({"document": ""}, "name the document in which it answered"),
        ({"document": "Letter 12"}, "name the document in which it answered"),
        ({"document": str(new_id())}, "name the document in which it answered"),
        ({"on": ON + timedelta(1)}, "21 January 2027 cannot be"),
        ({"on": AT.date() - timedelta(1)}, "14 January 2027 cannot be"),
        ({"by": f"staff:{new_id()}"}, "say which of those who held the seat answered: staff:"),
    ],
)
def test_are_refused_without_evidence(
    asked: Asked, wrong: dict[str, Any] | None, says: str
) -> None:
    asha, board, paper, seats = asked
    more = factories.in_writing(asha, seats)
    if wrong is None:
        del more["answers"][SEAT]
    else:
        more["answers"][SEAT] = replace(more["answers"][SEAT], **wrong)
    with pytest.raises(NoAnswer, match=says):
        factories.decided(asha, board, paper, seats, **more)
    assert reads.decisions(asha, board) == []


def test_of_a_seat_that_nobody_is_known_to_hold_are_none(asked: Asked) -> None:
    asha, board, paper, _ = asked
    more: dict[str, Any] = {
        "how": How.WRITTEN,
        "asked_on": ON,
        "answers": {SEAT: Answer("", ON)},
    }
    with pytest.raises(NoAnswer, match="nobody is known here to hold this seat"):
        factories.decided(asha, board, paper, [SEAT], **more)


def test_of_what_one_seat_decides_alone_have_the_same_evidence(asked: Asked) -> None:
    asha, board, paper, _ = asked
    with pytest.raises(NoAnswer, match="say who answered in writing"):
        factories.decided(asha, board, paper, [SEAT], **ALONE)
    more = factories.in_writing(asha, [SEAT]) | ALONE
    row = reads.decision(asha, factories.decided(asha, board, paper, [SEAT], **more)).row
    assert keeping.answers(row.votes)[SEAT].document == more["answers"][SEAT].document


def test_of_another_seat_than_the_one_that_decides_alone_are_none(asked: Asked) -> None:
    asha, board, paper, seats = asked
    more = factories.in_writing(asha, seats) | ALONE
    with pytest.raises(BadVote, match="has no vote on what one seat decides alone"):
        factories.decided(asha, board, paper, seats, **more)


def test_of_who_agreed_besides_are_in_a_document_that_is_kept_here(asked: Asked) -> None:
    asha, board, paper, seats = asked
    more = factories.in_writing(asha, seats)
    body = Consent("pcc-wiltshire", "Letter 12", ON)
    with pytest.raises(BadVote, match="a document among the records"):
        factories.decided(asha, board, paper, seats, consents=(body,), **more)
    kept = replace(body, document=more["answers"][SEAT].document)
    row = reads.decision(
        asha, factories.decided(asha, board, paper, seats, consents=(kept,), **more)
    ).row
    assert keeping.consents(row.consents) == (kept,)


def test_of_several_who_may_sit_one_is_named(asked: Asked) -> None:
    asha, board, paper, seats = asked
    more = factories.in_writing(asha, seats)
    acting = people.staff("pcc-wiltshire", name="Acting Holder")
    people.posting(acting, "policing-body")
    with pytest.raises(NoAnswer, match="say which of those"):
        factories.decided(asha, board, paper, seats, **more)
    more["answers"][SEAT] = replace(more["answers"][SEAT], by=f"staff:{acting.pk}")
    assert reads.decision(
        asha, factories.decided(asha, board, paper, seats, **more)
    ).row.is_decided


def test_of_who_holds_the_seat_themself_need_no_document(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha, board, paper, _ = asked
    own = Holder(asha.reference, "policing-body", "pcc-wiltshire", "you")
    monkeypatch.setattr(holders, "holders", lambda *_: {SEAT: [own]})
    given: dict[str, Any] = {
        "how": How.WRITTEN,
        "asked_on": ON,
        "answers": {SEAT: Answer("", ON)},
    }
    row = reads.decision(asha, factories.decided(asha, board, paper, [SEAT], **given)).row
    assert keeping.answers(row.votes)[SEAT] == Answer(asha.reference, ON)
