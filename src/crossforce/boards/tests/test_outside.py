"""Boards over HTTP and on the command line: the same answers as the pages."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner, Result

from crossforce.boards.commands import commands
from crossforce.boards.commands.deciding import NOT_DECIDED
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import LATER, LIMIT, ON, REFERENCE
from crossforce.kernel.testing.cast import Cast, Player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
API = "/api/v1/boards"
BOARD = {
    "title": "Roads policing board", "code": "joint-roads-board", "agreement": REFERENCE,
    "weekday": 2, "week": 3,
}  # fmt: skip
PAPER = {
    "title": "New radios", "agreement": REFERENCE, "due_on": "2027-01-20", "decision": "spending",
    "pence": LIMIT,
}  # fmt: skip


def send(player: Player, how: str, path: str, body: Any = None, tag: str = "") -> Any:
    headers = {"Idempotency-Key": str(uuid4())} | ({"If-Match": tag} if tag else {})
    call = getattr(player.client, how)
    return call(f"{API}{path}", body or {}, content_type="application/json", headers=headers)


def got(player: Player, path: str, **asked: str) -> Any:
    answer = player.client.get(f"{API}{path}", asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def tag_of(player: Player, path: str) -> str:
    tag: str = player.client.get(f"{API}{path}").headers["ETag"]
    return tag


def made(answer: Any) -> Any:
    assert answer.status_code in (200, 201), answer.content.decode()
    return answer.json()


LAST_DAYS = ("9999-12-31", "2200-01-01")


class TestApi:
    @pytest.mark.parametrize("day", LAST_DAYS)
    def test_takes_no_day_beyond_all_planning(self, asha: Player, day: str) -> None:
        board = made(send(asha, "post", "/kept", BOARD))["id"]
        refused = send(asha, "post", f"/{board}/meetings", {"on": day})
        assert refused.status_code == 400, refused.content
        assert "Give a day from 1900 to 2199" in refused.content.decode()
        asked = asha.client.get(f"{API}/{board}/sitting", {"on": day})
        assert asked.status_code == 400, asked.content

    def test_asks_nobody_in_writing_on_a_day_beyond_all_planning(self, asha: Player) -> None:
        board = made(send(asha, "post", "/kept", BOARD))["id"]
        paper = made(send(asha, "post", "/papers", PAPER))["id"]
        tag = tag_of(asha, f"/papers/{paper}")
        made(send(asha, "post", f"/papers/{paper}/send-out", {}, tag))
        ballot = {
            "where": board, "paper": paper, "how": "written", "votes": {},
            "asked_on": "9999-12-31",
        }  # fmt: skip
        refused = send(asha, "post", "/decisions", ballot)
        assert refused.status_code == 400, refused.content

    def test_goes_from_a_board_to_a_decision_carried_out(self, asha: Player) -> None:
        board = made(send(asha, "post", "/kept", BOARD))["id"]
        assert [each["id"] for each in got(asha, "/kept")] == [board]
        changed = BOARD | {"title": "Roads board"}
        assert send(asha, "put", f"/{board}", changed).status_code == 428
        tag = tag_of(asha, f"/{board}")
        assert made(send(asha, "put", f"/{board}", changed, tag))["title"] == "Roads board"
        assert send(asha, "put", f"/{board}", changed, tag).status_code == 412
        meeting = made(send(asha, "post", f"/{board}/meetings", {"on": str(ON)}))["id"]
        seats = got(asha, f"/meetings/{meeting}")["seats"]
        roll = {"seats": {seat: {"presence": "present"} for seat in seats}}
        tag = tag_of(asha, f"/meetings/{meeting}")
        held = made(send(asha, "put", f"/meetings/{meeting}/attendance", roll, tag))
        assert (held["is_quorate"], held["wanting"]) == (True, [])
        paper = made(send(asha, "post", "/papers", PAPER))["id"]
        tag = tag_of(asha, f"/papers/{paper}")
        ballot = {"where": meeting, "paper": paper, "votes": dict.fromkeys(seats, "for")}
        refused = made(send(asha, "post", "/decisions", ballot))
        assert (refused["is_decided"], len(refused["reasons"])) == (False, 1)
        assert made(send(asha, "post", f"/papers/{paper}/send-out", {}, tag))["state"] == "out"
        late = made(send(asha, "post", "/decisions", ballot))
        assert "only after the vote" in late["reasons"][0]

    def test_gives_back_all_that_a_change_replaces(self, asha: Player) -> None:
        whole = BOARD | {
            "month": 1, "begins": "14:30:00", "chair": "policing-body:wiltshire", "chair_casts": True,
            "seats": [{"office": "policing-body", "of": ["wiltshire"], "votes": True}],
            "delegations": [
                {"seat": "policing-body:wiltshire", "decisions": ["spending"], "up_to_pence": 150}
            ],
            "closed": {"2027-08-02": "recess"},
        }  # fmt: skip
        board = made(send(asha, "post", "/kept", whole))["id"]
        factories.agreed_to(asha.actor, UUID(board), LATER)
        read = got(asha, f"/{board}")
        assert read == read | whole
        sent = {name: value for name, value in read.items() if name not in ("id", "version")}
        tag = tag_of(asha, f"/{board}")
        again = made(send(asha, "put", f"/{board}", sent | {"title": "Roads board"}, tag))
        assert again == read | {"title": "Roads board", "version": 3}

    def test_says_who_governs_on_a_day(self, asha: Player) -> None:
        board = factories.board(asha.actor)
        sitting = got(asha, f"/{board}/sitting", on=str(ON))
        assert len(sitting["seats"]) == 3
        function = sitting["governs"][0]["function"]
        found = got(asha, "/governing", agreement=REFERENCE, function=function, on=str(ON))
        assert (found["board"], found["jointly"]) == (str(board), True)
        early = got(asha, f"/{board}/sitting", on="2026-11-01")
        assert (early["seats"], early["governs"]) == ([], [])

    def test_decides_plans_and_ends_actions(self, asha: Player) -> None:
        board = factories.board(asha.actor)
        assert len(made(send(asha, "post", f"/{board}/plan", {"months": 3}))) == 3
        meeting = got(asha, f"/{board}/meetings")[-1]["id"]
        seats = factories.everybody(asha.actor, board)
        factories.attended(asha.actor, UUID(meeting), seats)
        paper = str(factories.paper(asha.actor))
        ballot = {"where": meeting, "paper": paper, "votes": dict.fromkeys(seats, "for")}
        decision = made(send(asha, "post", "/decisions", ballot))
        assert (decision["is_decided"], decision["clause"]) == (True, "20")
        tag = tag_of(asha, f"/decisions/{decision['id']}")
        path = f"/decisions/{decision['id']}/take-effect"
        assert made(send(asha, "post", path, {}, tag))["done_on"] == str(ON)
        assert send(asha, "post", path, {}, tag).status_code in (409, 412)
        assert len(got(asha, f"/{board}/decisions")) == 1
        sent = {"what": "Order", "owner": seats[0], "due_on": "2027-02-01"}
        action = made(send(asha, "post", f"/meetings/{meeting}/actions", sent))
        assert action["standing"] == "open"
        [row] = got(asha, "/actions")
        assert row["id"] == action["id"]
        tag = tag_of(asha, f"/meetings/{meeting}")
        closed = made(send(asha, "post", f"/meetings/{meeting}/close", {}, tag))
        assert "under clause 20" in closed["minutes"]

    def test_is_not_there_for_a_stranger(self, asha: Player, cast: Cast) -> None:
        board = factories.board(asha.actor)
        cole = cast.cole("programme-officer")
        assert cole.client.get(f"{API}/{board}").status_code == 404
        assert got(cole, "/kept") == []


def run(*words: str, player: Player) -> Result:
    return CliRunner().invoke(commands, [*words, "--as", player.account.username])


def said(*words: str, player: Player) -> str:
    result = run(*words, player=player)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout.strip()


class TestCommands:
    def test_go_from_a_board_to_a_decision_carried_out(self, asha: Player) -> None:
        board = said(
            "set-up", "Roads board", "joint-roads-board", "--agreement", REFERENCE,
            "--weekday", "2", "--week", "3", player=asha,
        )  # fmt: skip
        assert "joint-roads-board" in said("list", player=asha)
        meeting = said("add-meeting", board, "--on", "2027-01-20", player=asha)
        assert meeting in said("meetings", board, player=asha)
        seats = factories.everybody(asha.actor, UUID(board))
        for seat in seats:
            assert seat in said("sitting", board, "--on", "2027-01-20", player=asha)
        said("attend", meeting, *_each("--present", seats), player=asha)
        paper = str(factories.paper(asha.actor))
        assert "New radios" in said("agenda", meeting, player=asha)
        key = said("decide", meeting, paper, *_each("--for", seats), player=asha)
        assert "decided" in said("decisions", board, player=asha)
        assert said("carry-out", key, player=asha) == "Noted as carried out."
        action = said(
            "set-action", meeting, "Order", "--owner", seats[0], "--due", "2027-02-01", player=asha
        )  # fmt: skip
        assert "open" in said("actions", player=asha)
        said("end-action", action, "--said", "Ordered", player=asha)
        assert "quorate" in said("close", meeting, player=asha)

    def test_say_why_nothing_was_decided(self, asha: Player) -> None:
        board = factories.board(asha.actor)
        meeting, paper = factories.meeting(asha.actor, board), factories.paper(asha.actor)
        result = run("decide", str(meeting), str(paper), player=asha)
        assert result.exit_code == NOT_DECIDED
        assert "The quorum needs 2 seats" in result.stderr

    def test_write_send_and_take_back_a_paper(self, asha: Player) -> None:
        key = said("write", "Radios", REFERENCE, "--due", "2027-01-20", player=asha)
        said("send-out", key, player=asha)
        assert "out" in said("papers", player=asha)
        board = factories.board(asha.actor)
        meeting = factories.meeting(asha.actor, board)
        said("put-off", key, str(meeting), player=asha)
        said("withdraw", key, player=asha)
        later = factories.meeting(asha.actor, board, date(2027, 2, 17))
        said("cancel", str(later), "--why", "Snow", player=asha)

    def test_say_who_governs(self, asha: Player) -> None:
        board = factories.board(asha.actor)
        function = got(asha, f"/{board}/sitting")["governs"][0]["function"]
        answer = said("governing", REFERENCE, function, player=asha)
        assert "pcc-wiltshire" in answer
        assert str(board) in answer
        assert said("plan", str(board), "--months", "1", player=asha)


def _each(option: str, values: list[str]) -> list[str]:
    return [word for value in values for word in (option, value)]
