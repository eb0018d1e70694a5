"""Compiled terms and dates in words, English and Welsh, for pages, papers and messages."""

from crossforce.agreements.wording.dates import date_in_words, period_in_words
from crossforce.agreements.wording.names import Names, listed
from crossforce.agreements.wording.statuses import status_in_words
from crossforce.agreements.wording.terms import term_in_words

__all__ = [
    "Names",
    "date_in_words",
    "listed",
    "period_in_words",
    "status_in_words",
    "term_in_words",
]
