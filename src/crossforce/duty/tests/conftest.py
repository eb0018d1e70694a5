"""What several tests of duty begin with: a standing clock, and somebody who looks at one person's duty."""

import pytest

from crossforce.duty.tests import factories
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Player
from crossforce.people.tests.cast import made


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is always the same instant."""
    monkeypatch.setattr("crossforce.kernel.clock.now", lambda: factories.AT)


@ground.fixture
def inspector() -> Player:
    """Who may do everything with the duties of their force, of which there is one."""
    factories.policy()
    factories.unit()
    factories.unit("roads")
    factories.person("1234")
    player = made(ASHA, "duty-inspector")
    factories.brought_in(player.actor, factories.rows(factories.EARLY))
    return player
