"""Shape and wording of what the pages of benefits ask."""

from crossforce.benefits.forms.promise import ChangeGiven, PromiseGiven, choose
from crossforce.benefits.forms.words import (
    BenefitGiven,
    FigureGiven,
    MoveGiven,
    ReadingGiven,
    UseGiven,
    WordsGiven,
)

__all__ = [
    "BenefitGiven",
    "ChangeGiven",
    "FigureGiven",
    "MoveGiven",
    "PromiseGiven",
    "ReadingGiven",
    "UseGiven",
    "WordsGiven",
    "choose",
]
