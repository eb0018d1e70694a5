"""The front door of the ledger: append an entry in the transaction of what it records."""

from crossforce.ledger.choices import About, Acts, Citation
from crossforce.ledger.entry import Entry
from crossforce.ledger.operations import append

__all__ = ["About", "Acts", "Citation", "Entry", "append"]
