"""The front door of the ledger: append in the transaction of what is recorded; read what may be read."""

from crossforce.ledger.choices import About, Act, Acts, Citation, Who
from crossforce.ledger.jobs import integrate_on
from crossforce.ledger.log import files as node_files
from crossforce.ledger.log import origin, public_keys, split
from crossforce.ledger.log import stored as leaves
from crossforce.ledger.models import Checkpoint
from crossforce.ledger.models import Entry as StoredEntry
from crossforce.ledger.operations import (
    Integrator,
    append,
    append_many,
    cosign,
    erase_private,
    erase_said,
    register_witness,
    require_erasing,
)
from crossforce.ledger.queries import (
    Touching,
    concerning,
    consistency,
    latest,
    opened_to,
    readable,
    receipt,
    restorations,
    touching,
    who_acted,
    witness_keys,
)
from crossforce.transparency.entry import Entry

__all__ = [
    "About",
    "Act",
    "Acts",
    "Checkpoint",
    "Citation",
    "Entry",
    "Integrator",
    "StoredEntry",
    "Touching",
    "Who",
    "append",
    "append_many",
    "concerning",
    "consistency",
    "cosign",
    "erase_private",
    "erase_said",
    "integrate_on",
    "latest",
    "leaves",
    "node_files",
    "opened_to",
    "origin",
    "public_keys",
    "readable",
    "receipt",
    "register_witness",
    "require_erasing",
    "restorations",
    "split",
    "touching",
    "who_acted",
    "witness_keys",
]
