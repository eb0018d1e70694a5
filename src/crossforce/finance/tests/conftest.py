"""What several tests of finance begin with: the agreement, and who keeps its money."""

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.finance.tests import factories
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.cast import ASHA, Player
from crossforce.people.choices import Actor
from crossforce.people.tests.cast import made

__all__ = ["bodies", "few_bodies"]


@ground.fixture
def keeper(bodies: None) -> Actor:
    """Wiltshire keeps the money of a collaboration of three forces that bear it alike."""
    factories.agreement()
    factories.policy()
    return factories.officer()


@ground.fixture
def asha(keeper: Actor) -> Player:
    """Wiltshire's finance officer, while the year is ahead."""
    return made(ASHA, "finance-officer")
