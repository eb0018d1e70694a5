"""Whoever holds a seat answers a paper themself, over several days; the secretary closes, and the decision rests on it."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.agreements.tests import factories as agreed
from crossforce.boards.choices import How, Vote
from crossforce.boards.commands import commands
from crossforce.boards.operations.answers import AnsweredByTheOffice
from crossforce.boards.operations.balloting import BadVote
from crossforce.boards.operations.own_answers import NotAsked, NotMySeat, answer
from crossforce.boards.queries import answers, holders, papers
from crossforce.boards.queries import meetings as reads
from crossforce.boards.rules import keeping
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import AT, LATER, ON
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import Player
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people

pytestmark = pytest.mark.django_db
Asked = tuple[Actor, UUID, UUID, dict[str, Actor]]


@ground.fixture
def asked(keeper: Actor) -> Asked:
    """The secretary, a board, a paper that is out, and by seat who holds it: they read what the secretary keeps."""
    board, paper = factories.board(keeper), factories.paper(keeper)
    holders = {}
    for force in agreed.THREE:
        body = f"pcc-{force}"
        factories.answering(body)
        holders[f"policing-body:{force}"] = people.actor(
            "policing-body", body, name="Seat Holder"
        )
    return keeper, board, paper, holders


def say(asked: Asked, seat: str, vote: Vote = Vote.FOR, days: int = 0) -> UUID:
    _, board, paper, holders = asked
    at = LATER - timedelta(days=2) + timedelta(days=days)
    return answer(actor=holders[seat], board=board, paper=paper, seat=seat, vote=vote, at=at)


def closed(asked: Asked, **more: Any) -> UUID:
    asha, board, paper, _ = asked
    values: dict[str, Any] = {"how": How.WRITTEN, "votes": {}} | more
    return factories.decided(asha, board, paper, [], **values)


def test_of_every_seat_carry_the_paper_once_the_secretary_closes(asked: Asked) -> None:
    asha, board, paper, holders = asked
    first, *others = holders
    say(asked, first, Vote.AGAINST)
    for days, seat in enumerate(others):
        say(asked, seat, days=days)
    changed = say(asked, first, days=1)
    given = answers.given(asha, board, paper)
    assert {seat: row.vote for seat, row in given.items()} == dict.fromkeys(holders, "for")
    found = reads.decision(asha, closed(asked))
    assert found.row.is_decided
    assert found.row.asked_on == AT.date()
    kept = keeping.answers(found.row.votes)
    assert kept[first].own == str(changed)
    assert kept[first].by == holders[first].reference
    with pytest.raises(NotAsked, match="not decided"):
        say(asked, first, Vote.AGAINST, days=2)


def test_count_as_they_are_whoever_closes(asked: Asked) -> None:
    asha, _, _, holders = asked
    seats = list(holders)
    for seat in seats[:2]:
        say(asked, seat, Vote.AGAINST)
    with pytest.raises(BadVote, match="answered itself, against"):
        closed(asked, votes={seats[0]: Vote.FOR})
    found = reads.decision(asha, closed(asked))
    assert not found.row.is_decided
    assert "0 were for and 2 against" in " ".join(found.judged.reasons)


def test_count_also_where_the_secretary_does_not_read_them(asked: Asked) -> None:
    asha, board, paper, holders = asked
    first, second, _ = holders
    for seat in (first, second):
        say(asked, seat, Vote.AGAINST)
    for force in agreed.THREE:
        factories.answering(f"pcc-{force}", is_read=False)
    assert answers.to_paper(asha, paper) == []
    with pytest.raises(BadVote, match="answered itself, against"):
        closed(asked, votes=dict.fromkeys(holders, Vote.FOR))
    assert set(answers.given(asha, board, paper)) == {first, second}
    assert answers.given(holders[first], board, paper) == {}
    assert not reads.decision(asha, closed(asked)).row.is_decided


def test_are_given_by_whoever_holds_the_seat_and_by_nobody_else(asked: Asked) -> None:
    asha, board, paper, holders = asked
    (first, one), (second, _), _ = holders.items()
    with pytest.raises(NotMySeat, match=f"You hold today: {first}"):
        answer(actor=one, board=board, paper=paper, seat=second, vote=Vote.FOR, at=LATER)
    with pytest.raises(NotMySeat, match="no seat"):
        answer(actor=asha, board=board, paper=paper, seat=first, vote=Vote.FOR, at=LATER)
    draft = factories.paper(asha, out=False, title="Not out")
    with pytest.raises(NotAsked):
        answer(actor=one, board=board, paper=draft, seat=first, vote=Vote.FOR, at=LATER)
    assert answers.to_paper(asha, paper) == []


def test_of_the_office_itself_are_changed_by_no_deputy(asked: Asked) -> None:
    _, board, paper, holders = asked
    (seat, chief), (other, _), _ = holders.items()
    deputy, second = (
        people.actor(
            "deputy-policing-body", seats.replace("policing-body:", "pcc-"), name="A Deputy"
        )
        for seats in (seat, other)
    )

    def say_as(who: Actor, of: str, vote: Vote) -> UUID:
        return answer(actor=who, board=board, paper=paper, seat=of, vote=vote, at=LATER)

    own = say(asked, seat, Vote.AGAINST)
    with pytest.raises(AnsweredByTheOffice):
        say_as(deputy, seat, Vote.FOR)
    assert say_as(second, other, Vote.FOR) == say(asked, other, Vote.AGAINST)
    assert say_as(chief, seat, Vote.FOR) == own


def test_are_offered_to_who_holds_a_seat_while_the_paper_is_before_the_board(
    asked: Asked,
) -> None:
    asha, board, paper, holders = asked
    row = papers.paper(asha, paper)
    for actor, seats in ((asha, []), *((who, [seat]) for seat, who in holders.items())):
        found = answers.to_give(actor, row, {board}, ON)
        assert [each.code for _, mine in found for each in mine] == seats

    def statements(among: set[UUID]) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert len(answers.to_give(actor, row, among, ON)) == len(among)
        return len(seen)

    others = {factories.board(asha, code=code) for code in ("second", "third")}
    assert statements({board, *others}) == statements({board})


@pytest.mark.usefixtures("evening")
def test_are_given_in_the_browser_over_the_api_and_by_command(
    asha: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    board, paper = factories.board(asha.actor), factories.paper(asha.actor)
    first, second, third = factories.everybody(asha.actor, board)
    own = holders.Holder(asha.actor.reference, "policing-body", "", "you")
    monkeypatch.setattr(holders, "holders", lambda _, seats, __: {e.code: [own] for e in seats})
    monkeypatch.setattr(holders, "own", lambda _, seats, __: {e.code for e in seats})
    page = reverse("boards:paper", args=[paper])
    assert "Answer for Roads policing board" in asha.client.get(page).content.decode()
    address = reverse("boards:answer", args=[board, paper])
    assert "Your answer" in asha.client.get(address).content.decode()
    sent = {"idempotency_key": str(uuid4()), "seat": first, "vote": "for"}
    assert asha.client.post(address, sent).status_code == 302
    assert "Answers of seats so far" in asha.client.get(page).content.decode()
    api = f"/api/v1/boards/papers/{paper}/answers"
    body = json.dumps({"board": str(board), "seat": second, "vote": "for"})
    key = {"Idempotency-Key": str(uuid4())}
    sent_over = asha.client.post(api, body, content_type="application/json", headers=key)
    assert sent_over.status_code == 201
    said = ["--as", asha.account.username]
    done = CliRunner().invoke(commands, ["answer", str(paper), str(board), third, "for", *said])
    assert done.exit_code == 0, done.exception
    told = CliRunner().invoke(commands, ["answers", str(paper), *said]).stdout
    assert all(f"{seat}  for  2027-01-20" in told for seat in (first, second, third))
    close = reverse("boards:between", args=[board, paper])
    drawn = asha.client.get(close).content.decode()
    assert "These seats answered themselves" in drawn
    assert f'name="vote-{first}"' not in drawn
    made = asha.client.post(close, {"idempotency_key": str(uuid4()), "how": "written"})
    decided = asha.client.get(made["Location"]).content.decode()
    assert "Not decided" not in decided
    assert decided.count("Answered here by themself") == 3
    assert decided.count("/records/boards.answer/") == 3
