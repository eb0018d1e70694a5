"""What several tests of finance begin with: the agreement, and who keeps its money."""

from crossforce.agreements.tests.conftest import bodies, few_bodies
from crossforce.finance.tests import factories
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor

__all__ = ["bodies", "few_bodies"]


@ground.fixture
def keeper(bodies: None) -> Actor:
    """Wiltshire keeps the money of a collaboration of three forces that bear it alike."""
    factories.agreement()
    factories.policy()
    return factories.officer()
