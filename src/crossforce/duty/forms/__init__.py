"""Shape and wording of what the pages of duty ask."""

from crossforce.duty.forms.asking import (
    LONGEST,
    SHOWS,
    Asked,
    DaysAsked,
    HoursAsked,
    instant_of,
)
from crossforce.duty.forms.choosing import choose
from crossforce.duty.forms.cover import WEEKDAYS, CoverGiven
from crossforce.duty.forms.entries import EntryGiven, StatusGiven
from crossforce.duty.forms.importing import ExportAsked, MappingGiven, Upload

__all__ = [
    "LONGEST",
    "SHOWS",
    "WEEKDAYS",
    "Asked",
    "CoverGiven",
    "DaysAsked",
    "EntryGiven",
    "ExportAsked",
    "HoursAsked",
    "MappingGiven",
    "StatusGiven",
    "Upload",
    "choose",
    "instant_of",
]
