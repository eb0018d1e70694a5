"""The front door of intake: files that somebody sends, kept, brought in beside the pages, and gone on with."""

from crossforce.intake.endpoints import rested
from crossforce.intake.forms import rows, sample, sample_in
from crossforce.intake.jobs import Line
from crossforce.intake.operations import copying, mappings
from crossforce.intake.operations.desk import (
    PASSING,
    Arrived,
    Desk,
    NothingToResume,
    NotWaiting,
    Work,
    fault,
    pieces,
)
from crossforce.intake.operations.mappings import BadMapping
from crossforce.intake.operations.measured import Measured
from crossforce.intake.operations.waiting import (
    MOST_MEGABYTES,
    AtWork,
    FileTooLarge,
    NotHere,
    Standing,
    TooMuchWaits,
    Waiting,
)
from crossforce.intake.rules import Part, joined
from crossforce.intake.views import page, standing

__all__ = [
    "MOST_MEGABYTES",
    "PASSING",
    "Arrived",
    "AtWork",
    "BadMapping",
    "Desk",
    "FileTooLarge",
    "Line",
    "Measured",
    "NotHere",
    "NotWaiting",
    "NothingToResume",
    "Part",
    "Standing",
    "TooMuchWaits",
    "Waiting",
    "Work",
    "copying",
    "fault",
    "joined",
    "mappings",
    "page",
    "pieces",
    "rested",
    "rows",
    "sample",
    "sample_in",
    "standing",
]
