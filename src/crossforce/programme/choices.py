"""Enumerations of the programme. Values are the words that records, files and the API carry."""

from enum import IntEnum, StrEnum
from typing import Final

ENTRY: Final = "programme.entry"
PROJECT: Final = "programme.project"
MILESTONE: Final = "programme.milestone"
PHASE: Final = "programme.phase"
RISK: Final = "programme.risk"
ISSUE: Final = "programme.issue"
LESSON: Final = "programme.lesson"
FINDING: Final = "programme.finding"
BID: Final = "programme.bid"
REVIEW: Final = "programme.review"
IMPORT: Final = "programme.import"
REPORT: Final = "programme.report"
MARKING: Final = "OFFICIAL-SENSITIVE"
PURPOSES: Final = ("duty-from-law",)


class Stage(StrEnum):
    """Where an entry of the register stands."""

    IDEA = "idea"
    SCOPING = "scoping"
    BUSINESS_CASE = "business-case"
    AGREEMENT = "agreement"
    LIVE = "live"
    REVIEWED = "reviewed"
    DROPPED = "dropped"


class Limb(StrEnum):
    """The three reasons for which forces collaborate; one of them is enough."""

    CAPABILITY = "capability"
    THREAT = "threat"
    EFFICIENCY = "efficiency"


class ProjectState(StrEnum):
    """Where a project stands. That a trial has lapsed is worked out from its dates and never stored."""

    EXPLORING = "exploring"
    BID = "bid"
    BUSINESS_CASE = "business-case"
    APPROVED = "approved"
    IN_DEVELOPMENT = "in-development"
    PHASED = "phased"
    LIVE = "live"
    REVIEW = "review"
    CLOSED = "closed"


class Case(StrEnum):
    """The five cases of a business case."""

    STRATEGIC = "strategic"
    ECONOMIC = "economic"
    COMMERCIAL = "commercial"
    FINANCIAL = "financial"
    MANAGEMENT = "management"


class Completeness(IntEnum):
    """How far a case is written."""

    ABSENT = 0
    OUTLINE = 1
    FULL = 2


class Gate(StrEnum):
    """The stages of a business case, in their order."""

    SOC = "soc"
    OBC = "obc"
    FBC = "fbc"


class TrialState(StrEnum):
    """Where a time-boxed trial stands on a day."""

    TO_COME = "to-come"
    RUNNING = "running"
    LAPSED = "lapsed"
    ADOPTED = "adopted"


class BidOutcome(StrEnum):
    """What came of a bid for money."""

    PENDING = "pending"
    WON = "won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class FindingKind(StrEnum):
    """What an inspectorate found."""

    CAUSE_OF_CONCERN = "cause-of-concern"
    RECOMMENDATION = "recommendation"
    AREA_FOR_IMPROVEMENT = "area-for-improvement"
    NOTEWORTHY_PRACTICE = "noteworthy-practice"


class FindingState(StrEnum):
    """Where a finding stands on a day."""

    NO_ACTION = "no-action"
    OPEN = "open"
    OVERDUE = "overdue"
    WITH_INSPECTORATE = "with-inspectorate"
    CLOSED = "closed"
    SHARED = "shared"


class ReviewState(StrEnum):
    """Where a review of a contribution stands."""

    PLANNED = "planned"
    GATHERING = "gathering"
    PROPOSED = "proposed"
    DECIDED = "decided"


class ReviewOutcome(StrEnum):
    """What a review of a contribution decides."""

    CONTINUE = "continue"
    VARY = "vary"
    WITHDRAW = "withdraw"


class Light(StrEnum):
    """A traffic light; blue is complete, grey is that there is nothing to judge by."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


class Likeness(StrEnum):
    """In which way two entries of registers are alike."""

    DUPLICATE = "duplicate"
    OVERLAP = "overlap"


class Theme(StrEnum):
    """What a lesson is about: the four themes under which collaborations were found to fail."""

    PURPOSE = "purpose"
    BENEFITS = "benefits-and-cost"
    LEADERSHIP = "leadership-and-governance"
    SKILLS = "skills-and-capability"


class RiskCategory(StrEnum):
    """What a risk is a risk to."""

    SAFETY = "safety"
    LEGAL = "legal"
    MONEY = "money"
    DELIVERY = "delivery"
    REPUTATION = "reputation"
    PEOPLE = "people"


class ReportState(StrEnum):
    """Where a version of a public report stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
