"""How good records are: shares of what passes each rule, weighed together by principle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from crossforce.kernel import rulepacks

PACK: Final = "nominals-quality"
PRINCIPLES: Final = ("accurate", "adequate", "relevant", "timely")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: which principle it is of, how much it weighs, and in words what passes it."""

    name: str
    principle: str
    weight: int
    words: str


@dataclass(frozen=True, slots=True)
class Tallied:
    """Of so many records or rows, so many pass."""

    passed: int
    of: int

    @property
    def share(self) -> float | None:
        """The share that passes; None where there is nothing."""
        return self.passed / self.of if self.of else None


def rules(on: date) -> dict[str, Rule]:
    """The rules of the day, by name."""
    found = rulepacks.load(PACK).under("rule", on)
    return {
        name: Rule(name, said["principle"], said["weight"], said["en"])
        for name, said in found.items()
    }


def threshold(on: date) -> float:
    """The score below which somebody should look."""
    return float(rulepacks.load(PACK).value("threshold", on))


def stale_years(on: date) -> int:
    """How old what is said may be."""
    return int(rulepacks.load(PACK).value("stale-years", on))


def scores(tallies: Mapping[str, Tallied], of: Mapping[str, Rule]) -> dict[str, float]:
    """The weighed share that passes, by principle, and of all as `whole`; a rule with nothing to judge counts for nothing."""
    found: dict[str, float] = {}
    for principle in (*PRINCIPLES, "whole"):
        shares = [
            (rule.weight, tallies[name].share)
            for name, rule in of.items()
            if name in tallies and principle in (rule.principle, "whole")
        ]
        known = [(weight, share) for weight, share in shares if share is not None]
        if whole := sum(weight for weight, _ in known):
            found[principle] = sum(weight * share for weight, share in known) / whole
    return found
