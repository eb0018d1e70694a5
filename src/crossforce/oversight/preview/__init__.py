"""Who would gain and who would lose sight of how many records: pure reckoning, and its words."""

from crossforce.oversight.preview.reckoning import Choice, Count, Gain, Line, gains, lines
from crossforce.oversight.preview.saying import Findings, Run, about, clauses, section, who

__all__ = [
    "Choice",
    "Count",
    "Findings",
    "Gain",
    "Line",
    "Run",
    "about",
    "clauses",
    "gains",
    "lines",
    "section",
    "who",
]
