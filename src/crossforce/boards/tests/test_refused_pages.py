"""What whoever may only read is shown of boards: everything that they may read, no button and no form."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from crossforce.boards.queries import actions as set_here
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import ON
from crossforce.kernel.testing.cast import Cast, Player

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
ACTION = {
    "what": "Write", "owner": "policing-body:wiltshire",
    "due_on-day": "1", "due_on-month": "2", "due_on-year": "2027",
}  # fmt: skip


@pytest.fixture
def kept(asha: Player) -> dict[str, UUID]:
    """A board with a meeting that has begun, a paper before it and an action that it set."""
    board = factories.board(asha.actor)
    meeting, paper = factories.meeting(asha.actor, board), factories.paper(asha.actor)
    sent = {"idempotency_key": str(uuid4()), **ACTION}
    asha.client.post(reverse("boards:set-action", args=[meeting]), sent)
    [action] = set_here.actions(asha.actor, ON)
    factories.reading()
    return {"board": board, "meeting": meeting, "paper": paper, "action": action.row.pk}


def asked(player: Player, name: Any, *args: Any) -> Any:
    return player.client.get(reverse(f"boards:{name}", args=args))


@pytest.mark.parametrize(
    ("page", "offered"),
    [
        ("board", ("Plan the next twelve months", "Add a meeting", "Change the board")),
        (
            "meeting",
            (
                "Record who is there", "Record what was said", "Set an action", "Close the meeting",
                "Cancel the meeting", "Record the vote", "Put it off",
            ),
        ),
        ("paper", ("Take it back", "Decide it between meetings")),
        ("action", ("What became of it",)),
    ],
)  # fmt: skip
def test_a_page_offers_only_what_its_reader_may_do(
    asha: Player, cast: Cast, kept: dict[str, UUID], page: str, offered: tuple[str, ...]
) -> None:
    for player, is_offered in ((asha, True), (cast.bryn("programme-officer"), False)):
        answer = asked(player, page, kept[page])
        assert answer.status_code == 200
        said = answer.content.decode()
        assert "The record: history" in said
        assert [each in said for each in offered] == [is_offered] * len(offered)


def test_no_form_is_shown_for_what_its_reader_may_not_change_and_whom_to_ask(
    asha: Player, cast: Cast, kept: dict[str, UUID]
) -> None:
    bryn = cast.bryn("programme-officer")
    for page in ("set-up", "write"):
        assert asked(asha, page).status_code == 200
        assert asked(bryn, page).status_code == 403, page
    board, meeting, paper = kept["board"], kept["meeting"], kept["paper"]
    for name, *args in (
        *((each, board) for each in ("change", "add-meeting")),
        *((each, meeting) for each in ("attend", "note", "close", "cancel", "set-action")),
        ("vote", meeting, paper),
        ("between", board, paper),
        ("paper-change", paper),
    ):
        assert asked(asha, name, *args).status_code == 200, name
        answer = asked(bryn, name, *args)
        assert answer.status_code == 403, name
        assert "ask its holder, Wiltshire" in answer.content.decode(), name
