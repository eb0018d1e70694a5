"""Enumerations and small frozen values of duty."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from crossforce.intake.choices import OPEN as OPEN
from crossforce.intake.choices import State as State

ENTRY, COVER, IMPORT, MAPPING = "duty.entry", "duty.cover", "duty.import", "duty.mapping"
EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(2199, 12, 31)
SHORT: Final = timedelta(hours=24)
"""Nearly every duty is at most so long; the few that are longer are looked up apart."""
MARKING: Final = "OFFICIAL-SENSITIVE"
PURPOSES: Final = ("duty-from-law",)


class What(StrEnum):
    """What somebody does in a period."""

    DUTY = "duty"
    ON_CALL = "on-call"
    ABSENCE = "absence"


class Absence(StrEnum):
    """Why somebody is away, as far as the board needs to know. Health is `away`."""

    LEAVE = "leave"
    TRAINING = "training"
    COURT = "court"
    AWAY = "away"


class Whom(StrEnum):
    """Whether somebody is named who answers: else no such body is known on that day, or no source says who it is."""

    NAMED = "named"
    NOBODY = "nobody"
    UNSAID = "unsaid"
