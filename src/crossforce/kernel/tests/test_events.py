"""Events: who listens hears of what was committed, whatever becomes of the others."""

from dataclasses import dataclass
from typing import Any

import pytest

from crossforce.kernel.events import publish, subscribe


@dataclass(frozen=True, slots=True)
class BellRung:
    times: int


@pytest.mark.django_db
def test_a_handler_that_fails_keeps_nobody_else_from_hearing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    def fails(event: BellRung) -> None:
        raise OSError("nobody is in")

    heard: list[BellRung] = []
    subscribe(BellRung, fails)
    subscribe(BellRung, heard.append)
    with django_capture_on_commit_callbacks(execute=True):
        publish(BellRung(2))
    assert heard == [BellRung(2)]
