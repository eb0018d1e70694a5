"""The front door of the ledger: append in the transaction of what is recorded; read what may be read."""

from crossforce.ledger.choices import About, Act, Acts, Citation
from crossforce.ledger.jobs import integrate_on
from crossforce.ledger.log import files as node_files
from crossforce.ledger.log import origin, public_keys
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
    proven,
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
    "proven",
    "public_keys",
    "readable",
    "receipt",
    "register_witness",
    "require_erasing",
    "restorations",
    "touching",
    "who_acted",
    "witness_keys",
]
