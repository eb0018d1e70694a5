"""Somebody who sends exports by page and API, and waits until they are in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.duty import jobs
from crossforce.duty.tests import factories
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.kernel.testing.soon import PATIENCE, until

__all__ = ["asha", "bodies", "few_bodies", "place", "sent", "settled"]


AT_WORK: Final = 'id="how-far"'


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Files wait where the test has its own; nothing goes on after it."""
    settings.VAR = tmp_path
    yield
    jobs.LINE.at_work.submit(lambda: None).result(PATIENCE)


@pytest.fixture
def asha(cast: Cast, bodies: None) -> Player:
    """Who may bring duties in, of two people and two units."""
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234", name="Robin Hill")
    factories.person("1235", name="Sam Lowe")
    return cast.asha("duty-inspector")


def sent(player: Player, address: str, **given: Any) -> Any:
    """What a page answers to a form."""
    return player.client.post(address, {"idempotency_key": str(new_id()), **given})


def settled(player: Player, address: str, *, wanted: str) -> str:
    """The page, once it says so and nobody is at work on it: faults are told before the check is over."""
    seen: list[str] = []

    def is_shown() -> bool:
        seen.append(player.client.get(address).content.decode())
        return wanted in seen[-1] and AT_WORK not in seen[-1]

    until(is_shown)
    return seen[-1]
