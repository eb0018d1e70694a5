"""Actors for the tests of the ledger."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4


@dataclass(frozen=True)
class TestActor:
    """Enough of an actor for the ledger."""

    __test__ = False

    organisation: str
    powers: frozenset[str]
    unit: str = ""
    office: str = "force-administrator"
    purpose: str = "administration"
    name: str = "Asha"
    account: UUID | None = None
    posting: UUID | None = None
    staff: UUID | None = field(default_factory=uuid4)

    def may(self, power: str, organisation: str | None = None) -> bool:
        return power in self.powers and organisation in (None, self.organisation)


def actor(*powers: str, organisation: str = "wiltshire") -> TestActor:
    return TestActor(organisation, frozenset(powers))
