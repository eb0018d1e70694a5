"""The front door of nominals: what forces' systems send, loaded by a mapping."""

from crossforce.nominals.operations.loading import Outcome, Sent, load, push
from crossforce.nominals.operations.sources import BadMapping, keep, understood
from crossforce.nominals.operations.staging import Progress, Step

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
