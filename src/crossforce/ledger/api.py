"""The front door of the ledger: append an entry in the transaction of what it records."""

from crossforce.ledger.choices import About, Act, Acts, Citation
from crossforce.ledger.entry import Entry
from crossforce.ledger.operations import append, append_many

__all__ = ["About", "Act", "Acts", "Citation", "Entry", "append", "append_many"]
