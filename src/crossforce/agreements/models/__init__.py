"""Agreements at rest."""

from crossforce.agreements.models.agreement import Agreement, Draft
from crossforce.agreements.models.leaving import (
    HandoverItem,
    Notice,
    NoticeConsent,
    Novation,
    ResidualDuty,
    Suspension,
)
from crossforce.agreements.models.signature import Signature, SigningKey
from crossforce.agreements.models.term import Term
from crossforce.agreements.models.version import Version, VersionParty

__all__ = [
    "Agreement",
    "Draft",
    "HandoverItem",
    "Notice",
    "NoticeConsent",
    "Novation",
    "ResidualDuty",
    "Signature",
    "SigningKey",
    "Suspension",
    "Term",
    "Version",
    "VersionParty",
]
