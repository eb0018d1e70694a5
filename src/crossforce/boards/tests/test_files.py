"""The list of boards and the meetings of one as CSV: the same from page, API and command line, each a disclosure."""

import csv
import io
import json
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse
from typer.testing import CliRunner

from crossforce.access.operations import put_grants
from crossforce.boards.choices import PAPER
from crossforce.boards.commands import commands
from crossforce.boards.operations import keeping
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import ON, REFERENCE
from crossforce.kernel.testing.cast import Player
from crossforce.ledger.models import Entry
from crossforce.records.api import Place, move
from crossforce.records.tests.factories import grant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def taken_out() -> list[str]:
    """What files the ledger tells of."""
    told = Entry.objects.filter(operation="record.disclosed").order_by("pk")
    return [json.loads(bytes(row.body).split(b"\n", 1)[1])["detail"]["file"] for row in told]


@pytest.fixture
def board(asha: Player) -> UUID:
    return factories.board(asha.actor)


def asked(player: Player, to: Path, page: str, api: str, *command: str) -> bytes:
    """The file, which page, API and command line give alike."""
    answer = player.client.get(page)
    assert "OFFICIAL-SENSITIVE" in answer["Content-Disposition"]
    assert player.client.get(f"/api/v1/boards/{api}").content == answer.content
    args = [*command, "--to", str(to), "--as", player.account.username]
    done = CliRunner().invoke(commands, args)
    assert done.exit_code == 0, done.exception
    assert to.read_bytes() == answer.content
    told = len(taken_out())
    assert CliRunner().invoke(commands, args).exit_code == 2
    assert len(taken_out()) == told
    return bytes(answer.content)


def test_of_boards_tells_when_each_meets_next(
    asha: Player, board: UUID, tmp_path: Path
) -> None:
    factories.meeting(asha.actor, board)
    page = reverse("boards:boards-csv")
    (row,) = rows(asked(asha, tmp_path / "boards.csv", page, "kept.csv", "list"))
    assert (row["Marking"], row["Code"]) == ("OFFICIAL-SENSITIVE", "joint-roads-board")
    assert (row["Agreement"], row["Next meeting"]) == (REFERENCE, str(ON))
    assert set(taken_out()) == {"boards"}


def test_of_meetings_tells_what_is_cancelled_and_why(
    asha: Player, board: UUID, tmp_path: Path
) -> None:
    kept, gone = (factories.meeting(asha.actor, board, on) for on in (ON, ON.replace(day=27)))
    keeping.cancel_meeting(
        actor=asha.actor, meeting=gone, version=1, why="=Snow", at=factories.AT
    )
    page, api = reverse("boards:meetings-csv", args=[board]), f"{board}/meetings.csv"
    found = rows(asked(asha, tmp_path / "meetings.csv", page, api, "meetings", str(board)))
    told = [(row["Identifier"], row["State"], row["Moved, or why cancelled"]) for row in found]
    assert told == [(str(gone), "cancelled", "'=Snow"), (str(kept), "planned", "")]
    assert set(taken_out()) == {"meetings-of-a-board"}


def test_is_marked_as_high_as_anything_of_it(asha: Player, board: UUID) -> None:
    meeting, paper = factories.meeting(asha.actor, board), factories.paper(asha.actor)
    own = {"holder": factories.HERE, "recipient": factories.HERE, "marking": "SECRET"}
    with transaction.atomic():
        put_grants("secret", [grant(PAPER, **own)])
    to = Place(factories.HERE, "", "", "SECRET")
    move(
        actor=asha.actor, kind=PAPER, record=paper, version=2, to=to, reason="", at=factories.AT
    )
    for name, key, marking in (
        ("papers-csv", [], "SECRET"),
        ("meeting-pdf", [meeting], "SECRET"),
        ("actions-csv", [], "OFFICIAL-SENSITIVE"),
    ):
        sent = asha.client.get(reverse(f"boards:{name}", args=key))
        assert f"-{marking}." in sent["Content-Disposition"]
        if name == "papers-csv":
            (row,) = rows(sent.getvalue())
            assert row["Marking"] == marking
    for name, key, is_secret in (
        ("papers", [], True),
        ("paper", [paper], True),
        ("meeting", [meeting], True),
        ("boards", [], False),
    ):
        shown = asha.client.get(reverse(f"boards:{name}", args=key)).content.decode()
        assert ("SECRET" in shown) is is_secret, name
