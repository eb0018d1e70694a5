"""The front door of evidence: exhibits, and files that come of them."""

from crossforce.evidence.choices import EXHIBIT, ITEM, State
from crossforce.evidence.operations.receiving import Sent, begin, receive
from crossforce.evidence.queries import exhibits

__all__ = ["EXHIBIT", "ITEM", "Sent", "State", "begin", "exhibits", "receive"]
