"""Shape and wording of what the pages of evidence ask."""

from crossforce.evidence.forms.annotations import NoteGiven, NoteReworded
from crossforce.evidence.forms.continuity import ACTS, TouchGiven
from crossforce.evidence.forms.cuts import CutAsked
from crossforce.evidence.forms.originals import FileSent
from crossforce.evidence.forms.redactions import DecisionGiven, RedactionAsked
from crossforce.evidence.forms.sharing import ExportGiven, PackGiven, ShareGiven

__all__ = [
    "ACTS",
    "CutAsked",
    "DecisionGiven",
    "ExportGiven",
    "FileSent",
    "NoteGiven",
    "NoteReworded",
    "PackGiven",
    "RedactionAsked",
    "ShareGiven",
    "TouchGiven",
]
