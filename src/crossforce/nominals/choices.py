"""Enumerations and small frozen values of nominals."""

from enum import StrEnum
from typing import Final

from crossforce.intake.choices import OPEN as OPEN
from crossforce.intake.choices import State as State

PERSON, OBJECT, LOCATION = "nominals.person", "nominals.object", "nominals.location"
EVENT, TIE = "nominals.event", "nominals.tie"
SOURCE, LOAD, QUARANTINE = "nominals.source", "nominals.load", "nominals.quarantine"
POLE: Final = (PERSON, OBJECT, LOCATION, EVENT)
MARKING: Final = "OFFICIAL-SENSITIVE"
PURPOSES: Final = ("prevent-offences", "bring-offenders-to-justice")
"""For what nominals are held, unless a source says otherwise."""


class Row(StrEnum):
    """Where a refused row stands."""

    WAITING = "waiting"
    MENDED = "mended"
    GIVEN_UP = "given-up"


class Form(StrEnum):
    """How rows came."""

    CSV = "csv"
    LINES = "jsonl"
    PARQUET = "parquet"
    PUSH = "push"


ALERT: Final = "nominals.alert"
INTEREST: Final = "nominals.interest"
NUMBERS: Final = {
    ("identifier", "pnc"): "PNC number",
    ("identifier", "cro"): "CRO number",
    ("identifier", "nino"): "National Insurance number",
    ("identifier", "driving-licence"): "driving licence",
    ("identifier", "passport"): "passport",
    ("contact", "telephone"): "telephone",
}
"""Numbers by which people are compared, by what a statement is about and its type."""
SEARCH: Final = "search"
SEARCHED: Final = (PERSON, OBJECT, LOCATION)
LINKS: Final = "links"
ALERTS, INTERESTS = "alerts", "interests"
FOLLOWED: Final = {
    SEARCH: SEARCHED,
    LINKS: (PERSON,),
    ALERTS: SEARCHED,
    INTERESTS: (INTEREST,),
}
"""Who follows the feed, and of which kinds: saved searches only while there are any."""


class Decision(StrEnum):
    """What the owner of an interest lets another learn who has the same."""

    WAITING = "waiting"
    CONTACTED = "be-contacted"
    CONTACTS = "contact"
    SILENT = "silent"


MATCH: Final = "nominals.match"


class Judged(StrEnum):
    """Where two records stand that may be of one person."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Lean(StrEnum):
    """What a weight asks for: no more than a proposal, or a look. Never a merge."""

    PROPOSE = "propose"
    REVIEW = "review"


class Act(StrEnum):
    """What somebody who reviews does."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    LEAVE = "leave"
    WITHDRAW = "withdraw"
