"""What tests of the pages of boards share: what is sent, and what comes back."""

from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from crossforce.agreements.tests import factories as agreed
from crossforce.boards.queries import boards, holders
from crossforce.boards.tests import factories
from crossforce.boards.tests.factories import REFERENCE
from crossforce.kernel.testing.cast import Player

BOARD = {
    "title": "Roads policing board", "code": "joint-roads-board", "agreement": REFERENCE,
    "cycle": "monthly", "week": "3", "weekday": "2", "month": "1", "begins": "10:00",
}  # fmt: skip
PAPER = {
    "title": "New radios", "agreement": REFERENCE, "heading": "decision", "decision": "spending",
    "pounds": "1,5", "due_on-day": "20", "due_on-month": "1", "due_on-year": "2027",
}  # fmt: skip


def page(player: Player, name: str, *args: Any) -> str:
    answer = player.client.get(reverse(f"boards:{name}", args=args))
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def post(player: Player, name: str, *args: Any, **sent: Any) -> Any:
    data = {"idempotency_key": str(uuid4()), **sent}
    return player.client.post(reverse(f"boards:{name}", args=args), data)


def named(before: str) -> list[str]:
    """The fields of the board's seats."""
    return [f"{before}policing-body:{force}" for force in agreed.THREE]


def answered(player: Player) -> dict[str, str]:
    """When the seats were asked, and who answered for each of them, when and in which document."""
    factories.holders_posted()
    document, sent = str(factories.document(player.actor)), dict[str, str]()
    for name in ("asked_on", *named("on-")):
        sent |= {f"{name}-day": "15", f"{name}-month": "1", f"{name}-year": "2027"}
    board = boards.boards(player.actor)[0]
    seats = boards.sitting(player.actor, board, factories.ON).seats
    for seat, known in holders.holders(player.actor, seats, factories.ON).items():
        sent |= {f"by-{seat}": known[0].by, f"in-{seat}": document}
    return sent


def where(answer: Any) -> UUID:
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer["Location"].rstrip("/").rsplit("/", 1)[-1])
