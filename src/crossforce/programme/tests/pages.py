"""What tests of the pages of the programme do alike: look, and send."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from crossforce.kernel.ids import new_id
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT


@pytest.fixture
def asha(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Player:
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: AT)
    factories.policy()
    return cast.asha("programme-officer")


def page(player: Player, name: str, *args: Any, **asked: str) -> str:
    answer = player.client.get(reverse(f"programme:{name}", args=args), asked)
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    return answer.content.decode()


def sent(player: Player, name: str, *args: Any, **given: Any) -> Any:
    data = {"idempotency_key": str(new_id())} | given
    return player.client.post(reverse(f"programme:{name}", args=args), data)


def back(player: Player, content: bytes, name: str, act: str = "bring-in", **more: Any) -> str:
    file = SimpleUploadedFile(name, content)
    answer = sent(player, "import-send", file=file, act=act, **{"layout": "register"} | more)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return str(answer.content.decode())
