"""Pure questions over compiled terms. Every answer cites the clause it rests on."""

from crossforce.agreements.resolve.answers import (
    ApprovalAnswer,
    Charges,
    Citation,
    CommandAnswer,
    ControllerAnswer,
    GoverningAnswer,
    LeadAnswer,
    LeaveAnswer,
    Participants,
    RouteAnswer,
    SettlementAnswer,
    SettlementLine,
    ShareAnswer,
    Taking,
    TaskingAnswer,
    cite,
)
from crossforce.agreements.resolve.casework import (
    controllers,
    covers,
    publication,
    retention,
    route,
    tasking,
)
from crossforce.agreements.resolve.command import Deployment, direction_and_control
from crossforce.agreements.resolve.governing import approvers, governing_body
from crossforce.agreements.resolve.grants import Grant, grants
from crossforce.agreements.resolve.leaving import NoExit, after_leaving, leave_date, settlement
from crossforce.agreements.resolve.methods import OWN_COST, CannotShare, Drivers
from crossforce.agreements.resolve.participation import (
    TAKING_PART,
    lead,
    participants,
    parties,
    taking_part,
)
from crossforce.agreements.resolve.sharing import charges, shares

__all__ = [
    "OWN_COST",
    "TAKING_PART",
    "ApprovalAnswer",
    "CannotShare",
    "Charges",
    "Citation",
    "CommandAnswer",
    "ControllerAnswer",
    "Deployment",
    "Drivers",
    "GoverningAnswer",
    "Grant",
    "LeadAnswer",
    "LeaveAnswer",
    "NoExit",
    "Participants",
    "RouteAnswer",
    "SettlementAnswer",
    "SettlementLine",
    "ShareAnswer",
    "Taking",
    "TaskingAnswer",
    "after_leaving",
    "approvers",
    "charges",
    "cite",
    "controllers",
    "covers",
    "direction_and_control",
    "governing_body",
    "grants",
    "lead",
    "leave_date",
    "participants",
    "parties",
    "publication",
    "retention",
    "route",
    "settlement",
    "shares",
    "taking_part",
    "tasking",
]
