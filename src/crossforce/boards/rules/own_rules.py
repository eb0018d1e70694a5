"""What a board makes for itself: who sits, who chairs, what a seat decides alone; of a joint board as proposed first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from crossforce.boards.rules import keeping
from crossforce.boards.rules.motions import Consent, Delegation
from crossforce.boards.rules.seats import SeatRule
from crossforce.kernel import keeping as kept


@dataclass(frozen=True, slots=True)
class OwnRules:
    """A board's own rules; without any, the agreement or the directory says who sits."""

    seats: tuple[SeatRule, ...] = ()
    chair: str = ""
    chair_casts: bool = False
    delegations: tuple[Delegation, ...] = ()

    def values(self) -> dict[str, Any]:
        """As the record of the board has them."""
        return {
            "seats": keeping.seats_text(self.seats),
            "chair": self.chair,
            "chair_casts": self.chair_casts,
            "delegations": keeping.delegations_text(self.delegations),
        }


@dataclass(frozen=True, slots=True)
class Proposed:
    """Rules that are proposed to the bodies whose board it is: since which day, by whom, and who agreed so far."""

    rules: OwnRules
    on: date
    by: str
    agreed: tuple[Consent, ...] = ()


def read(seats: str, chair: str, chair_casts: bool, delegations: str) -> OwnRules:
    """The rules that a record has."""
    return OwnRules(keeping.seats(seats), chair, chair_casts, keeping.delegations(delegations))


def proposed_text(found: Proposed) -> str:
    """What is proposed, as it is kept."""
    told = {"on": found.on.isoformat(), "by": found.by}
    agreed = {"agreed": keeping.consents_text(found.agreed)} if found.agreed else {}
    return kept.text(told | agreed | found.rules.values())


def proposed(text: str) -> Proposed | None:
    """What is proposed; None where nothing is."""
    row = kept.read(text, {})
    if not row:
        return None
    rules = read(row["seats"], row["chair"], row["chair_casts"], row["delegations"])
    agreed = keeping.consents(row.get("agreed", ""))
    return Proposed(rules, date.fromisoformat(row["on"]), row["by"], agreed)


def missing(bodies: Iterable[str], agreed: Iterable[Consent]) -> tuple[str, ...]:
    """The bodies that have not agreed."""
    there = {each.person for each in agreed}
    return tuple(code for code in bodies if code not in there)
