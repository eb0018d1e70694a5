"""The front door of intake: files that somebody sends, kept, brought in beside the pages, and gone on with."""

from crossforce.intake.endpoints import rested
from crossforce.intake.forms import rows, sample, sample_in
from crossforce.intake.jobs import Line, Watched
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
from crossforce.intake.operations.watching import (
    DONE,
    LOCK,
    OURS,
    REFUSED,
    REPORT,
    TAKEN,
    BadFolders,
    Brought,
    Listed,
    Place,
    Watch,
    folder_at,
    free,
    is_meant,
    named_in,
)
from crossforce.intake.rules import Part, joined
from crossforce.intake.views import page, standing

__all__ = [
    "DONE",
    "LOCK",
    "MOST_MEGABYTES",
    "OURS",
    "PASSING",
    "REFUSED",
    "REPORT",
    "TAKEN",
    "Arrived",
    "AtWork",
    "BadFolders",
    "BadMapping",
    "Brought",
    "Desk",
    "FileTooLarge",
    "Line",
    "Listed",
    "Measured",
    "NotHere",
    "NotWaiting",
    "NothingToResume",
    "Part",
    "Place",
    "Standing",
    "TooMuchWaits",
    "Waiting",
    "Watch",
    "Watched",
    "Work",
    "copying",
    "fault",
    "folder_at",
    "free",
    "is_meant",
    "joined",
    "mappings",
    "named_in",
    "page",
    "pieces",
    "rested",
    "rows",
    "sample",
    "sample_in",
    "standing",
]
