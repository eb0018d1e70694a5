"""What people do by these pages: ask the log, open single records, judge a broken glass."""

from crossforce.oversight.operations.entries import open_entry, take_receipt
from crossforce.oversight.operations.log import (
    AUDIT,
    QUERY,
    Answer,
    Page,
    TooLong,
    TooMany,
    count_log,
    look_for_alerts,
    query_log,
    who_looked,
)
from crossforce.oversight.operations.opening import (
    AlreadyReviewed,
    NobodyThere,
    Opening,
    open_record,
    review_glass,
)

__all__ = [
    "AUDIT",
    "QUERY",
    "AlreadyReviewed",
    "Answer",
    "NobodyThere",
    "Opening",
    "Page",
    "TooLong",
    "TooMany",
    "count_log",
    "look_for_alerts",
    "open_entry",
    "open_record",
    "query_log",
    "review_glass",
    "take_receipt",
    "who_looked",
]
