"""What a programme does to posts, and the condition that it may come with: no job losses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkforceImpact:
    """Posts of a force that a programme puts at risk, and what became of them."""

    force: str
    at_risk: int
    redeployed: int = 0
    kept: int = 0
    lost: int = 0

    @property
    def open(self) -> int:
        """Posts of which nobody knows yet what becomes of them."""
        return self.at_risk - self.redeployed - self.kept - self.lost


def breach(impact: WorkforceImpact, most_lost: int) -> str:
    """Why the condition on job losses is broken, or can still be; empty when it is kept for good."""
    if impact.lost > most_lost:
        return f"{impact.force} has lost {impact.lost} posts; the condition allows {most_lost}."
    if impact.lost + impact.open > most_lost:
        return (
            f"{impact.force} has {impact.open} posts at risk of which nothing is settled yet."
        )
    return ""
