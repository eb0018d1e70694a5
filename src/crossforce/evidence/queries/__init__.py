"""Reads of digital evidence. The first argument is who reads."""

from crossforce.evidence.queries.certificates import Certificate, certificates
from crossforce.evidence.queries.continuity import Continuity, continuity_of
from crossforce.evidence.queries.exhibits import (
    Opened,
    copies_of,
    cut_out_of,
    cuts_of,
    exhibit_to_fill,
    exhibits,
    item_of,
    kept_of,
    may_prove,
    opened,
    redacted_of,
)
from crossforce.evidence.queries.places import called, in_place, sides
from crossforce.evidence.queries.shares import (
    Shared,
    Shares,
    binding_titles,
    looks_at,
    share_of,
    shares_of,
)
from crossforce.evidence.queries.timelines import Moment, Timeline, case_of
from crossforce.evidence.queries.withholding import StillInClear

__all__ = [
    "Certificate",
    "Continuity",
    "Moment",
    "Opened",
    "Shared",
    "Shares",
    "StillInClear",
    "Timeline",
    "binding_titles",
    "called",
    "case_of",
    "certificates",
    "continuity_of",
    "copies_of",
    "cut_out_of",
    "cuts_of",
    "exhibit_to_fill",
    "exhibits",
    "in_place",
    "item_of",
    "kept_of",
    "looks_at",
    "may_prove",
    "opened",
    "redacted_of",
    "share_of",
    "shares_of",
    "sides",
]
