"""The front door of the programme: reports that everybody reads."""

from crossforce.programme.operations.reports import (
    add_report,
    draw_report,
    lower_markings,
    publish_report,
)
from crossforce.programme.queries.public_reports import reports as public_reports
from crossforce.programme.queries.reports import one as report
from crossforce.programme.queries.reports import reports

__all__ = [
    "add_report",
    "draw_report",
    "lower_markings",
    "public_reports",
    "publish_report",
    "report",
    "reports",
]
