"""The front door of evidence: exhibits, files that come of them, and their continuity."""

from crossforce.evidence.choices import EXHIBIT, ITEM, TOUCH, State
from crossforce.evidence.operations.continuing import Done, note
from crossforce.evidence.operations.receiving import Sent, begin, receive
from crossforce.evidence.queries import exhibits
from crossforce.evidence.rules.continuity import Act

__all__ = [
    "EXHIBIT",
    "ITEM",
    "TOUCH",
    "Act",
    "Done",
    "Sent",
    "State",
    "begin",
    "exhibits",
    "note",
    "receive",
]
