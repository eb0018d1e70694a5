"""Risks: likelihood times impact, the band it falls in, and whether that is more than one is ready to bear."""

from dataclasses import dataclass
from datetime import date

from crossforce.programme.rules.figures import Figures

LEAST, MOST = 1, 5


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk. Likelihood and impact are 1 to 5, as they stand with what is already done about it."""

    category: str
    likelihood: int
    impact: int
    action: str = ""
    owner: str = ""
    review_on: date | None = None
    is_closed: bool = False

    def __post_init__(self) -> None:
        if not (LEAST <= self.likelihood <= MOST and LEAST <= self.impact <= MOST):
            raise ValueError("likelihood and impact are from 1 to 5")

    @property
    def score(self) -> int:
        """Likelihood times impact, of 25."""
        return self.likelihood * self.impact


def band(risk: Risk, figures: Figures) -> str:
    """The band of the risk's score: the highest whose least figure it reaches."""
    return next(name for least, name in reversed(figures.bands) if risk.score >= least)


def appetite(risk: Risk, figures: Figures) -> int:
    """How high a risk of its category may stand without anybody being told."""
    return figures.appetite.get(risk.category, figures.appetite_else)


def is_above(risk: Risk, figures: Figures) -> bool:
    """Whether an open risk is more than one is ready to bear: it goes to the board."""
    return not risk.is_closed and risk.score > appetite(risk, figures)


def doubts(risk: Risk, on: date, figures: Figures) -> list[str]:
    """What is wanting about an open risk, in words."""
    if risk.is_closed:
        return []
    found = [] if risk.owner else ["it has no owner"]
    if is_above(risk, figures) and not risk.action.strip():
        found.append(
            f"its score {risk.score} is above the {appetite(risk, figures)} that may be borne,"
            " and no action is written"
        )
    if risk.review_on and risk.review_on < on:
        found.append(f"its review was due on {risk.review_on}")
    return found
