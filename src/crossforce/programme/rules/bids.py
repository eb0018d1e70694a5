"""Bids for money from outside: a plan must hold without the grant that it hopes for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crossforce.kernel.money import in_pounds
from crossforce.programme.choices import BidOutcome


@dataclass(frozen=True, slots=True)
class Bid:
    """A bid to a fund; `awarded` is what it brought. `fallback` says what is done if nothing comes.

    What is asked for may not be known.
    """

    fund: str
    asked: int | None
    outcome: BidOutcome = BidOutcome.PENDING
    awarded: int = 0
    decision_due_on: date | None = None
    fallback: str = ""


@dataclass(frozen=True, slots=True)
class Funding:
    """What a plan costs and where that comes from, in pence; `hoped_for` is of bids not yet decided."""

    cost: int
    secured: int
    won: int
    hoped_for: int
    lost: int

    @property
    def gap(self) -> int:
        """What is lacking if no more comes than is certain."""
        return max(0, self.cost - self.secured - self.won)

    @property
    def gap_if_all_comes(self) -> int:
        """What is lacking even if every open bid is won in full."""
        return max(0, self.gap - self.hoped_for)


def funding(cost: int, secured: int, bids: Sequence[Bid]) -> Funding:
    """The plan's money: only what was awarded counts as there."""
    return Funding(
        cost,
        secured,
        won=sum(each.awarded for each in bids if each.outcome is BidOutcome.WON),
        hoped_for=sum(each.asked or 0 for each in bids if each.outcome is BidOutcome.PENDING),
        lost=sum(each.asked or 0 for each in bids if each.outcome is BidOutcome.LOST),
    )


def doubts(cost: int, secured: int, bids: Sequence[Bid], on: date) -> list[str]:
    """Why the plan does not hold as it is, in words; nothing where it does.

    It holds where its cost is met without any grant that is still hoped for, or where each bid that
    it leans on says what is done without it.
    """
    found = []
    money = funding(cost, secured, bids)
    leaning = [each for each in bids if each.outcome is BidOutcome.PENDING]
    unknown = [each for each in leaning if each.asked is None]
    if money.gap_if_all_comes and not unknown:
        found.append(f"{in_pounds(money.gap_if_all_comes)} is not met even if every bid is won")
    if money.gap:
        found += [
            f"it leans on the bid to {each.fund} and says nothing of what is done without it"
            for each in leaning
            if not each.fallback.strip()
        ]
    found += [f"what the bid to {each.fund} asks for is not known" for each in unknown]
    found += [
        f"the decision on the bid to {each.fund} was due on {each.decision_due_on}"
        for each in leaning
        if each.decision_due_on and each.decision_due_on < on
    ]
    return found
