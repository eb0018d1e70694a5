"""The end of a year: what each party owes of what was really spent, less what it has paid."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crossforce.finance.rules.sharing import Pence, SharedCost, gross_of_year


@dataclass(frozen=True, slots=True)
class TrueUpLine:
    """One party's year: `balance` is still owed by it, or paid back to it where negative."""

    party: str
    gross: int
    in_kind: int
    paid: int

    @property
    def due(self) -> int:
        """What the party owes in cash of what was really spent."""
        return self.gross - self.in_kind

    @property
    def balance(self) -> int:
        """What it has still to pay; negative when it has paid too much."""
        return self.due - self.paid


@dataclass(frozen=True, slots=True)
class TrueUp:
    """What the parties owe each other when the year's actual cost is known."""

    actual: SharedCost
    lines: tuple[TrueUpLine, ...]

    def balances(self) -> dict[str, int]:
        """What each party has still to pay, or gets back."""
        return {line.party: line.balance for line in self.lines}

    def paid(self) -> dict[str, int]:
        """What each party has paid once it has settled its balance."""
        return {line.party: line.due for line in self.lines}


@dataclass(frozen=True, slots=True)
class Correction:
    """A change to a closed year, borne in a later one: the closed year stays as it was settled."""

    closed: TrueUp
    now: TrueUp
    differences: Pence = field(default_factory=dict)


def true_up(actual: SharedCost, paid: Mapping[str, int]) -> TrueUp:
    """Share of the actual cost, less what is given in kind, less what was paid, for each party.

    Who has paid and has no share gets all of it back. The balances sum to what was spent in cash
    less what was paid; once they are settled, the next true-up is nothing. Raises NobodyPays.
    """
    gross = gross_of_year(actual)
    lines = (
        TrueUpLine(party, gross.get(party, 0), actual.in_kind.get(party, 0), paid.get(party, 0))
        for party in sorted({*gross, *paid})
    )
    return TrueUp(actual, tuple(lines))


def correction(closed: TrueUp, actual_pence: int, in_kind: Pence | None = None) -> Correction:
    """What each party owes more, or gets back, since the closed year turns out to have cost this.

    The shares are those by which the year was closed. What was settled counts as paid, so that
    corrections of corrections add up to the true-up of what is known last.
    """
    given = closed.actual.in_kind if in_kind is None else in_kind
    actual = replace(closed.actual, pence=actual_pence, in_kind=given)
    now = true_up(actual, closed.paid())
    return Correction(closed, now, now.balances())
