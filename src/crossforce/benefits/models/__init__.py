"""Benefits, changes of what they promise, readings, reinvestment, and savings programmes."""

from crossforce.benefits.models.benefit import Benefit, PromiseChange
from crossforce.benefits.models.reading import Reading, Reinvestment
from crossforce.benefits.models.saving import BusinessArea, PostsImpact, Saving, SavingTarget

__all__ = [
    "Benefit",
    "BusinessArea",
    "PostsImpact",
    "PromiseChange",
    "Reading",
    "Reinvestment",
    "Saving",
    "SavingTarget",
]
