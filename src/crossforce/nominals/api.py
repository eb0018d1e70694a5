"""The front door of nominals: what forces' systems send, loaded by a mapping."""

from crossforce.intake.api import BadMapping
from crossforce.intake.choices import Progress, Step
from crossforce.nominals.operations.loading import Outcome, Sent, load, push
from crossforce.nominals.operations.sources import keep, understood

__all__ = [
    "BadMapping",
    "Outcome",
    "Progress",
    "Sent",
    "Step",
    "keep",
    "load",
    "push",
    "understood",
]
