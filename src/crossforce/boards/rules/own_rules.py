"""What a board makes for itself: who sits, who chairs, what a seat decides alone; first as proposed to its bodies."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from crossforce.boards.rules import keeping
from crossforce.boards.rules.motions import Consent, Delegation
from crossforce.boards.rules.seats import SeatRule
from crossforce.kernel import civil
from crossforce.kernel import keeping as kept

QUOTED: Final = 12
"""So many characters of its digest a letter quotes: they tell one proposal from another."""


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
    """Rules that are proposed to the bodies whose board it is: since when, by whom, and whose letters agree so far."""

    rules: OwnRules
    at: datetime
    by: str
    agreed: tuple[Consent, ...] = ()

    @property
    def on(self) -> date:
        """The day on which it was proposed."""
        return civil.day_of(self.at)

    @property
    def digest(self) -> str:
        """What an answer names: the same rules that are proposed again are another proposal."""
        text = proposed_text(replace(self, agreed=()))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def reference(self) -> str:
        """What a letter quotes."""
        return self.digest[:QUOTED]


def read(seats: str, chair: str, chair_casts: bool, delegations: str) -> OwnRules:
    """The rules that a record has."""
    return OwnRules(keeping.seats(seats), chair, chair_casts, keeping.delegations(delegations))


def proposed_text(found: Proposed) -> str:
    """What is proposed, as it is kept."""
    told = {"at": found.at.isoformat(), "by": found.by}
    agreed = {"agreed": keeping.consents_text(found.agreed)} if found.agreed else {}
    return kept.text(told | agreed | found.rules.values())


def proposed(text: str) -> Proposed | None:
    """What is proposed; None where nothing is."""
    row = kept.read(text, {})
    if not row:
        return None
    rules = read(row["seats"], row["chair"], row["chair_casts"], row["delegations"])
    at = row.get(
        "at"
    )  # proposals of before were kept with their day alone, and consents on the keeper's word
    agreed = keeping.consents(row.get("agreed", "")) if at else ()
    since = datetime.fromisoformat(at) if at else civil.instant(date.fromisoformat(row["on"]))
    return Proposed(rules, since, row["by"], agreed)


def missing(bodies: Iterable[str], agreed: Iterable[Consent]) -> tuple[str, ...]:
    """The bodies that have not agreed."""
    there = {each.person for each in agreed}
    return tuple(code for code in bodies if code not in there)
