"""The frame's own kinds of record, and what stands beside every record; one noun to a file."""

from crossforce.records.models.cut import Cut
from crossforce.records.models.ends import Ends
from crossforce.records.models.frame import Document, Note, Request
from crossforce.records.models.hold import Hold
from crossforce.records.models.link import Link
from crossforce.records.models.pointer import Pointer, Searched
from crossforce.records.models.proposal import Proposal

__all__ = [
    "Cut",
    "Document",
    "Ends",
    "Hold",
    "Link",
    "Note",
    "Pointer",
    "Proposal",
    "Request",
    "Searched",
]
