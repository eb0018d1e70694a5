"""The front door of evidence: exhibits, files that come of them, their continuity, and sharing them by link."""

from crossforce.evidence.choices import CASE, EXHIBIT, ITEM, SHARE, TOUCH, State
from crossforce.evidence.operations.continuing import Done, note
from crossforce.evidence.operations.receiving import Sent, begin, receive
from crossforce.evidence.operations.sharing import NewShare, recall, share
from crossforce.evidence.queries import exhibits
from crossforce.evidence.queries.cases import newest as cases
from crossforce.evidence.rules.continuity import Act

__all__ = [
    "CASE",
    "EXHIBIT",
    "ITEM",
    "SHARE",
    "TOUCH",
    "Act",
    "Done",
    "NewShare",
    "Sent",
    "State",
    "begin",
    "cases",
    "exhibits",
    "note",
    "recall",
    "receive",
    "share",
]
